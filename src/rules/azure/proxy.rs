//! Connections that go through a self-hosted integration runtime.

use crate::model::ConnectionManager;

/// Whether the connection asks for the proxy. A parameter of the deployed project may ask for it too, which no file shows.
pub(super) fn is_wanted(manager: &ConnectionManager<'_>) -> bool {
    manager.settings.flag("ConnectByProxy", false)
}
