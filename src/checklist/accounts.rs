//! As whom the packages come, and where that account needs rights.

use super::builder::{Advice, Drafts, Source};
use super::endpoints::{self, Endpoint};
use super::{Topic, access, advice};
use crate::lang::connection_string::Authentication;

/// One item per server and way to log in.
pub(super) fn add(source: &Source<'_, '_>, list: &mut Drafts) {
    for (index, manager) in source.connections() {
        let Some(endpoint) = endpoints::of_connection(source, index, manager) else { continue };
        let Some((rank, login, advice)) = login(&endpoint) else { continue };
        let Some(server) = server(&endpoint) else { continue };
        list.item(Topic::Accounts, rank, &format!("{login} on {server}"), advice)
            .object(&source.document(index).file, &manager.path)
            .details("databases", endpoint.database)
            .details("use", access::of_connection(source, manager))
            .details("set by", endpoint.set_by);
    }
}

fn server(endpoint: &Endpoint) -> Option<String> {
    endpoint.server_name().or_else(|| endpoint.data_source_name.as_ref().map(|name| format!("the ODBC data source {name}")))
}

fn login(endpoint: &Endpoint) -> Option<(u8, String, Advice)> {
    let named = |kind: &str| match &endpoint.user {
        Some(user) => format!("{kind} {user}"),
        None => format!("{kind} that the package does not name"),
    };
    Some(match endpoint.authentication {
        Authentication::Integrated => (0, "Windows authentication".to_owned(), advice::windows_account as Advice),
        Authentication::EntraIntegrated => (1, "Entra integrated authentication".to_owned(), advice::entra_integrated),
        Authentication::ManagedIdentity => (2, "managed identity".to_owned(), advice::managed_identity),
        Authentication::ServicePrincipal => (3, named("service principal"), advice::login),
        Authentication::EntraPassword => (4, named("Entra user"), advice::login),
        Authentication::Interactive => (5, named("interactive Entra login"), advice::interactive),
        Authentication::Sql => (6, named("login"), advice::login),
        Authentication::Unknown => return None,
    })
}
