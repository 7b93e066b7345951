//! `excel-parallel`: two users of the Excel driver in one process at the same time.

use crate::analysis::excel::{self, ProcessAccess};
use crate::analysis::overlap::pairs::{Meeting, Place};
use crate::finding::Confidence;
use crate::finding::Severity::{Error, Warning};
use crate::model::{ExecutableId, Package};
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0501",
    name: "excel-parallel",
    category: Category::Excel,
    severity: Severities::none().on(Target::Agent, Warning).on(Target::Ssisdb, Warning).on(Target::AzureSsis, Error).on(Target::Fabric, Warning),
    set: RuleSet::Default,
    summary: "Excel components that can run at the same time crash the process",
    page: include_str!("../../../rules/excel-parallel.md"),
    check: Check::Package(check),
};

pub(super) const CRASH: &str = "the Excel driver is not safe for that, and the process may die with exit code -1073741819 (0xC0000005)";

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let accesses = excel::of_process(scope.facts, scope.index);
    let Some(overlap) = scope.facts.overlap(scope.index).filter(|_| accesses.len() > 1) else { return };
    // Two child packages are the matter of `excel-child-in-process`.
    for meeting in excel::first_meetings(overlap, &accesses, |left, right| !left.in_child || !right.in_child) {
        sink.report(report(scope, package, &accesses, &meeting));
    }
}

fn report(scope: &Scope<'_, '_>, package: &Package<'_>, accesses: &[ProcessAccess<'_, '_>], meeting: &Meeting) -> Report {
    let (left, right) = (&accesses[meeting.left], &accesses[meeting.right]);
    let name = |id: ExecutableId| package.executable(id).name.value.as_ref();
    let (one, other) = (described(scope, left), described(scope, right));
    let (message, help, confidence) = match meeting.place {
        Place::DataFlow => (
            format!("{one} and {other} use Excel at the same time in the data flow `{}`: {CRASH}", name(left.executable)),
            "put each Excel component into a data flow of its own and join the data flows with a precedence constraint".to_owned(),
            Confidence::High,
        ),
        Place::Container { left: from, right: to, confidence, .. } => (
            format!("{one} and {other} can use Excel at the same time: {CRASH}"),
            format!(
                "join `{}` and `{}` with a precedence constraint, or run one of them in a child package with ExecuteOutOfProcess = True",
                name(from),
                name(to)
            ),
            confidence,
        ),
    };
    // The accesses of the package itself come first: the left one is here.
    Report::new(left.access.object, left.access.span, message)
        .help(help)
        .confidence(confidence)
        .mention(Mention::new(right.access.object, right.access.span, meeting.place.describe(package)).in_document(right.document))
        .discriminator(discriminator(scope, right))
}

/// The name of an access, with its package when that is another one.
pub(super) fn described(scope: &Scope<'_, '_>, access: &ProcessAccess<'_, '_>) -> String {
    if access.in_child { format!("`{}` in `{}`", access.access.name, file_name(scope, access.document)) } else { format!("`{}`", access.access.name) }
}

fn discriminator(scope: &Scope<'_, '_>, access: &ProcessAccess<'_, '_>) -> String {
    if access.in_child { format!("{}:{}", file_name(scope, access.document), access.access.object) } else { access.access.object.to_owned() }
}

pub(super) fn file_name<'s>(scope: &Scope<'s, '_>, document: usize) -> &'s str {
    scope.project.documents.get(document).map_or("", |document| document.file.name())
}
