//! Rules of the category `excel`.

pub(super) mod excel_parallel;
