//! Rules of the category `connection`.

pub(super) mod loopback_server;
pub(super) mod provider_32bit_only;
mod retain;
pub(super) mod retain_multiple_files;
pub(super) mod retain_same_connection_off;
pub(super) mod retain_with_dynamic_string;
pub(super) mod retained_connection_parallel;
pub(super) mod temp_table_lost;
pub(super) mod unresolved_connection;

pub(super) use retain::advice as retain_advice;
