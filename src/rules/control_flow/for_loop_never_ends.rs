//! `for-loop-never-ends`: a For Loop whose condition nothing changes.

use super::task;
use crate::analysis::references::{ExpressionKind, ScopeEnvironment};
use crate::finding::Confidence;
use crate::finding::Severity::Warning;
use crate::lang::expression::{Ast, Data, evaluate, references};
use crate::model::{ExecutableId, Package, Task};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0910",
    name: "for-loop-never-ends",
    category: Category::ControlFlow,
    severity: Severities::new(Warning),
    set: RuleSet::Pedantic,
    summary: "nothing changes what the condition of a For Loop reads",
    page: include_str!("../../../rules/for-loop-never-ends.md"),
    check: Check::Executable(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let executable = package.executable(id);
    let Task::ForLoop(each) = &executable.task else { return };
    let Some(condition) = each.eval.as_ref().filter(|_| package.is_enabled(id) && !task::is_replaced(scope, package, id, "EvalExpression")) else { return };
    let Ok(ast) = ExpressionKind::LoopCondition.parse(condition.as_str()) else { return };
    if let Some(message) = endless(scope, package, id, &ast).filter(|_| !reads_clock(condition.as_str())) {
        let report = Report::new(&*executable.path, condition.span, message).property("EvalExpression").confidence(Confidence::Medium);
        sink.report(report.help("change a variable of the condition in AssignExpression or by a task of the loop"));
    }
}

fn reads_clock(condition: &str) -> bool {
    let upper = condition.to_ascii_uppercase();
    ["GETDATE", "GETUTCDATE", "SYSTEM::"].iter().any(|word| upper.contains(word))
}

fn endless(scope: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, ast: &Ast<'_>) -> Option<String> {
    let found = references(ast).variables;
    if found.is_empty() {
        let names = &scope.facts.references(scope.index)?.names;
        let value = evaluate(ast, &ScopeEnvironment::new(names, id)).ok()?;
        let is_true = matches!(value.value().map(|value| &value.data), Some(Data::Bool(true)));
        return is_true.then(|| "the condition of the loop is always true: the loop never ends".to_owned());
    }
    let fixed = |name: &str| name.starts_with('$') || task::variable(scope, id, name).is_some_and(|variable| !task::may_change(scope, package, variable));
    let first = found.first()?.variable.qualified;
    let all = found.iter().all(|found| fixed(found.variable.qualified));
    all.then(|| format!("nothing changes `{first}`, which the condition of the loop reads: the loop never runs or never ends"))
}
