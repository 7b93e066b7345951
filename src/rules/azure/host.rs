//! Hosts that only a private network knows.

use std::net::IpAddr;

use crate::analysis::endpoint::Endpoint;
use crate::lang::connection_string::{ConnectionString, Dialect};
use crate::model::ConnectionManager;

/// Types of connection managers that go to a server.
const KINDS: [&str; 9] = ["OLEDB", "ADO", "ADO.NET", "ODBC", "SMTP", "FTP", "HTTP", "ODATA", "SMOServer"];
const PRIVATE_DOMAINS: [&str; 3] = [".local", ".corp", ".lan"];

/// The server that a connection goes to; none when it goes to none.
pub(super) fn server(manager: &ConnectionManager<'_>, endpoint: &Endpoint<'_>) -> Option<String> {
    if !KINDS.iter().any(|kind| manager.is(kind)) && !is_olap(manager) {
        return None;
    }
    let is_address = || manager.is("FTP") || manager.is("HTTP");
    endpoint.server().or_else(|| is_address().then(|| endpoint.text.trim().to_owned())).or_else(|| feed(manager, endpoint))
}

/// The address of an OData feed. Its manager has it in a property as well, which an expression may set.
fn feed(manager: &ConnectionManager<'_>, endpoint: &Endpoint<'_>) -> Option<String> {
    if !manager.is("ODATA") || manager.expression("Url").is_some() {
        return None;
    }
    ConnectionString::parse(&endpoint.text, Dialect::Plain).get("Service Document Url").map(str::to_owned)
}

/// Why the internet does not know the host; none when it may.
pub(super) fn why_private(manager: &ConnectionManager<'_>, host: &str) -> Option<&'static str> {
    if let Ok(address) = host.parse::<IpAddr>() {
        return is_private(address).then_some("is an address of private networks");
    }
    if !host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)) || host.is_empty() {
        return None;
    }
    if PRIVATE_DOMAINS.iter().any(|domain| host.to_ascii_lowercase().ends_with(domain)) {
        return Some("is in a domain of private networks");
    }
    (!host.contains('.') && names_are_hosts(manager)).then_some("has no domain")
}

fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_private() || address.is_link_local(),
        IpAddr::V6(address) => address.is_unique_local() || address.is_unicast_link_local(),
    }
}

/// Elsewhere a short name may be an alias that a client resolves: of Oracle's `tnsnames.ora`, of an ODBC data source.
fn names_are_hosts(manager: &ConnectionManager<'_>) -> bool {
    let goes_to_sql_server = || {
        let dialect = Dialect::of(manager.creation_name.as_str())?;
        Some(ConnectionString::parse(manager.connection_string()?.as_str(), dialect).is_sql_server())
    };
    is_olap(manager) || ["SMTP", "FTP", "HTTP", "ODATA", "SMOServer"].iter().any(|kind| manager.is(kind)) || goes_to_sql_server() == Some(true)
}

fn is_olap(manager: &ConnectionManager<'_>) -> bool {
    manager.kind().get(..6).is_some_and(|start| start.eq_ignore_ascii_case("MSOLAP"))
}

/// The host of a server name or address: without protocol, instance, port and path.
pub(super) fn host(server: &str) -> &str {
    let server = server.trim();
    let bare = ["tcp:", "np:", "lpc:", "admin:", "http://", "https://", "ftp://"]
        .iter()
        .find_map(|prefix| server.get(..prefix.len()).filter(|start| start.eq_ignore_ascii_case(prefix)).and_then(|_| server.get(prefix.len()..)))
        .unwrap_or(server);
    let host = bare.trim_start_matches('\\').split(['\\', ',', '/']).next().unwrap_or_default().trim();
    match host.rsplit_once(':') {
        Some((name, port)) if !name.contains(':') && port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host.trim_start_matches('[').trim_end_matches(']'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_of_servers() {
        for (server, wanted) in [
            ("tcp:sql01.example.com,1433", "sql01.example.com"),
            ("SQL01\\DEV", "SQL01"),
            ("np:\\\\SQL01\\pipe\\sql\\query", "SQL01"),
            ("https://api.example.com:8443/x", "api.example.com"),
            ("10.0.0.1:21", "10.0.0.1"),
            ("[fd00::1]", "fd00::1"),
            ("", ""),
        ] {
            assert_eq!(host(server), wanted, "{server}");
        }
    }

    #[test]
    fn private_hosts() {
        let manager =
            |kind: &'static str| ConnectionManager { creation_name: crate::model::Text { value: kind.into(), ..Default::default() }, ..Default::default() };
        let smtp = manager("SMTP");
        for host in ["mail01", "10.1.2.3", "192.168.0.4", "mail.corp", "fd00::1"] {
            assert!(why_private(&smtp, host).is_some(), "{host}");
        }
        for host in ["mail.example.com", "8.8.8.8", "@[user::server]", "", "{0}"] {
            assert!(why_private(&smtp, host).is_none(), "{host}");
        }
        assert!(why_private(&manager("OLEDB"), "orcl").is_none());
    }
}
