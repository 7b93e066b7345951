//! `checkpoint-loop`: a restart from a checkpoint repeats a loop in full.

use crate::analysis::checkpoints::{self, CheckpointUsage};
use crate::finding::Severity::Warning;
use crate::model::{Executable, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0610",
    name: "checkpoint-loop",
    category: Category::Concurrency,
    severity: Severities::new(Warning),
    set: RuleSet::Default,
    summary: "a restart from a checkpoint runs a whole loop again, even one that had ended",
    page: include_str!("../../../rules/checkpoint-loop.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    // A package that never starts from its checkpoints repeats everything.
    let restarts = checkpoints::of_package(scope.project, package).is_some_and(|checkpoints| checkpoints.usage != CheckpointUsage::Never);
    if !restarts {
        return;
    }
    for id in package.root().children.iter().filter(|id| package.is_enabled(**id)) {
        let executable = package.executable(*id);
        if executable.kind.is_loop() && !executable.children.is_empty() {
            sink.report(report(executable));
        }
    }
}

fn report(container: &Executable<'_>) -> Report {
    let message = format!(
        "checkpoints do not record what `{}` has done: a restart runs the loop again from its first iteration, even when it had ended before the failure",
        container.name.as_str()
    );
    Report::new(&*container.path, container.span, message)
        .help("put the loop into a Sequence container, so that a loop that has ended is not repeated, and let each iteration see what is already done")
}
