//! `plaintext-protocol`: a protocol without encryption.

use std::net::IpAddr;

use crate::analysis::overrides;
use crate::finding::Severity::Warning;
use crate::model::ConnectionManager;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0116",
    name: "plaintext-protocol",
    category: Category::Protection,
    severity: Severities::new(Warning),
    set: RuleSet::Default,
    summary: "a password and data cross the network in clear text",
    page: include_str!("../../../rules/plaintext-protocol.md"),
    check: Check::Connection(check),
};

fn check(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    let Some(host) = plain_host(manager).filter(|host| !is_internal(host)) else { return };
    let replaced = overrides::of_connection(scope.project, scope.document.package(), manager, &["ConnectionString", "ServerName", "ServerURL"]);
    if replaced.is_some() || !scope.facts.connections().is_used(manager) {
        return;
    }
    let what = if manager.is("FTP") { "FTP" } else { "HTTP without TLS" };
    let message = format!("{what} sends the user name, the password and the data to `{host}` in clear text: everybody on the way can read and change them");
    let (property, span) = manager.connection_string().map_or(("ServerName", manager.span), |text| ("ConnectionString", text.span));
    sink.report(
        Report::new(&*manager.path, span, message)
            .property(property)
            .help("use SFTP, FTPS or HTTPS; SSIS has no task for the first two: take a third-party one, or a script or process that runs a client"),
    );
}

/// The host that gets a user name and password without encryption.
fn plain_host<'m>(manager: &'m ConnectionManager<'_>) -> Option<&'m str> {
    let user = manager.settings.text("ServerUserName").trim();
    if user.is_empty() || user.eq_ignore_ascii_case("anonymous") {
        return None;
    }
    let written = manager.connection_string().map_or("", |text| text.as_str());
    if manager.is("FTP") {
        let named = manager.settings.text("ServerName");
        return Some(host(if named.trim().is_empty() { written } else { named }));
    }
    let url = manager.settings.get("ServerURL").map_or(written, |text| text.as_str()).trim();
    let plain = url.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http://"));
    (manager.is("HTTP") && manager.settings.flag("UseServerCredentials", false) && plain).then(|| host(&url[7..]))
}

/// What stands before a port or a path.
fn host(text: &str) -> &str {
    text.trim().split([':', '/', '\\']).next().unwrap_or_default()
}

/// A short name, a private address or a name that no public server has: inside of one's own network.
fn is_internal(host: &str) -> bool {
    let private = |address: IpAddr| match address {
        IpAddr::V4(address) => address.is_private() || address.is_loopback() || address.is_link_local(),
        IpAddr::V6(address) => address.is_loopback(),
    };
    let lower = host.to_ascii_lowercase();
    !host.contains('.') || host.parse().is_ok_and(private) || [".local", ".lan", ".internal", ".corp"].iter().any(|end| lower.ends_with(end))
}
