//! `linked-server-query`: a query that goes through another server.

use crate::finding::Severity::Info;
use crate::lang::tsql::may_go_elsewhere;
use crate::model::Package;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1312",
    name: "linked-server-query",
    category: Category::Logging,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "a statement reads through a linked server or an ad hoc source",
    page: include_str!("../../../rules/linked-server-query.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, _: &Package<'_>, sink: &mut Sink<'_>) {
    for statement in scope.facts.statements(scope.index).iter().filter(|statement| !statement.is_table) {
        if !may_go_elsewhere(statement.text) {
            continue;
        }
        let batch = statement.batch();
        let message = match (batch.linked_servers().first(), batch.remote_sources().is_empty()) {
            (Some(server), _) => format!(
                "the statement goes through the linked server `{}`: it needs that server, its login mapping and often a distributed transaction",
                server.name
            ),
            (None, false) => "the statement reads through OPENROWSET or OPENDATASOURCE: the server must allow ad hoc queries and have the provider".to_owned(),
            (None, true) => continue,
        };
        let report = Report::new(statement.object, statement.span, message).property(statement.property);
        sink.report(report.help("give the other server a connection of its own, and join the data in the data flow or in staging tables"));
    }
}
