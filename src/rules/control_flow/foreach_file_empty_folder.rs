//! `foreach-file-empty-folder`: a loop over a folder that may be empty or missing.

use crate::finding::Severity::Info;
use crate::lang::windows_path::{self, PathKind};
use crate::model::{Enumerator, EnumeratorKind, ExecutableId, Package, Task};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0911",
    name: "foreach-file-empty-folder",
    category: Category::ControlFlow,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "a loop over files succeeds without doing anything when its folder is empty",
    page: include_str!("../../../rules/foreach-file-empty-folder.md"),
    check: Check::Executable(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let executable = package.executable(id);
    let Task::ForEachLoop(each) = &executable.task else { return };
    let Some(enumerator) = each.enumerator.as_ref().filter(|enumerator| package.is_enabled(id) && is_literal(enumerator)) else { return };
    let folder = enumerator.settings.get("Folder");
    let message = match folder.map_or(PathKind::Empty, |folder| windows_path::classify(folder.as_str())) {
        PathKind::Empty => "the loop over files has no folder: it finds no file (0x8001C004)".to_owned(),
        PathKind::Drive { .. } | PathKind::Unc { .. } => {
            format!("where `{}` is empty or missing, the loop does nothing, warns with 0x8001C004 and succeeds", folder.map_or("", |folder| folder.as_str()))
        }
        _ => return,
    };
    let span = folder.map_or(enumerator.span, |folder| folder.span);
    sink.report(
        Report::new(&*executable.path, span, message)
            .property("Directory")
            .help("count the files that the loop has seen, and fail when there should have been some"),
    );
}

/// Files of a folder that no expression chooses.
fn is_literal(enumerator: &Enumerator<'_>) -> bool {
    enumerator.kind == EnumeratorKind::File && !enumerator.expressions.iter().any(|entry| entry.property.eq_ignore_ascii_case("Directory"))
}
