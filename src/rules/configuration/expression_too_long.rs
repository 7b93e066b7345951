//! `expression-too-long`: a text that old runtimes cannot hold.

use crate::finding::Confidence;
use crate::finding::Severity::Info;
use crate::model::{Generation, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0419",
    name: "expression-too-long",
    category: Category::Configuration,
    severity: Severities::none().on(Target::Agent, Info),
    set: RuleSet::Pedantic,
    summary: "an expression is longer than SQL Server 2008 takes",
    page: include_str!("../../../rules/expression-too-long.md"),
    check: Check::Package(check),
};

/// What an expression may hold, and its result, before SQL Server 2012.
const LIMIT: usize = 4000;

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    if package.generation != Generation::Element {
        return;
    }
    let Some((references, values)) = scope.facts.references(scope.index).zip(scope.facts.values(scope.index)) else { return };
    for expression in references.expressions.iter().filter(|expression| expression.enabled) {
        let text = expression.text.as_str();
        // No constant makes a short text long but one: a repetition.
        let result = || values.text(text, expression.from).is_some_and(|result| result.chars().count() > LIMIT);
        if text.chars().count() > LIMIT || (text.contains("REPLICATE") && result()) {
            let message = format!(
                "the expression or its result has more than {LIMIT} characters: SQL Server 2008 R2 and before do not evaluate it (0xC00470FF, 0xC0047100)"
            );
            let report = Report::new(expression.object, expression.text.span, message).property(expression.property).confidence(Confidence::Medium);
            sink.report(report.help("build the text in parts, in several variables, or upgrade"));
        }
    }
}
