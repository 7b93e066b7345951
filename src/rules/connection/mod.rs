//! Rules of the category `connection`.

pub(super) mod ace_provider;
pub(super) mod component_no_connection;
pub(super) mod connection_string_malformed;
pub(super) mod connection_type_mismatch;
pub(super) mod encrypt_default_change;
pub(super) mod integrated_security;
pub(super) mod interactive_auth;
pub(super) mod loopback_server;
pub(super) mod managed_identity_conflict;
pub(super) mod managed_identity_ignored;
pub(super) mod managed_identity_provider;
pub(super) mod no_connect_retry;
pub(super) mod oracle_initial_catalog;
pub(super) mod packet_size_over_tls;
pub(super) mod provider_32bit_only;
pub(super) mod provider_deprecated;
mod retain;
pub(super) mod retain_multiple_files;
pub(super) mod retain_same_connection_off;
pub(super) mod retain_with_dynamic_string;
pub(super) mod retained_connection_in_transaction;
pub(super) mod retained_connection_parallel;
pub(super) mod smtp_authentication;
pub(super) mod temp_table_lost;
pub(super) mod unresolved_connection;
pub(super) mod unused_connection;

use crate::lang::connection_string::{ConnectionString, Dialect};
use crate::model::{ConnectionManager, ExecutableId, Package};
pub(super) use retain::advice as retain_advice;

/// The property that asks for the managed identity of an Azure-SSIS integration runtime.
const MANAGED_IDENTITY: &str = "ConnectUsingManagedIdentity";

fn uses_managed_identity(manager: &ConnectionManager<'_>) -> bool {
    manager.settings.flag(MANAGED_IDENTITY, false)
}

/// Whether an executable, or something around it, puts off its validation until it starts.
pub(super) fn is_validated_late(package: &Package<'_>, id: ExecutableId) -> bool {
    package.ancestors(id).any(|ancestor| package.executable(ancestor).properties.flag("DelayValidation", false))
}

/// Whether the driver encrypts when the string does not say.
fn encrypts_by_default(manager: &ConnectionManager<'_>, string: &ConnectionString<'_>) -> bool {
    let microsoft_data = string.dialect() == Dialect::SqlClient && manager.creation_name.value.contains("Microsoft.Data.SqlClient");
    microsoft_data || string.encrypts_by_default()
}
