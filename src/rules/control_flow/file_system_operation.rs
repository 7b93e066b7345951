//! `file-system-operation`: a file operation without its source or destination.

use super::task;
use crate::finding::Confidence;
use crate::finding::Severity::{Error, Warning};
use crate::model::{Executable, ExecutableId, ExecutableKind, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, STRING, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0917",
    name: "file-system-operation",
    category: Category::ControlFlow,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "a File System Task lacks its source or destination",
    page: include_str!("../../../rules/file-system-operation.md"),
    check: Check::Executable(check),
};

/// One end of an operation.
struct End {
    setting: &'static str,
    property: &'static str,
    is_variable: &'static str,
    code: &'static str,
}

const SOURCE: End = End { setting: "TaskSourcePath", property: "Source", is_variable: "TaskIsSourceVariable", code: "0xC002915D" };
const DESTINATION: End = End { setting: "TaskDestinationPath", property: "Destination", is_variable: "TaskIsDestinationVariable", code: "0xC002915C" };

/// Operations with a destination; copying a file is the default and is left out.
const WITH_DESTINATION: [&str; 6] = ["", "CopyFile", "MoveFile", "RenameFile", "CopyDirectory", "MoveDirectory"];

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let Some(executable) = task::enabled(package, id, ExecutableKind::FileSystem) else { return };
    let with_destination = WITH_DESTINATION.contains(&executable.settings.text("TaskOperationType"));
    let mut ends = [Some(&SOURCE), Some(&DESTINATION).filter(|_| with_destination)].into_iter().flatten();
    let help = "select a connection manager or a variable that holds the path";
    // One end says enough of a task that was never filled in.
    if let Some(report) = ends.find_map(|end| unset(scope, package, id, executable, end).or_else(|| empty(scope, package, id, executable, end))) {
        sink.report(report.help(help));
    }
}

fn unset(scope: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, executable: &Executable<'_>, end: &End) -> Option<Report> {
    let message = format!("the operation has no {}: the task fails when it is validated ({})", end.property.to_lowercase(), end.code);
    task::is_unset(scope, package, id, end.setting, end.property).then(|| Report::new(&*executable.path, executable.span, message).property(end.property))
}

/// A path from a variable that has none.
fn empty(scope: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, executable: &Executable<'_>, end: &End) -> Option<Report> {
    let name = executable.settings.get(end.setting).filter(|_| executable.settings.flag(end.is_variable, false))?;
    let variable = task::variable(scope, id, name.value.trim()).filter(|_| !task::is_replaced(scope, package, id, end.property))?;
    let is_empty = variable.data_type == Some(STRING) && variable.value.as_ref().is_none_or(|value| value.is_blank());
    if !is_empty || task::may_change(scope, package, variable) {
        return None;
    }
    let message = format!("`{}` is empty, and nothing in the package gives it a value: the task fails (0xC002F30D)", variable.qualified_name());
    let soft = RULE.severity.at_most(Warning);
    Some(Report::new(&*executable.path, name.span, message).property(end.property).severity(soft).confidence(Confidence::Medium))
}
