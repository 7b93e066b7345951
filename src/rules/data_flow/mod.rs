//! Rules of the category `data-flow`.

pub(in crate::rules) mod adonet_time_types;
pub(in crate::rules) mod aggregate_output_unused;
pub(in crate::rules) mod code_page_mixed;
pub(in crate::rules) mod column_type_mismatch;
pub(in crate::rules) mod columns;
pub(in crate::rules) mod destination_table;
pub(in crate::rules) mod empty_data_flow;
pub(in crate::rules) mod errors_ignored;
pub(in crate::rules) mod external_metadata_mapping;
pub(in crate::rules) mod flat_file_column_mismatch;
pub(in crate::rules) mod identifier_duplicate;
pub(in crate::rules) mod input_not_connected;
pub(in crate::rules) mod lineage_missing;
pub(in crate::rules) mod lookup_join_type;
pub(in crate::rules) mod merge_input_unsorted;
pub(in crate::rules) mod multicast_columns;
pub(in crate::rules) mod parameter_in_subquery;
pub(in crate::rules) mod procedure_temp_results;
pub(in crate::rules) mod raw_file_options;
pub(in crate::rules) mod sort_metadata;
pub(in crate::rules) mod sorted_without_order_by;
pub(in crate::rules) mod source_without_consumer;
pub(super) mod temp_table_metadata;
pub(in crate::rules) mod unused_error_output_path;
pub(in crate::rules) mod variable_type;
