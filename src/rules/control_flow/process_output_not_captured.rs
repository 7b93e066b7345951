//! `process-output-not-captured`: a process whose messages are lost.

use super::task;
use crate::finding::Severity::Info;
use crate::model::{ExecutableId, ExecutableKind, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0924",
    name: "process-output-not-captured",
    category: Category::ControlFlow,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "nobody reads what a process writes",
    page: include_str!("../../../rules/process-output-not-captured.md"),
    check: Check::Executable(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let Some(executable) = task::enabled(package, id, ExecutableKind::ExecuteProcess) else { return };
    let redirects = executable.settings.text("Arguments").contains('>');
    let lost = ["StandardOutputVariable", "StandardErrorVariable"].iter().all(|setting| task::is_unset(scope, package, id, setting, setting));
    if lost && !redirects {
        let message = "what the process writes is lost: when it fails, only its exit code is known";
        let help = "set StandardErrorVariable, and log the variable when the task fails";
        sink.report(Report::new(&*executable.path, executable.span, message).property("StandardErrorVariable").help(help));
    }
}
