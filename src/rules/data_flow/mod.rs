//! Rules of the category `data-flow`.

pub(super) mod adonet_time_types;
pub(super) mod aggregate_output_unused;
pub(super) mod code_page_mixed;
pub(super) mod column_type_mismatch;
pub(super) mod columns;
pub(super) mod destination_table;
pub(super) mod empty_data_flow;
pub(super) mod errors_ignored;
pub(super) mod external_metadata_mapping;
pub(super) mod flat_file_column_mismatch;
pub(super) mod identifier_duplicate;
pub(super) mod input_not_connected;
pub(super) mod lineage_missing;
pub(super) mod lookup_join_type;
pub(super) mod merge_input_unsorted;
pub(super) mod multicast_columns;
pub(super) mod parameter_in_subquery;
pub(super) mod procedure_temp_results;
pub(super) mod raw_file_options;
pub(super) mod sort_metadata;
pub(super) mod sorted_without_order_by;
pub(super) mod source_without_consumer;
pub(super) mod temp_table_metadata;
pub(super) mod unused_error_output_path;
pub(super) mod variable_type;
