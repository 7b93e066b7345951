//! `excel-child-in-process`: two child packages that use Excel at the same time, in the process of their caller.

use super::excel_parallel::{CRASH, described, file_name};
use crate::analysis::excel::{self, ProcessAccess};
use crate::analysis::overlap::pairs::{Meeting, Place};
use crate::finding::Severity::{Error, Warning};
use crate::model::{ExecutableId, Package};
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0502",
    name: "excel-child-in-process",
    category: Category::Excel,
    severity: Severities::none().on(Target::Agent, Warning).on(Target::Ssisdb, Warning).on(Target::AzureSsis, Error).on(Target::Fabric, Warning),
    set: RuleSet::Default,
    summary: "child packages that use Excel at the same time share the process of their caller",
    page: include_str!("../../../rules/excel-child-in-process.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    if scope.facts.calls().of_document(scope.index).len() < 2 {
        return;
    }
    let accesses = excel::of_process(scope.facts, scope.index);
    let Some(overlap) = scope.facts.overlap(scope.index) else { return };
    for meeting in excel::first_meetings(overlap, &accesses, |left, right| left.in_child && right.in_child) {
        if let Some(report) = report(scope, package, &accesses, &meeting) {
            sink.report(report);
        }
    }
}

/// None in a data flow, where no child package runs.
fn report(scope: &Scope<'_, '_>, package: &Package<'_>, accesses: &[ProcessAccess<'_, '_>], meeting: &Meeting) -> Option<Report> {
    let (left, right) = (&accesses[meeting.left], &accesses[meeting.right]);
    let Place::Container { left: from, right: to, confidence, .. } = meeting.place else { return None };
    let name = |id: ExecutableId| package.executable(id).name.value.as_ref();
    let (task, other) = (package.executable(left.executable), package.executable(right.executable));
    let caller = file_name(scope, scope.index);
    let message =
        format!("{} and {} can use Excel at the same time in one process, that of `{caller}`: {CRASH}", described(scope, left), described(scope, right));
    let help =
        format!("set ExecuteOutOfProcess of `{}` to True, or join `{}` and `{}` with a precedence constraint", name(left.executable), name(from), name(to));
    let component = |access: &ProcessAccess<'_, '_>| {
        Mention::new(access.access.object, access.access.span, format!("uses Excel in `{}`", file_name(scope, access.document))).in_document(access.document)
    };
    let report = Report::new(task.path.as_ref(), task.span, message).property("ExecuteOutOfProcess").help(help).confidence(confidence);
    let report =
        report.mention(Mention::new(other.path.as_ref(), other.span, meeting.place.describe(package))).mention(component(left)).mention(component(right));
    Some(report.discriminator(other.path.as_ref()))
}
