//! Rules of the category `path`.

pub(super) mod absolute_local_path;
pub(super) mod administrative_share;
pub(super) mod environment_variable;
pub(super) mod file_name_invalid;
pub(super) mod interactive_process;
mod literal;
pub(super) mod mapped_drive;
pub(super) mod odata_tls;
pub(super) mod process_path;
pub(super) mod relative_path;
mod script_conditions;
pub(super) mod script_hard_path;
pub(super) mod script_reference;
pub(super) mod temp_storage_path;
pub(super) mod ui_in_script;
pub(super) mod unc_path;
pub(super) mod user_profile_path;
