//! `precedence-cycle`: precedence constraints that wait for each other, or that lead nowhere.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::Severity::{Error, Warning};
use crate::model::{Executable, ExecutableId, Package};
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
    let left = prune(&edges);
    let Some((_, to)) = left.iter().next() else { return };
    let members: BTreeSet<ExecutableId> = left.iter().flat_map(|(from, to)| [*from, *to]).collect();
    let names: Vec<_> = members.iter().take(5).map(|id| format!("`{}`", package.executable(*id).name.value)).collect();
    let more = if members.len() > names.len() { format!(" and {} more", members.len() - names.len()) } else { String::new() };
    let Some(constraint) =
        container.constraints.iter().find(|constraint| constraint.to == Some(*to) && constraint.from.is_some_and(|from| members.contains(&from)))
    else {
        return;
    };
    let message = format!("precedence constraints form a circle of {}{more}: none of them ever starts (0xC0014021)", names.join(", "));
    sink.report(Report::new(&*constraint.path, constraint.span, message).help("remove one of the constraints of the circle"));
}

/// Takes away, again and again, what nothing precedes and what precedes nothing; what is left are the circles and the ways between them.
fn prune(edges: &BTreeSet<(ExecutableId, ExecutableId)>) -> BTreeSet<(ExecutableId, ExecutableId)> {
    let forwards = peel(edges.iter().copied());
    peel(forwards.into_iter().map(|(from, to)| (to, from))).into_iter().map(|(to, from)| (from, to)).collect()
}

/// The edges that cannot be reached by starting where nothing comes in.
fn peel(edges: impl Iterator<Item = (ExecutableId, ExecutableId)>) -> BTreeSet<(ExecutableId, ExecutableId)> {
    let mut next: BTreeMap<ExecutableId, Vec<ExecutableId>> = BTreeMap::new();
    let mut waiting: BTreeMap<ExecutableId, usize> = BTreeMap::new();
    for (from, to) in edges {
        next.entry(from).or_default().push(to);
        waiting.entry(from).or_default();
        *waiting.entry(to).or_default() += 1;
    }
    let mut ready: Vec<_> = waiting.iter().filter(|(_, count)| **count == 0).map(|(id, _)| *id).collect();
    while let Some(id) = ready.pop() {
        for to in next.remove(&id).unwrap_or_default() {
            if let Some(count) = waiting.get_mut(&to) {
                *count -= 1;
                if *count == 0 {
                    ready.push(to);
                }
            }
        }
    }
    next.into_iter().flat_map(|(from, ends)| ends.into_iter().map(move |to| (from, to))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_circles_are_left() {
        let edge = |from, to| (ExecutableId(from), ExecutableId(to));
        let edges = BTreeSet::from([edge(1, 2), edge(2, 3), edge(3, 2), edge(3, 4), edge(5, 5)]);
        assert_eq!(prune(&edges), BTreeSet::from([edge(2, 3), edge(3, 2), edge(5, 5)]));
        assert!(prune(&BTreeSet::from([edge(1, 2), edge(1, 3), edge(2, 3)])).is_empty());
    }
}
