//! `placeholder-task`: what the designer saved for a task that it could not load.

use crate::finding::Severity::Error;
use crate::model::{ExecutableId, ExecutableKind, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0804",
    name: "placeholder-task",
    category: Category::Upgrade,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "a placeholder stands where the designer could not load the task",
    page: include_str!("../../../rules/placeholder-task.md"),
    check: Check::Executable(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let executable = package.executable(id);
    if executable.kind != ExecutableKind::Replacement || !package.is_enabled(id) {
        return;
    }
    let message = "the designer could not load this task and saved a placeholder in its place: it cannot run, and the package fails (0xC0010026, 0xC0010025)";
    sink.report(
        Report::new(&*executable.path, executable.span, message)
            .help("install what the task belongs to, then take the package as it was before from source control; else write the task anew"),
    );
}
