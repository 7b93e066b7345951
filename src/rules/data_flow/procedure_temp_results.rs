//! `procedure-temp-results`: a procedure as a source whose result sets the server may not be able to tell.

use crate::finding::Confidence;
use crate::finding::Severity::Warning;
use crate::model::Package;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1013",
    name: "procedure-temp-results",
    category: Category::DataFlow,
    severity: Severities::none().on(Target::Sql2022, Warning).on(Target::Sql2025, Warning),
    set: RuleSet::Pedantic,
    summary: "an OLE DB source runs a procedure without saying what it returns",
    page: include_str!("../../../rules/procedure-temp-results.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, _: &Package<'_>, sink: &mut Sink<'_>) {
    for statement in scope.facts.statements(scope.index).iter().filter(|statement| !statement.is_table) {
        let Some(component) = statement.component.filter(|component| component.is("OLEDBSource")) else { continue };
        let query = statement.query();
        if !query.calls_procedure || query.declares_results {
            continue;
        }
        let message = format!(
            "`{}` runs a procedure: since SQL Server 2012 the server says beforehand what a procedure returns, and cannot when it returns the rows of a temporary table (\"The metadata could not be determined\", 0x80004005, 0xC0202009)",
            component.name.as_str()
        );
        sink.report(
            Report::new(statement.object, statement.span, message)
                .property(statement.property)
                .confidence(Confidence::Low)
                .help("add WITH RESULT SETS ((…)) with the columns, or let the procedure use a table variable"),
        );
    }
}
