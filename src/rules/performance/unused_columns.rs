//! `unused-columns`: columns that are read for nothing.

use crate::finding::Severity::Info;
use crate::model::{Component, ExecutableId, Package};
use crate::rules::words::listed;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1112",
    name: "unused-columns",
    category: Category::Performance,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "nobody reads columns of a source or Lookup",
    page: include_str!("../../../rules/unused-columns.md"),
    check: Check::Component(check),
};

fn check(scope: &Scope<'_, '_>, _: &Package<'_>, executable: ExecutableId, component: &Component<'_>, sink: &mut Sink<'_>) {
    if !component.inputs.is_empty() && !component.is("Lookup") {
        return;
    }
    let Some(lineage) = scope.facts.lineage(scope.index, executable).filter(|lineage| lineage.is_sound()) else { return };
    let outputs = component.outputs.iter().filter(|output| !output.is_error && lineage.is_connected(&output.id));
    let unread: Vec<&str> = outputs.flat_map(|output| &output.columns).filter(|column| !lineage.is_read(&column.lineage)).map(|column| &*column.name).collect();
    if unread.is_empty() {
        return;
    }
    let message = format!("nobody uses {} of `{}`: read for nothing, and a warning each in every run (0x80047076)", listed(&unread), component.name.as_str());
    sink.report(Report::new(&*component.path, component.span, message).help("leave the columns out of the statement, or untick them in the component"));
}
