//! `or-join-surprise`: a join by OR that does not wait for the longer way.

use crate::finding::Severity::Info;
use crate::model::{EvalOp, ExecutableId, Outcome, Package, PrecedenceConstraint};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};
use std::collections::BTreeMap;

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0906",
    name: "or-join-surprise",
    category: Category::ControlFlow,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "an OR join runs before a predecessor that is on a longer way to it",
    page: include_str!("../../../rules/or-join-surprise.md"),
    check: Check::Executable(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let container = package.executable(id);
    if container.constraints.len() < 3 || !package.is_enabled(id) {
        return;
    }
    let mut incoming = BTreeMap::<ExecutableId, Vec<&PrecedenceConstraint<'_>>>::new();
    for constraint in &container.constraints {
        incoming.entry(constraint.to.unwrap_or_default()).or_default().push(constraint);
    }
    for (to, ends) in &incoming {
        let by_or = ends.len() > 1 && !ends.iter().all(|constraint| constraint.logical_and);
        let Some((early, late)) = Some(ends).filter(|_| by_or && package.is_enabled(*to)).and_then(|ends| shortcut(ends, &incoming)) else { continue };
        let (first, second, last) = (package.executable(early), package.executable(late), package.executable(*to));
        let message = format!(
            "`{}` runs as soon as `{}` has run, without waiting for `{}`, which also comes after it: its constraints are joined by OR",
            last.name.value, first.name.value, second.name.value
        );
        sink.report(Report::new(&*last.path, last.span, message).help("join the constraints with AND, or remove the shorter one"));
    }
}

/// Two predecessors of one executable of which the one also leads to the other.
fn shortcut(ends: &[&PrecedenceConstraint<'_>], incoming: &BTreeMap<ExecutableId, Vec<&PrecedenceConstraint<'_>>>) -> Option<(ExecutableId, ExecutableId)> {
    let plain = |constraint: &&&PrecedenceConstraint<'_>| constraint.eval_op == EvalOp::Constraint && constraint.value != Outcome::Failure;
    let early: Vec<_> = ends.iter().filter(plain).filter_map(|constraint| constraint.from).collect();
    ends.iter().filter_map(|constraint| constraint.from).find_map(|late| {
        let before = incoming.get(&late)?.iter().filter(plain).filter_map(|constraint| constraint.from);
        before.into_iter().find(|from| early.contains(from)).map(|from| (from, late))
    })
}
