//! Rules of the category `concurrency`.

pub(super) mod cache_not_filled;
pub(super) mod child_package_parallel;
pub(super) mod parallel_file_clash;
pub(super) mod split_manual_transaction;
pub(super) mod variable_write_race;
