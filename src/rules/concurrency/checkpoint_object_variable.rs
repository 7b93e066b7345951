//! `checkpoint-object-variable`: a restart finds an Object variable empty.

use crate::analysis::checkpoints::{self, CheckpointUsage};
use crate::analysis::overlap::{Overlap, Reason, Relation};
use crate::finding::Severity::Info;
use crate::model::{ExecutableId, Package, Variable};
use crate::rules::{Category, Check, Mention, OBJECT, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0612",
    name: "checkpoint-object-variable",
    category: Category::Concurrency,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "an Object variable is filled before a restart point and read behind it",
    page: include_str!("../../../rules/checkpoint-object-variable.md"),
    check: Check::Package(check),
};

/// How many restart points are looked at; each is compared with every user of every Object variable.
const MAX_POINTS: usize = 64;

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let restarts = checkpoints::of_package(scope.project, package).is_some_and(|checkpoints| checkpoints.usage != CheckpointUsage::Never);
    let Some(overlap) = scope.facts.overlap(scope.index).filter(|_| restarts) else { return };
    let points = package.executables().filter(|(id, executable)| package.is_enabled(*id) && checkpoints::is_restart_point(executable));
    let points: Vec<ExecutableId> = points.map(|(id, _)| id).take(MAX_POINTS).collect();
    for variable in package.variables().filter(|variable| variable.data_type == Some(OBJECT)) {
        check_variable(scope, package, overlap, &points, variable, sink);
    }
}

fn check_variable(
    scope: &Scope<'_, '_>,
    package: &Package<'_>,
    overlap: &Overlap<'_, '_>,
    points: &[ExecutableId],
    variable: &Variable<'_>,
    sink: &mut Sink<'_>,
) {
    let Some(references) = scope.facts.references(scope.index) else { return };
    let uses = || references.of_variable(variable).filter(|reference| reference.enabled);
    let found = points.iter().find_map(|point| {
        let writer = uses().find(|reference| reference.access.writes() && overlap.ends_before(reference.from, *point))?;
        let reader = uses().find(|reference| reference.access.reads() && runs_again(package, overlap, *point, reference.from))?;
        Some((*point, writer.from, reader.from))
    });
    let Some((point, writer, reader)) = found else { return };
    let name = |id: ExecutableId| package.executable(id).name.as_str();
    let message = format!(
        "`{}` fills this Object variable and `{}` reads it, but checkpoints do not save objects: after a restart at `{}` it is empty",
        name(writer),
        name(reader),
        name(point)
    );
    let mention = |id: ExecutableId, text: &str| Mention::new(&*package.executable(id).path, package.executable(id).span, text);
    sink.report(
        Report::new(&*variable.path, variable.span, message)
            .help("put what fills it and what reads it into one Sequence container with TransactionOption = Required, or fill it again where it is read")
            .mention(mention(writer, "fills it, and is not run again"))
            .mention(mention(point, "is a restart point: FailPackageOnFailure is True")),
    );
}

/// Whether a restart at a point runs the executable: it is the point, is in it, holds it or comes after it.
fn runs_again(package: &Package<'_>, overlap: &Overlap<'_, '_>, point: ExecutableId, executable: ExecutableId) -> bool {
    let is_container = package.executable(executable).kind.is_container() || package.executable(point).kind.is_container() || point == executable;
    let nested = is_container && overlap.relation(point, executable) == Relation::Never(Reason::Nested);
    nested || overlap.ends_before(point, executable)
}
