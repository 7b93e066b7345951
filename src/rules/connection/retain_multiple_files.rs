//! `retain-multiple-files`: a list of files on a connection that is kept.

use crate::analysis::session::is_retained;
use crate::finding::Severity::Error;
use crate::model::ConnectionManager;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0212",
    name: "retain-multiple-files",
    category: Category::Connection,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "a connection that is kept names several files",
    page: include_str!("../../../rules/retain-multiple-files.md"),
    check: Check::Connection(check),
};

fn check(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    if !manager.is_file() || !is_retained(scope.project, scope.document.package(), manager) {
        return;
    }
    let endpoint = scope.known_endpoint(scope.index, manager).filter(|endpoint| endpoint.text.contains('|'));
    let Some(endpoint) = endpoint.filter(|_| scope.facts.connections().is_used(manager)) else { return };
    let message = "the connection string names several files, parted by vertical bars, and RetainSameConnection is on: the connection fails (0xC001401F)";
    sink.report(
        Report::new(&*manager.path, endpoint.span, message)
            .property(endpoint.property)
            .help("set RetainSameConnection to False, or use one connection manager for each file"),
    );
}
