//! Rules of the category `connection`.

pub(super) mod loopback_server;
pub(super) mod provider_32bit_only;
pub(super) mod retain_same_connection_off;
pub(super) mod retained_connection_in_transaction;
pub(super) mod temp_table_lost;
pub(super) mod unresolved_connection;
