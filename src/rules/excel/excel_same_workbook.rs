//! `excel-same-workbook`: a workbook that is written while something else has it open.

use super::excel_parallel::{described, file_name};
use crate::analysis::excel::{self, ProcessAccess};
use crate::analysis::overlap::pairs::{Meeting, Place};
use crate::finding::Confidence;
use crate::finding::Severity::Warning;
use crate::model::Package;
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0503",
    name: "excel-same-workbook",
    category: Category::Excel,
    severity: Severities::new(Warning),
    set: RuleSet::Default,
    summary: "a workbook is written while something else has it open",
    page: include_str!("../../../rules/excel-same-workbook.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let accesses = excel::of_run(scope.facts, scope.index);
    let Some(overlap) = scope.facts.overlap(scope.index).filter(|_| accesses.iter().any(|access| access.access.writes)) else { return };
    for meeting in excel::first_meetings(overlap, &accesses, clash) {
        sink.report(report(scope, package, &accesses, &meeting));
    }
}

/// Whether one writes the workbook that the other reads. Two that write share it: several destinations fill sheets of one workbook.
fn clash(left: &ProcessAccess<'_, '_>, right: &ProcessAccess<'_, '_>) -> bool {
    left.access.writes != right.access.writes && left.access.workbook.is_some() && left.access.workbook == right.access.workbook
}

fn report(scope: &Scope<'_, '_>, package: &Package<'_>, accesses: &[ProcessAccess<'_, '_>], meeting: &Meeting) -> Report {
    let (left, right) = (&accesses[meeting.left], &accesses[meeting.right]);
    let (writer, other) = if left.access.writes { (left, right) } else { (right, left) };
    let place = match meeting.place {
        Place::DataFlow => format!("in the data flow `{}`", package.executable(left.executable).name.as_str()),
        Place::Container { .. } => "and may do so at the same time".to_owned(),
    };
    let message = format!(
        "{} writes the workbook that {} reads, {place}: whichever opens it first locks it, and the other fails (0x80070020, or 0x80004005 \"already opened exclusively by another user\")",
        described(scope, writer),
        described(scope, other)
    );
    // An object of this document: the component, or the task that runs the child.
    let task = package.executable(writer.executable);
    let (object, span) = if writer.in_child { (&*task.path, task.span) } else { (writer.access.object, writer.access.span) };
    let mention = Mention::new(other.access.object, other.access.span, "reads the same workbook").in_document(other.document);
    Report::new(object, span, message)
        .help("write to a copy of the workbook, or let a precedence constraint order the two")
        .confidence(Confidence::Medium)
        .mention(mention)
        .discriminator(format!("{}:{}", file_name(scope, other.document), other.access.object))
}
