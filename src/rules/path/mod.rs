//! Rules of the category `path`.

pub(super) mod absolute_local_path;
pub(super) mod file_name_invalid;
mod literal;
pub(super) mod unc_path;
pub(super) mod user_profile_path;
