//! The servers that have to be reached.

use super::builder::{Drafts, Source};
use super::{Topic, advice, endpoints};
use crate::lang::connection_string::server_is_loopback;

/// One item per server.
pub(super) fn add(source: &Source<'_, '_>, list: &mut Drafts) {
    for (index, manager) in source.connections() {
        let Some(endpoint) = endpoints::of_connection(source, index, manager) else { continue };
        let Some(server) = endpoint.server_name() else { continue };
        let is_own = endpoint.server.as_deref().is_some_and(server_is_loopback);
        let own = if is_own { ", the machine that runs the package itself" } else { "" };
        let advice = if is_own { advice::own_server } else { advice::server };
        list.item(Topic::Servers, u8::from(!is_own), &format!("{server}{own}"), advice)
            .object(&source.document(index).file, &manager.path)
            .details("set by", endpoint.set_by);
    }
}
