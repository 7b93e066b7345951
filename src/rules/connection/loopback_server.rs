//! `loopback-server`: a server that is always the machine that runs the package.

use crate::finding::Severity::{Error, Info, Warning};
use crate::lang::connection_string::server_is_loopback;
use crate::model::ConnectionManager;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0203",
    name: "loopback-server",
    category: Category::Connection,
    severity: Severities::none().on(Target::Agent, Info).on(Target::Ssisdb, Warning).on(Target::AzureSsis, Error).on(Target::Fabric, Error),
    set: RuleSet::Default,
    summary: "a connection goes to the machine that runs the package, whichever that is",
    page: include_str!("../../../rules/loopback-server.md"),
    check: Check::Connection(check),
};

fn check(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    // Every Windows answers WMI, and its own machine is what such a task mostly asks about.
    if manager.is("WMI") {
        return;
    }
    let Some(endpoint) = scope.known_endpoint(scope.index, manager) else { return };
    let Some(server) = endpoint.server().filter(|server| server_is_loopback(server)) else { return };
    if scope.options.loopback_server.allowed_hosts.matches(&server) || !scope.facts.connections().is_used(manager) {
        return;
    }
    let message = format!(
        "`{server}` is the machine that runs the package: unless the server meant is that machine, no server answers{} or the wrong one{}",
        if manager.is("OLEDB") { " (0xC0202009, 0xC020801C)" } else { "" },
        endpoint.chain.as_ref().map(|chain| format!(" ({chain})")).unwrap_or_default()
    );
    sink.report(
        Report::new(&*manager.path, endpoint.span, message)
            .property(endpoint.property)
            .help("name the server, and take the name from a parameter, environment or configuration"),
    );
}
