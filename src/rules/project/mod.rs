//! Rules of the category `project`.

pub(super) mod child_package_missing;
pub(super) mod ci_protection_level;
pub(super) mod deployment_model_mix;
pub(super) mod duplicate_object_id;
pub(super) mod duplicate_package_id;
pub(super) mod ispac_inconsistent;
mod listing;
pub(super) mod package_call_cycle;
pub(super) mod package_name_differs;
pub(super) mod project_connection_override;
pub(super) mod project_file_missing;
pub(super) mod project_file_unlisted;
