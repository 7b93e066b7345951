//! `for-loop-expression`: a For Loop without a condition, or with something that is no assignment.

use crate::finding::Confidence;
use crate::finding::Severity::{Error, Warning};
use crate::lang::expression::{Ast, NodeKind};
use crate::model::{Executable, ExecutableId, ForLoop, Package, Task};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0902",
    name: "for-loop-expression",
    category: Category::ControlFlow,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "a For Loop has no evaluation expression, or an expression that assigns nothing",
    page: include_str!("../../../rules/for-loop-expression.md"),
    check: Check::Executable(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let executable = package.executable(id);
    let Task::ForLoop(for_loop) = &executable.task else { return };
    if !package.is_enabled(id) {
        return;
    }
    check_condition(executable, for_loop, sink);
    check_assignments(executable, for_loop, sink);
}

fn check_condition(executable: &Executable<'_>, for_loop: &ForLoop<'_>, sink: &mut Sink<'_>) {
    if for_loop.eval.is_none() && executable.expression("EvalExpression").is_none() {
        let message = "the For Loop has no evaluation expression: it fails with 0xC0017007 or 0xC001F185";
        sink.report(
            Report::new(&*executable.path, executable.span, message).property("EvalExpression").help("give the condition under which the loop goes on"),
        );
    }
}

fn check_assignments(executable: &Executable<'_>, for_loop: &ForLoop<'_>, sink: &mut Sink<'_>) {
    for (property, text) in [("InitExpression", &for_loop.init), ("AssignExpression", &for_loop.assign)] {
        let Some(text) = text.as_ref().filter(|_| executable.expression(property).is_none()) else { continue };
        // What does not parse is said by another rule.
        let Ok(ast) = Ast::parse_assignment(&text.value) else { continue };
        if ast.nodes().last().is_some_and(|root| root.kind != NodeKind::Assign) {
            let message = format!("the {property} of the For Loop assigns nothing: it has no effect");
            sink.report(
                Report::new(&*executable.path, text.span, message)
                    .property(property)
                    .severity(RULE.severity.at_most(Warning))
                    .confidence(Confidence::Medium)
                    .help("write an assignment, as `@Counter = @Counter + 1`"),
            );
        }
    }
}
