//! `select-star`: all columns of a table, wanted or not.

use super::reads_whole_table;
use crate::finding::Confidence;
use crate::finding::Severity::Info;
use crate::model::Package;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1101",
    name: "select-star",
    category: Category::Performance,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "a source or Lookup reads `SELECT *`",
    page: include_str!("../../../rules/select-star.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, _: &Package<'_>, sink: &mut Sink<'_>) {
    for statement in scope.facts.statements(scope.index).iter().filter(|statement| !statement.is_table && statement.text.contains('*')) {
        // What a Lookup loads whole is the matter of `lookup-whole-table`.
        let Some(component) = statement.component.filter(|component| !reads_whole_table(component)) else { continue };
        if !statement.query().selects_all {
            continue;
        }
        let message = format!(
            "`{}` reads all columns: those that nobody uses cost memory and time (0x80047076), and a column that is added or dropped breaks the metadata (0x800470C8)",
            component.name.as_str()
        );
        let report = Report::new(statement.object, statement.span, message).property(statement.property).confidence(Confidence::Medium);
        sink.report(report.help("name the columns that the data flow needs"));
    }
}
