//! Rules of the category `control-flow`.

pub(super) mod disabled_executable;
pub(super) mod empty_container;
pub(super) mod empty_package;
pub(super) mod error_handler_repeat;
pub(super) mod execute_package_target;
pub(super) mod fail_on_failure_off;
pub(super) mod file_system_operation;
pub(super) mod for_loop_expression;
pub(super) mod for_loop_never_ends;
pub(super) mod force_execution_result;
pub(super) mod foreach_file_empty_folder;
pub(super) mod foreach_mapping;
pub(super) mod ftp_path;
pub(super) mod max_error_count;
pub(super) mod object_name;
pub(super) mod or_join_surprise;
pub(super) mod precedence_cycle;
pub(super) mod process_no_timeout;
pub(super) mod process_output_not_captured;
pub(super) mod process_redirect;
pub(super) mod result_binding;
pub(super) mod script_variable_not_listed;
pub(super) mod script_without_error_handling;
pub(super) mod sql_parameter_count;
mod task;
pub(super) mod task_not_configured;
pub(super) mod unreachable_executable;
