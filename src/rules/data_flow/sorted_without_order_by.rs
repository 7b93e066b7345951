//! `sorted-without-order-by`: a source that claims an order its statement does not ask for.

use super::columns::is_any;
use crate::analysis::statements::Statement;
use crate::finding::Confidence;
use crate::finding::Severity::Warning;
use crate::model::{Component, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1006",
    name: "sorted-without-order-by",
    category: Category::DataFlow,
    severity: Severities::new(Warning),
    set: RuleSet::Pedantic,
    summary: "a source is declared as sorted, but its statement has no ORDER BY",
    page: include_str!("../../../rules/sorted-without-order-by.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    for statement in scope.facts.statements(scope.index) {
        let unsorted = statement.component.filter(|component| claims_order(component) && !statement.is_snapshot && !is_ordered(statement));
        if let Some(component) = unsorted.filter(|_| needs_order(package, statement)) {
            sink.report(report(component, statement));
        }
    }
}

fn claims_order(component: &Component<'_>) -> bool {
    is_any(component, &["OLEDBSource", "DataReaderSourceAdapter", "SSISODBCSrc"]) && component.outputs.iter().any(|output| output.is_sorted)
}

/// Nothing but a Merge or a Merge Join counts on the order.
fn needs_order(package: &Package<'_>, statement: &Statement<'_, '_>) -> bool {
    let flow = package.executable(statement.executable).data_flow();
    flow.is_some_and(|flow| flow.components.iter().any(|component| is_any(component, &["Merge", "MergeJoin"])))
}

/// Whether the rows come in an order, as far as the text tells: the order of a procedure's rows is unknown.
fn is_ordered(statement: &Statement<'_, '_>) -> bool {
    !statement.is_table && (statement.query().is_ordered || statement.query().calls_procedure)
}

fn report(component: &Component<'_>, statement: &Statement<'_, '_>) -> Report {
    let text = if statement.is_table { "opens a table or view, which has no order" } else { "runs a statement without ORDER BY" };
    let message = format!(
        "`{}` is declared as sorted, but {text}: whatever order the rows have today, a Merge Join loses rows without a word when it changes",
        component.name.as_str()
    );
    Report::new(&*component.path, statement.span, message)
        .property(statement.property)
        .confidence(Confidence::Medium)
        .help("add an ORDER BY over the sort keys, in their order")
}
