//! Rules of the category `upgrade`.

pub(super) mod deprecated_in_2025;
pub(super) mod describe_parameters;
pub(super) mod discontinued_service;
pub(super) mod edition_required;
pub(super) mod format_newer_than_target;
pub(super) mod legacy_task_removed;
pub(super) mod old_format;
pub(super) mod placeholder_task;
pub(super) mod removed_in_2025;
pub(super) mod script_binary_missing;
pub(super) mod script_migration_2005;
pub(super) mod script_runtime_version;
mod scripts;
pub(super) mod sqlce_and_compact;
pub(super) mod sqlclient_choice;
pub(super) mod target_version_mixed;
mod versions;
