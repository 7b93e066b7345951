//! `process-no-timeout`: a process that may run for ever.

use super::task;
use crate::finding::Severity::Warning;
use crate::model::{ExecutableId, ExecutableKind, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0914",
    name: "process-no-timeout",
    category: Category::ControlFlow,
    severity: Severities::none().on(Target::Agent, Warning),
    set: RuleSet::Pedantic,
    summary: "an Execute Process Task has no timeout",
    page: include_str!("../../../rules/process-no-timeout.md"),
    check: Check::Executable(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let Some(executable) = task::enabled(package, id, ExecutableKind::ExecuteProcess) else { return };
    let timeout = executable.settings.get("TimeOut");
    if executable.settings.number("TimeOut").unwrap_or(0) == 0 && !task::is_replaced(scope, package, id, "TimeOut") {
        let message = "the task has no timeout: when the process hangs, so does the job";
        let span = timeout.map_or(executable.span, |text| text.span);
        sink.report(Report::new(&*executable.path, span, message).property("TimeOut").help("set TimeOut to well above the longest run, in seconds"));
    }
}
