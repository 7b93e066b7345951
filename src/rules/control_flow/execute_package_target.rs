//! `execute-package-target`: an Execute Package Task that names no package.

use super::task;
use crate::finding::Severity::Error;
use crate::model::{ExecutableId, ExecutableKind, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0912",
    name: "execute-package-target",
    category: Category::ControlFlow,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "an Execute Package Task names no package",
    page: include_str!("../../../rules/execute-package-target.md"),
    check: Check::Executable(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let Some(executable) = task::enabled(package, id, ExecutableKind::ExecutePackage) else { return };
    let (property, what, code) = match executable.settings.flag("UseProjectReference", false) {
        true => ("PackageName", "no package of the project", "0xC00220DF"),
        false => ("Connection", "no connection to a package", "0xC00220E0"),
    };
    let chosen = ["PackageName", "PackageNameFromProjectReference", "Connection", "UseProjectReference"];
    let replaced = chosen.iter().any(|property| task::is_replaced(scope, package, id, property));
    if executable.settings.text(property).trim().is_empty() && !replaced {
        let message = format!("{what} is selected: the task fails when it is validated ({code})");
        sink.report(Report::new(&*executable.path, executable.span, message).property(property).help("select the package that the task is to run"));
    }
}
