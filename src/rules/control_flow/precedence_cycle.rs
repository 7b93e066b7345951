//! `precedence-cycle`: precedence constraints that wait for each other, or that lead nowhere.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::circles;
use crate::finding::Severity::{Error, Warning};
use crate::model::{Executable, ExecutableId, Package};
use crate::rules::words::listed_up_to;
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0903",
    name: "precedence-cycle",
    category: Category::ControlFlow,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "precedence constraints form a circle, or an end of one is not in the container",
    page: include_str!("../../../rules/precedence-cycle.md"),
    check: Check::Executable(check),
};

/// Names in a message.
const SHOWN: usize = 5;

fn check(_: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let container = package.executable(id);
    if container.constraints.is_empty() || !package.is_enabled(id) {
        return;
    }
    report_ends(container, sink);
    report_duplicates(container, sink);
    report_circle(package, container, sink);
}

fn report_ends(container: &Executable<'_>, sink: &mut Sink<'_>) {
    for constraint in container.constraints.iter().filter(|constraint| constraint.from.is_none() || constraint.to.is_none()) {
        let end = if constraint.from.is_none() { "starts" } else { "ends" };
        let message =
            format!("the precedence constraint {end} at an executable that is not in its container: the package does not load (0xC0014016, 0xC0014017)");
        sink.report(Report::new(&*constraint.path, constraint.span, message).help("remove the constraint and draw it again"));
    }
}

fn report_duplicates(container: &Executable<'_>, sink: &mut Sink<'_>) {
    let mut seen = BTreeMap::new();
    for constraint in &container.constraints {
        let (Some(from), Some(to)) = (constraint.from, constraint.to) else { continue };
        let first = seen.insert((from, to), constraint);
        // Two outcomes that are both needed contradict each other, which a rule of its own says.
        if let Some(first) = first.filter(|first| first.value == constraint.value || !(first.logical_and && constraint.logical_and)) {
            let message = "a second precedence constraint joins the same two executables: only one is allowed (0xC0014038)";
            sink.report(
                Report::new(&*constraint.path, constraint.span, message)
                    .severity(RULE.severity.at_most(Warning))
                    .mention(Mention::new(&*first.path, first.span, "is the first one"))
                    .help("remove one of the two"),
            );
        }
    }
}

/// What is left when everything that can start has started waits in a circle, or behind one.
fn report_circle(package: &Package<'_>, container: &Executable<'_>, sink: &mut Sink<'_>) {
    let edges: BTreeSet<(ExecutableId, ExecutableId)> = container.constraints.iter().filter_map(|constraint| constraint.from.zip(constraint.to)).collect();
    let left = circles::of(&edges);
    let Some((_, to)) = left.iter().next() else { return };
    let members: BTreeSet<ExecutableId> = left.iter().flat_map(|(from, to)| [*from, *to]).collect();
    let names: Vec<_> = members.iter().map(|id| package.executable(*id).name.as_str()).collect();
    let Some(constraint) =
        container.constraints.iter().find(|constraint| constraint.to == Some(*to) && constraint.from.is_some_and(|from| members.contains(&from)))
    else {
        return;
    };
    let message = format!("precedence constraints form a circle of {}: none of them ever starts (0xC0014021)", listed_up_to(SHOWN, &names));
    sink.report(Report::new(&*constraint.path, constraint.span, message).help("remove one of the constraints of the circle"));
}
