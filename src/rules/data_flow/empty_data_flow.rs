//! `empty-data-flow`: a data flow that does nothing.

use crate::finding::Severity::Info;
use crate::model::{ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1022",
    name: "empty-data-flow",
    category: Category::DataFlow,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "a data flow without components",
    page: include_str!("../../../rules/empty-data-flow.md"),
    check: Check::Executable(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let task = package.executable(id);
    if task.data_flow().is_none_or(|flow| !flow.components.is_empty()) || !package.is_enabled(id) {
        return;
    }
    let message = format!("`{}` has no components: it does nothing but warn (0x80047034)", task.name.as_str());
    sink.report(Report::new(&*task.path, task.span, message).help("delete the task, or build the data flow"));
}
