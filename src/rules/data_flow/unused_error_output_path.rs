//! `unused-error-output-path`: rows redirected to nowhere.

use super::columns::dispositions;
use crate::finding::Confidence;
use crate::finding::Severity::Info;
use crate::model::{Component, ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1018",
    name: "unused-error-output-path",
    category: Category::DataFlow,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "rows that fail are redirected to an error output that leads nowhere",
    page: include_str!("../../../rules/unused-error-output-path.md"),
    check: Check::Component(check),
};

fn check(scope: &Scope<'_, '_>, _: &Package<'_>, executable: ExecutableId, component: &Component<'_>, sink: &mut Sink<'_>) {
    if !dispositions(component).any(|disposition| disposition == "RedirectRow") {
        return;
    }
    let Some(lineage) = scope.facts.lineage(scope.index, executable) else { return };
    let mut outputs = component.outputs.iter().filter(|output| output.is_error).peekable();
    if outputs.peek().is_none() || outputs.any(|output| lineage.is_connected(&output.id)) {
        return;
    }
    let message = format!("`{}` redirects rows that fail to its error output, which has no path: they are dropped without a word", component.name.as_str());
    sink.report(
        Report::new(&*component.path, component.span, message)
            .property("ErrorRowDisposition")
            .confidence(Confidence::Medium)
            .help("connect the error output, at least to a Row Count, or let the component fail"),
    );
}
