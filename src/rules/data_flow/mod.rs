//! Rules of the category `data-flow`.

pub(super) mod temp_table_metadata;
