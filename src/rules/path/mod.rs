//! Rules of the category `path`.

pub(super) mod absolute_local_path;
pub(super) mod file_name_invalid;
pub(super) mod interactive_process;
mod literal;
pub(super) mod ui_in_script;
pub(super) mod unc_path;
pub(super) mod user_profile_path;
