//! `lookup-no-match-fails`: one unknown key stops the load.

use crate::finding::Confidence;
use crate::finding::Severity::Warning;
use crate::model::{Component, ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1104",
    name: "lookup-no-match-fails",
    category: Category::Performance,
    severity: Severities::new(Warning),
    set: RuleSet::Pedantic,
    summary: "a Lookup fails the data flow at the first row without a match",
    page: include_str!("../../../rules/lookup-no-match-fails.md"),
    check: Check::Component(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, executable: ExecutableId, component: &Component<'_>, sink: &mut Sink<'_>) {
    // 0 is to treat such rows as errors; 2005 knows nothing else.
    if !component.is("Lookup") || component.properties.number("NoMatchBehavior") == Some(1) || !package.is_enabled(executable) {
        return;
    }
    let mut outputs = component.outputs.iter().filter(|output| !output.is_error);
    if !outputs.any(|output| output.error_disposition == "FailComponent") {
        return;
    }
    let message = format!("`{}` fails the data flow at the first row without a match (0xC020901E, 0xC0209029)", component.name.as_str());
    sink.report(
        Report::new(&*component.path, component.span, message)
            .property("NoMatchBehavior")
            .confidence(Confidence::Medium)
            .help("send rows without a match to the no match output, unless a failure is what you want"),
    );
}
