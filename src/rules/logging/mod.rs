//! Rules of the category `logging`.

pub(super) mod default_names;
pub(super) mod large_package;
pub(super) mod linked_server_query;
pub(super) mod log_provider_connection;
pub(super) mod log_provider_not_selected;
pub(super) mod no_logging;
pub(super) mod not_rerunnable;
pub(super) mod profiler_log_provider;
mod providers;
pub(super) mod script_language;
pub(super) mod sensitive_column_name;
pub(super) mod unused_parameter;
pub(super) mod unused_variable;
pub(super) mod verbose_events;
