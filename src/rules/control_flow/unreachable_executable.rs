//! `unreachable-executable`: an executable whose precedence constraints can never be met.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::references::{References, ScopeEnvironment};
use crate::finding::Severity::Warning;
use crate::lang::expression::{Ast, Data, evaluate};
use crate::model::{EvalOp, Executable, ExecutableId, Outcome, Package, PrecedenceConstraint};
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0904",
    name: "unreachable-executable",
    category: Category::ControlFlow,
    severity: Severities::new(Warning),
    set: RuleSet::Default,
    summary: "the precedence constraints of an executable can never be met",
    page: include_str!("../../../rules/unreachable-executable.md"),
    check: Check::Executable(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let container = package.executable(id);
    let Some(references) = scope.facts.references(scope.index).filter(|_| !container.constraints.is_empty() && package.is_enabled(id)) else { return };
    let mut by_end = BTreeMap::<_, Vec<_>>::new();
    for constraint in &container.constraints {
        if let Some(to) = constraint.to.filter(|to| package.is_enabled(*to)) {
            by_end.entry(to).or_default().push(constraint);
        }
    }
    for (to, incoming) in by_end {
        if let Some((why, constraint)) = obstacle(package, references, id, &incoming) {
            sink.report(report(package.executable(to), constraint, &why));
        }
    }
}

fn report(executable: &Executable<'_>, constraint: &PrecedenceConstraint<'_>, why: &str) -> Report {
    Report::new(&*executable.path, executable.span, format!("`{}` never runs, and nothing says so: {why}", executable.name.value))
        .mention(Mention::new(&*constraint.path, constraint.span, "can never be met"))
        .help("change the constraint, or join the constraints with OR")
}

/// Why the constraints that lead to one executable cannot be met.
fn obstacle<'c, 'a>(
    package: &Package<'a>,
    references: &References<'_, 'a>,
    container: ExecutableId,
    incoming: &[&'c PrecedenceConstraint<'a>],
) -> Option<(String, &'c PrecedenceConstraint<'a>)> {
    let all_needed = incoming.len() == 1 || incoming.iter().all(|constraint| constraint.logical_and);
    let mut never = incoming.iter().filter_map(|constraint| Some((never_met(package, references, container, constraint)?, *constraint)));
    if all_needed {
        return never.next().or_else(|| contradiction(package, incoming));
    }
    let never: Vec<_> = never.collect();
    if never.len() == incoming.len() { never.into_iter().next() } else { None }
}

/// Why one constraint cannot be met: a disabled task counts as a success, and an expression that is always false stops everything.
fn never_met(package: &Package<'_>, references: &References<'_, '_>, container: ExecutableId, constraint: &PrecedenceConstraint<'_>) -> Option<String> {
    let asks_outcome = matches!(constraint.eval_op, EvalOp::Constraint | EvalOp::ExpressionAndConstraint);
    let asks_expression = matches!(constraint.eval_op, EvalOp::Expression | EvalOp::ExpressionAndConstraint);
    if asks_outcome && constraint.value == Outcome::Failure {
        let from = package.executable(constraint.from?);
        if from.disabled() && from.expression("Disable").is_none() {
            return Some(format!("it waits for the failure of `{}`, which is disabled and counts as successful", from.name.value));
        }
    }
    let expression = constraint.expression.as_ref().filter(|_| asks_expression)?;
    let ast = Ast::parse(&expression.value).ok()?;
    let value = evaluate(&ast, &ScopeEnvironment::new(&references.names, container)).ok()?;
    let is_false = matches!(value.value().map(|value| &value.data), Some(Data::Bool(false)));
    is_false.then(|| "the expression of its precedence constraint is always false".to_owned())
}

/// Success and failure of the same predecessor, both needed.
fn contradiction<'c, 'a>(package: &Package<'a>, incoming: &[&'c PrecedenceConstraint<'a>]) -> Option<(String, &'c PrecedenceConstraint<'a>)> {
    let needed = |outcome: Outcome| {
        let of_outcome = incoming.iter().filter(move |constraint| constraint.value == outcome);
        of_outcome.filter(|constraint| matches!(constraint.eval_op, EvalOp::Constraint | EvalOp::ExpressionAndConstraint)).copied()
    };
    let successes: BTreeSet<_> = needed(Outcome::Success).filter_map(|success| success.from).collect();
    let failure = needed(Outcome::Failure).find(|failure| failure.from.is_some_and(|from| successes.contains(&from)))?;
    Some((format!("it needs both success and failure of `{}`", package.executable(failure.from?).name.value), failure))
}
