//! `multicast-columns`: a Multicast with columns of its own.

use crate::finding::Severity::Error;
use crate::model::{Component, ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1021",
    name: "multicast-columns",
    category: Category::DataFlow,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "an output of a Multicast declares columns: the file is damaged",
    page: include_str!("../../../rules/multicast-columns.md"),
    check: Check::Component(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, executable: ExecutableId, component: &Component<'_>, sink: &mut Sink<'_>) {
    if !component.is("Multicast") || !package.is_enabled(executable) {
        return;
    }
    if let Some(output) = component.outputs.iter().find(|output| !output.columns.is_empty()) {
        let message = format!(
            "the output `{}` of `{}` declares columns, which a Multicast never does: the data flow does not validate (0xC0208267, \"The package is damaged\")",
            output.name,
            component.name.as_str()
        );
        sink.report(Report::new(&*component.path, output.span, message).help("delete the Multicast in the designer and add it again"));
    }
}
