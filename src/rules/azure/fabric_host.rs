//! Servers of Microsoft Fabric.

use crate::analysis::endpoint::Endpoint;
use crate::model::ConnectionManager;

use super::host;

/// The host, when the connection goes to a database or warehouse of Fabric.
pub(super) fn of_endpoint(manager: &ConnectionManager<'_>, endpoint: &Endpoint<'_>) -> Option<String> {
    let host = host::host(&host::server(manager, endpoint)?).to_ascii_lowercase();
    host.ends_with(".fabric.microsoft.com").then_some(host)
}

/// Whether the host is one of a warehouse.
pub(super) fn is_warehouse(host: &str) -> bool {
    host.ends_with(".datawarehouse.fabric.microsoft.com")
}
