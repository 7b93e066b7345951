//! `process-redirect`: output of a process that nobody can take.

use super::task;
use crate::finding::Severity::Error;
use crate::model::{ExecutableId, ExecutableKind, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0913",
    name: "process-redirect",
    category: Category::ControlFlow,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "the output of a process goes where it cannot",
    page: include_str!("../../../rules/process-redirect.md"),
    check: Check::Executable(check),
};

/// A process that may outlive the task has nobody left to write to.
fn check(scope: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let Some(executable) = task::enabled(package, id, ExecutableKind::ExecuteProcess) else { return };
    let settings = &executable.settings;
    let outlives = settings.number("TimeOut").is_some_and(|seconds| seconds > 0) && !settings.flag("TerminateAfterTimeout", true);
    let stream = ["StandardInputVariable", "StandardOutputVariable", "StandardErrorVariable"].into_iter().find(|name| !settings.text(name).trim().is_empty());
    let replaced = ["TimeOut", "TerminateProcessAfterTimeOut"].iter().any(|property| task::is_replaced(scope, package, id, property));
    let Some(stream) = stream.filter(|_| outlives && !replaced) else { return };
    let span = settings.get("TerminateAfterTimeout").map_or(executable.span, |text| text.span);
    let message = format!("the process may outlive the task, and `{stream}` is set: the task fails when it is validated (0xC002914B)");
    sink.report(Report::new(&*executable.path, span, message).property("TerminateProcessAfterTimeOut").help("set TerminateProcessAfterTimeOut to True"));
}
