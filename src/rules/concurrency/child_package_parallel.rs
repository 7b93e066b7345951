//! `child-package-parallel`: the same child package twice at the same time.

use std::collections::BTreeMap;

use crate::analysis::overlap::pairs::Meeting;
use crate::finding::Confidence;
use crate::finding::Severity::Info;
use crate::model::{ExecutableId, Package, ParameterAssignment, Task};
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0617",
    name: "child-package-parallel",
    category: Category::Concurrency,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "a child package may run twice at the same time",
    page: include_str!("../../../rules/child-package-parallel.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let mut by_child: BTreeMap<usize, Vec<ExecutableId>> = BTreeMap::new();
    for (child, call) in scope.facts.calls().of_document(scope.index).iter().filter_map(|call| Some((call.child?, call))) {
        by_child.entry(child).or_default().push(call.task);
    }
    for (child, tasks) in by_child.into_iter().filter(|(_, tasks)| tasks.len() > 1) {
        let Some(overlap) = scope.facts.overlap(scope.index) else { return };
        let same = |left: usize, right: usize| values(package, tasks[left]) == values(package, tasks[right]);
        if let Some(meeting) = overlap.first_meeting(&tasks, same) {
            let child = scope.project.documents.get(child).map_or("", |document| document.file.name());
            sink.report(report(package, child, &tasks, &meeting));
        }
    }
}

fn report(package: &Package<'_>, child: &str, tasks: &[ExecutableId], meeting: &Meeting) -> Report {
    let (left, right) = (package.executable(tasks[meeting.left]), package.executable(tasks[meeting.right]));
    let message = format!(
        "`{}` and `{}` may run `{child}` at the same time, with the same parameters: the two runs get in each other's way in whatever tables and files it writes",
        left.name.as_str(),
        right.name.as_str()
    );
    Report::new(&*right.path, right.span, message)
        .confidence(Confidence::Medium)
        .help(format!("join `{}` and `{}` with a precedence constraint, or drop one of them", left.name.as_str(), right.name.as_str()))
        .mention(Mention::new(&*left.path, left.span, meeting.place.describe(package)))
        .discriminator(child)
}

/// What a task hands to its child: runs with different values are meant to be different.
fn values<'p>(package: &'p Package<'_>, task: ExecutableId) -> Vec<(&'p str, &'p str)> {
    let assignments = match &package.executable(task).task {
        Task::ExecutePackage(settings) => settings.assignments.as_slice(),
        _ => &[],
    };
    let value = |assignment: &'p ParameterAssignment<'_>| (assignment.parameter.as_str(), assignment.source.as_str());
    let mut values: Vec<_> = assignments.iter().map(value).collect();
    values.sort_unstable();
    values
}
