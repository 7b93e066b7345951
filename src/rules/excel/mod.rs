//! Rules of the category `excel`.

pub(super) mod excel_child_in_process;
pub(super) mod excel_destination_import_mode;
pub(super) mod excel_dynamic_path_validation;
pub(super) mod excel_lock_files;
pub(super) mod excel_long_text;
pub(super) mod excel_mixed_types;
pub(super) mod excel_parallel;
pub(super) mod excel_same_workbook;
