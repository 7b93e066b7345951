//! `expression-syntax`: an expression that SSIS cannot read.

use crate::analysis::references::{ExpressionKind, ExpressionUse, References};
use crate::finding::Confidence;
use crate::finding::Severity::{Error, Warning};
use crate::lang::expression::ExprError;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0409",
    name: "expression-syntax",
    category: Category::Configuration,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "an expression does not parse",
    page: include_str!("../../../rules/expression-syntax.md"),
    check: Check::Document(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    let Some(references) = scope.facts.references(scope.index) else { return };
    for expression in references.expressions.iter().filter(|expression| expression.enabled) {
        if let Err(error) = expression.kind.parse(&expression.text.value) {
            sink.report(report(references, expression, &error));
        }
    }
}

fn report(references: &References<'_, '_>, expression: &ExpressionUse<'_, '_>, error: &ExprError) -> Report {
    let code = error.code().map_or_else(|| "0xC0017003".to_owned(), |code| format!("0x{code:08X}"));
    let message = format!("the expression does not parse, and what it belongs to fails ({code}): {error}");
    let report = Report::new(expression.object, expression.span_of(error.span), message)
        .property(expression.property)
        .discriminator(expression.text.as_str())
        .help("correct the expression; Evaluate Expression in the designer shows the same error");
    let is_evaluated = expression.kind != ExpressionKind::Variable || references.is_read(expression.object);
    if is_evaluated { report } else { report.severity(RULE.severity.at_most(Warning)).confidence(Confidence::Medium) }
}
