//! `sql-server-destination`: a destination that loads through the memory of the database server's machine.

use crate::analysis::connections::{ConnectionUse, User};
use crate::finding::Severity::{Error, Warning};
use crate::lang::connection_string::server_is_loopback;
use crate::model::{Component, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0713",
    name: "sql-server-destination",
    category: Category::Azure,
    severity: Severities::none().on(Target::Agent, Warning).on(Target::AzureSsis, Error).on(Target::Fabric, Error),
    set: RuleSet::Default,
    summary: "a SQL Server destination works only on the machine of the database server",
    page: include_str!("../../../rules/sql-server-destination.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, _: &Package<'_>, sink: &mut Sink<'_>) {
    for found in scope.facts.connections().of_document(scope.index).iter().filter(|found| found.enabled) {
        if let User::Component(_, component) = found.user
            && component.is("SQLServerDestination")
        {
            sink.report(report(scope, found, component));
        }
    }
}

/// Only a server that is known to be another may be wrong on premises.
fn report(scope: &Scope<'_, '_>, found: &ConnectionUse<'_, '_>, component: &Component<'_>) -> Report {
    let server = scope.facts.connections().manager(found.resolution).and_then(|(document, manager)| {
        let endpoint = scope.known_endpoint(document, manager)?;
        endpoint.server().filter(|server| !server_is_loopback(server))
    });
    let where_to = server.as_ref().map_or_else(String::new, |server| format!(", here `{server}`"));
    let message = format!(
        "a SQL Server destination loads through shared memory and works only on the machine of the database server{where_to}: elsewhere it fails (0xC0202071, \"Unable to bulk copy \
         data\", and \"Could not bulk load because SSIS file mapping object 'Global\\DTSQLIMPORT' could not be opened\")"
    );
    Report::new(&*component.path, component.span, message)
        .severity(if server.is_some() { RULE.severity } else { RULE.severity.off(Target::Agent) })
        .help("use an OLE DB destination with fast load")
}
