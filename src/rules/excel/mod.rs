//! Rules of the category `excel`.

pub(super) mod excel_child_in_process;
pub(super) mod excel_parallel;
