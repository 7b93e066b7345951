//! `constraint-expression-ignored`: an expression that its constraint does not look at.

use crate::finding::Severity::Info;
use crate::model::{EvalOp, ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0421",
    name: "constraint-expression-ignored",
    category: Category::Configuration,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "a precedence constraint has an expression that its evaluation leaves out",
    page: include_str!("../../../rules/constraint-expression-ignored.md"),
    check: Check::Executable(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let container = package.executable(id);
    for constraint in container.constraints.iter().filter(|constraint| constraint.eval_op == EvalOp::Constraint && package.is_enabled(id)) {
        let Some(expression) = constraint.expression.as_ref().filter(|expression| !is_always_true(expression.as_str())) else { continue };
        let message = "the expression of the constraint is not looked at: only the outcome decides (EvalOp is Constraint)";
        let help = "set the evaluation operation to Expression and Constraint, or remove the expression";
        sink.report(Report::new(&*constraint.path, expression.span, message).property("Expression").help(help));
    }
}

fn is_always_true(expression: &str) -> bool {
    let text = expression.trim();
    text.is_empty() || text == "1" || text == "1 == 1" || text == "1==1" || text.eq_ignore_ascii_case("true")
}
