//! `source-without-consumer`: a source that nobody reads.

use crate::finding::Severity::Info;
use crate::model::{Component, ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1023",
    name: "source-without-consumer",
    category: Category::DataFlow,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "nothing takes the rows of a source",
    page: include_str!("../../../rules/source-without-consumer.md"),
    check: Check::Component(check),
};

fn check(scope: &Scope<'_, '_>, _: &Package<'_>, executable: ExecutableId, component: &Component<'_>, sink: &mut Sink<'_>) {
    if !component.inputs.is_empty() {
        return;
    }
    let Some(lineage) = scope.facts.lineage(scope.index, executable).filter(|lineage| lineage.is_sound()) else { return };
    let mut outputs = component.outputs.iter().filter(|output| !output.is_error).peekable();
    if outputs.peek().is_none() || outputs.any(|output| output.id.is_empty() || lineage.is_connected(&output.id)) {
        return;
    }
    let message = format!("nothing takes the rows of `{}`: it is validated, connection and all, and then not read (0x8004706F)", component.name.as_str());
    sink.report(Report::new(&*component.path, component.span, message).help("connect the source, or delete it"));
}
