//! `force-execution-result`: an outcome that is decided beforehand.

use super::task;
use crate::finding::Severity::Warning;
use crate::model::{ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0919",
    name: "force-execution-result",
    category: Category::ControlFlow,
    severity: Severities::new(Warning),
    set: RuleSet::Default,
    summary: "the outcome of an executable is forced",
    page: include_str!("../../../rules/force-execution-result.md"),
    check: Check::Executable(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let executable = package.executable(id);
    let Some(text) = executable.properties.get("ForceExecutionResult").filter(|_| package.is_enabled(id)) else { return };
    let (outcome, consequence) = match executable.properties.number("ForceExecutionResult") {
        Some(0) => ("Success", "an error in it does not stop what follows, and the run counts as successful"),
        Some(1) => ("Failure", "it fails whatever it does"),
        Some(2) => ("Completion", "an error in it does not stop what follows"),
        _ => return,
    };
    if !task::is_replaced(scope, package, id, "ForceExecutionResult") {
        let message = format!("ForceExecutionResult of `{}` is {outcome}, as for a test: {consequence}", executable.name.value);
        sink.report(Report::new(&*executable.path, text.span, message).property("ForceExecutionResult").help("set ForceExecutionResult to None"));
    }
}
