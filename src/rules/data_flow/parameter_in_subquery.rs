//! `parameter-in-subquery`: a parameter where the provider cannot see its type.

use crate::finding::Confidence;
use crate::finding::Severity::Warning;
use crate::model::{Component, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1014",
    name: "parameter-in-subquery",
    category: Category::DataFlow,
    severity: Severities::new(Warning),
    set: RuleSet::Pedantic,
    summary: "an OLE DB source has a `?` inside a subquery",
    page: include_str!("../../../rules/parameter-in-subquery.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, _: &Package<'_>, sink: &mut Sink<'_>) {
    for statement in scope.facts.statements(scope.index).iter().filter(|statement| !statement.is_table && statement.text.contains('?')) {
        let Some(component) = statement.component.filter(|component| component.is("OLEDBSource")) else { continue };
        if is_described(component) || !statement.query().has_nested_marker {
            continue;
        }
        let message = format!(
            "`{}` has a `?` inside a subquery: many OLE DB providers cannot say what type it has (\"Parameters cannot be extracted from the SQL command\"), and the parameter cannot be mapped",
            component.name.as_str()
        );
        sink.report(
            Report::new(statement.object, statement.span, message)
                .property(statement.property)
                .confidence(Confidence::Medium)
                .help("give the statement to the source in a variable that an expression builds, or move the `?` to the outer query"),
        );
    }
}

/// The editor asks the provider for the parameters, and calls them `Parameter0` or by their names: then the provider could tell. Numbers are written by
/// hand, or by a generator that asks nobody.
fn is_described(component: &Component<'_>) -> bool {
    let mapping = component.properties.text("ParameterMapping").trim_start_matches(['"', ' ']);
    mapping.starts_with("Parameter") || mapping.starts_with('@')
}
