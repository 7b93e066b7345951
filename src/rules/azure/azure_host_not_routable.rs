//! `azure-host-not-routable`: a server that only a private network knows.

use super::{host, proxy};
use crate::finding::Confidence;
use crate::finding::Severity::{Error, Warning};
use crate::lang::connection_string::server_is_loopback;
use crate::model::ConnectionManager;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0702",
    name: "azure-host-not-routable",
    category: Category::Azure,
    severity: Severities::none().on(Target::AzureSsis, Warning).on(Target::Fabric, Error),
    set: RuleSet::Default,
    summary: "a connection goes to a server that only a private network knows",
    page: include_str!("../../../rules/azure-host-not-routable.md"),
    check: Check::Connection(check),
};

fn check(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    let Some(endpoint) = scope.known_endpoint(scope.index, manager) else { return };
    let allowed = &scope.options.azure_host_not_routable.allowed_hosts;
    // This machine is the matter of `loopback-server`.
    let Some(server) = host::server(manager, &endpoint).filter(|server| !server_is_loopback(server) && !allowed.matches(server)) else { return };
    let host = host::host(&server);
    let Some(why) = host::why_private(manager, host).filter(|_| scope.facts.connections().is_used(manager)) else { return };
    let message = format!(
        "the server `{host}` {why}: outside your network it is not found (\"A network-related or instance-specific error …\", a timeout), unless the integration runtime joins a \
         virtual network that resolves and reaches it"
    );
    let through_proxy = if proxy::is_wanted(manager) { RULE.severity.off(Target::AzureSsis) } else { RULE.severity };
    // A script that has the name in its text may mean the server, and not the connection.
    let named = scope.facts.connections().users(manager).all(|user| !user.enabled);
    sink.report(
        Report::new(&*manager.path, endpoint.span, message)
            .property(endpoint.property)
            .severity(if named { through_proxy.at_most(Warning) } else { through_proxy })
            .confidence(Confidence::Medium)
            .help("name the server by its full domain name in a virtual network with DNS, or reach it through a self-hosted integration runtime (ConnectByProxy); Fabric reaches public endpoints only"),
    );
}
