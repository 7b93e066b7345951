//! `checkpoint-no-restart-point`: checkpoints without anything to restart from.

use crate::analysis::checkpoints;
use crate::finding::Severity::Warning;
use crate::model::Package;
use crate::rules::control_flow::empty_package::has_work;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0609",
    name: "checkpoint-no-restart-point",
    category: Category::Concurrency,
    severity: Severities::new(Warning),
    set: RuleSet::Default,
    summary: "a package saves checkpoints, but no task lets the package fail with it",
    page: include_str!("../../../rules/checkpoint-no-restart-point.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    if checkpoints::of_package(scope.project, package).is_none() || !has_work(package) {
        return;
    }
    if package.executables().any(|(id, executable)| package.is_enabled(id) && checkpoints::is_restart_point(executable)) {
        return;
    }
    let root = package.root();
    let message = "SaveCheckpoints is True, but no executable has FailPackageOnFailure = True: no failure is recorded as a restart point (warning 0x80014058), and a restart runs the whole package again";
    sink.report(
        Report::new("Package", root.properties.get("SaveCheckpoints").map_or(root.span, |text| text.span), message)
            .property("SaveCheckpoints")
            .help("set FailPackageOnFailure to True on each task and container that a restart may begin with, or SaveCheckpoints to False"),
    );
}
