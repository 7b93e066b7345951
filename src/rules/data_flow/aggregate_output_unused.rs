//! `aggregate-output-unused`: an output of an Aggregate that leads nowhere.

use crate::finding::Severity::Error;
use crate::model::{Component, ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1020",
    name: "aggregate-output-unused",
    category: Category::DataFlow,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "an output of an Aggregate has no path",
    page: include_str!("../../../rules/aggregate-output-unused.md"),
    check: Check::Component(check),
};

fn check(scope: &Scope<'_, '_>, _: &Package<'_>, executable: ExecutableId, component: &Component<'_>, sink: &mut Sink<'_>) {
    if !component.is("Aggregate") {
        return;
    }
    let Some(lineage) = scope.facts.lineage(scope.index, executable).filter(|lineage| lineage.is_sound()) else { return };
    for output in component.outputs.iter().filter(|output| !output.is_error && !lineage.is_connected(&output.id)) {
        let message = format!(
            "the output `{}` of `{}` has no path: the data flow does not validate (0xC0209316, \"not used by any component\")",
            output.name,
            component.name.as_str()
        );
        sink.report(
            Report::new(&*component.path, output.span, message).discriminator(&*output.name).help("connect the output or remove it from the Aggregate"),
        );
    }
}
