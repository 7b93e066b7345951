//! `fabric-sql-authentication`: a login that databases of Fabric do not know.

use super::fabric_host;
use crate::finding::Severity::Error;
use crate::lang::connection_string::{Authentication, ConnectionString, Dialect};
use crate::model::ConnectionManager;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0712",
    name: "fabric-sql-authentication",
    category: Category::Azure,
    severity: Severities::none().on(Target::Fabric, Error),
    set: RuleSet::Default,
    summary: "a connection to Fabric logs in by SQL login or Windows account",
    page: include_str!("../../../rules/fabric-sql-authentication.md"),
    check: Check::Connection(check),
};

fn check(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    let Some(endpoint) = scope.known_endpoint(scope.index, manager) else { return };
    let Some(host) = fabric_host::of_endpoint(manager, &endpoint) else { return };
    let Some(dialect) = Dialect::of(manager.creation_name.as_str()) else { return };
    let login = match ConnectionString::parse(&endpoint.text, dialect).authentication() {
        Authentication::Sql => "an SQL login",
        Authentication::Integrated => "a Windows account",
        _ => return,
    };
    if endpoint.property != "ConnectionString" || !scope.facts.connections().is_used(manager) {
        return;
    }
    let message = format!("`{host}` takes Microsoft Entra identities only, and the connection logs in with {login}: the login fails");
    sink.report(
        Report::new(&*manager.path, endpoint.span, message)
            .property(endpoint.property)
            .help("log in as a service principal: Authentication=ActiveDirectoryServicePrincipal, its application id as user"),
    );
}
