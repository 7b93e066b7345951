//! `row-by-row-destination`: an INSERT for every row.

use std::iter::successors;

use crate::analysis::connections::User;
use crate::analysis::lineage::Outlet;
use crate::finding::Confidence;
use crate::finding::Severity::Info;
use crate::lang::connection_string::{ConnectionString, Dialect};
use crate::model::{Component, ConnectionManager, ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1106",
    name: "row-by-row-destination",
    category: Category::Performance,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "an OLE DB destination inserts row by row",
    page: include_str!("../../../rules/row-by-row-destination.md"),
    check: Check::Package(check),
};

/// A damaged file may lead its paths in a circle.
const MOST_STEPS: usize = 100;

fn check(scope: &Scope<'_, '_>, _: &Package<'_>, sink: &mut Sink<'_>) {
    let connections = scope.facts.connections();
    for reference in connections.of_document(scope.index).iter().filter(|reference| reference.enabled) {
        let User::Component(executable, component) = reference.user else { continue };
        let is_slow = component.is("OLEDBDestination") && matches!(component.access_mode(), Some(0 | 1));
        if !is_slow
            || takes_errors(scope, executable, component)
            || connections.manager(reference.resolution).is_some_and(|(_, manager)| is_other_server(manager))
        {
            continue;
        }
        let message = format!("`{}` sends an INSERT for every row: fast load is many times faster with SQL Server", component.name.as_str());
        sink.report(
            Report::new(&*component.path, component.span, message)
                .property("AccessMode")
                .confidence(Confidence::Medium)
                .help("use the access mode Table or view - fast load, unless the provider has none or every row must stand for itself"),
        );
    }
}

/// Whether the written provider is none of SQL Server's.
fn is_other_server(manager: &ConnectionManager<'_>) -> bool {
    let string = manager.connection_string().zip(Dialect::of(manager.creation_name.as_str()));
    let string = string.map(|(text, dialect)| ConnectionString::parse(text.as_str(), dialect));
    string.is_some_and(|string| string.provider().is_some() && !string.is_sql_server())
}

/// Rows of an error output are few, and one that fails must not take the others with it. Transformations on the way pass them on.
fn takes_errors(scope: &Scope<'_, '_>, executable: ExecutableId, component: &Component<'_>) -> bool {
    let Some((lineage, input)) = scope.facts.lineage(scope.index, executable).zip(component.inputs.first()) else { return false };
    let before = |outlet: &Outlet<'_, '_>| lineage.feeder(outlet.port.synchronous_input()?);
    successors(lineage.feeder(&input.id), before).take(MOST_STEPS).any(|outlet| outlet.port.is_error)
}
