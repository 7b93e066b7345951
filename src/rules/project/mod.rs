//! Rules of the category `project`.

pub(super) mod child_package_missing;
pub(super) mod ispac_inconsistent;
mod listing;
pub(super) mod package_call_cycle;
