//! `lookup-join-type`: what a Lookup joins on.

use super::columns::{name_of, typed};
use crate::analysis::lineage::Lineage;
use crate::finding::Severity::Error;
use crate::model::{Column, Component, ExecutableId, Package};
use crate::rules::words::listed;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1016",
    name: "lookup-join-type",
    category: Category::DataFlow,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "a Lookup joins on a type that cannot be joined, or on nothing",
    page: include_str!("../../../rules/lookup-join-type.md"),
    check: Check::Component(check),
};

fn check(scope: &Scope<'_, '_>, _: &Package<'_>, executable: ExecutableId, component: &Component<'_>, sink: &mut Sink<'_>) {
    if !component.is("Lookup") {
        return;
    }
    let Some(lineage) = scope.facts.lineage(scope.index, executable) else { return };
    let joined: Vec<&Column<'_>> = join_columns(component).collect();
    let wrong: Vec<&Column<'_>> = joined.iter().copied().filter(|column| !can_be_joined(typed(lineage, column))).collect();
    if joined.is_empty() && !component.inputs.is_empty() && lineage.is_sound() {
        let message = format!("`{}` joins no column: the data flow does not validate (0xC02090F1)", component.name.as_str());
        sink.report(
            Report::new(&*component.path, component.span, message)
                .property("JoinToReferenceColumn")
                .help("join at least one input column to a reference column"),
        );
    } else if let Some(first) = wrong.first() {
        sink.report(report(lineage, component, &wrong, first));
    }
}

/// The input columns that a Lookup joins to its reference.
pub(in crate::rules) fn join_columns<'c, 'a>(component: &'c Component<'a>) -> impl Iterator<Item = &'c Column<'a>> {
    let columns = component.inputs.iter().flat_map(|input| &input.columns);
    columns.filter(|column| column.properties.get("JoinToReferenceColumn").is_some_and(|name| !name.is_blank()))
}

fn can_be_joined(column: &Column<'_>) -> bool {
    !matches!(&*column.data_type, "r4" | "r8" | "text" | "nText" | "image")
}

fn report(lineage: &Lineage<'_, '_>, component: &Component<'_>, wrong: &[&Column<'_>], first: &Column<'_>) -> Report {
    let names: Vec<&str> = wrong.iter().map(|column| name_of(lineage, column)).collect();
    let message = format!(
        "`{}` joins on {} of type {}: no Lookup joins on single, double or long types, and the data flow does not validate (0xC0208239)",
        component.name.as_str(),
        listed(&names),
        typed(lineage, first).data_type
    );
    let report = Report::new(&*component.path, first.span, message).property("JoinToReferenceColumn");
    report.help("convert the column to a decimal, integer or string type before the Lookup, and the reference column in its query")
}
