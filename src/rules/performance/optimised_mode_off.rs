//! `optimised-mode-off`: a data flow that is not optimised.

use crate::finding::Severity::Info;
use crate::model::{ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1113",
    name: "optimised-mode-off",
    category: Category::Performance,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "a data flow keeps columns and components that nobody uses",
    page: include_str!("../../../rules/optimised-mode-off.md"),
    check: Check::Executable(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let task = package.executable(id);
    let Some(flow) = task.data_flow() else { return };
    if flow.properties.flag("runInOptimizedMode", true) || task.expression("RunInOptimizedMode").is_some() || !package.is_enabled(id) {
        return;
    }
    let message = format!("`{}` runs with RunInOptimizedMode = False: columns, outputs and components that nobody uses are carried along", task.name.as_str());
    sink.report(Report::new(&*task.path, task.span, message).property("RunInOptimizedMode").help("set RunInOptimizedMode to True"));
}
