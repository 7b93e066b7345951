//! `loopback-server`: a server that is always the machine that runs the package.

use crate::analysis::overrides;
use crate::finding::Severity::{Error, Info, Warning};
use crate::lang::connection_string::{ConnectionString, Dialect, server_is_loopback};
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
    let Some((text, dialect)) = manager.connection_string().zip(Dialect::of(manager.creation_name.as_str())) else { return };
    let string = ConnectionString::parse(text.as_str(), dialect);
    let Some(server) = string.server().filter(|server| server_is_loopback(server)) else { return };
    let replaced = overrides::of_connection(scope.project, scope.document.package(), manager, &overrides::ENDPOINT);
    if !scope.facts.connections().is_used(manager) || replaced.is_some() {
        return;
    }
    let message = format!("`{server}` is the machine that runs the package: right only where the job runs on the database server itself, never in Azure");
    sink.report(
        Report::new(&*manager.path, text.span, message)
            .property("ConnectionString")
            .help("name the server, and take the name from a parameter, environment or configuration"),
    );
}
