//! `expression-type`: an expression whose types do not go together, or a condition that is no Boolean.

use crate::analysis::references::{ExpressionKind, ExpressionUse, References, ScopeEnvironment};
use crate::finding::Confidence;
use crate::finding::Severity::Warning;
use crate::lang::expression::{DataType, check as check_types};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};
use crate::span::Span;

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0410",
    name: "expression-type",
    category: Category::Configuration,
    severity: Severities::new(Warning),
    set: RuleSet::Default,
    summary: "the types in an expression do not go together",
    page: include_str!("../../../rules/expression-type.md"),
    check: Check::Document(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    let Some(references) = scope.facts.references(scope.index) else { return };
    for expression in references.expressions.iter().filter(|expression| expression.enabled) {
        if let Some((span, fault)) = fault(references, expression) {
            sink.report(
                Report::new(expression.object, expression.span_of(span), fault)
                    .property(expression.property)
                    .confidence(Confidence::Medium)
                    .discriminator(expression.text.as_str())
                    .help("cast one of the operands, or change the type of the variable"),
            );
        }
    }
}

fn fault(references: &References<'_, '_>, expression: &ExpressionUse<'_, '_>) -> Option<(Span, String)> {
    // What does not parse is said by another rule.
    let ast = expression.kind.parse(&expression.text.value).ok()?;
    match check_types(&ast, &ScopeEnvironment::new(&references.names, expression.from)) {
        Err(error) => {
            let code = error.code().map(|code| format!(" (0x{code:08X})")).unwrap_or_default();
            Some((error.span, format!("the expression is refused when the package is validated{code}: {error}")))
        }
        Ok(Some(data_type)) if data_type != DataType::Bool && is_condition(expression.kind) => {
            let whole = Span::new(0, u32::try_from(expression.text.value.len()).ok()?);
            let code = if expression.kind == ExpressionKind::Split { "0xC020700B" } else { "0xC0017006" };
            Some((whole, format!("the condition gives {data_type}, not a Boolean: it cannot decide anything ({code})")))
        }
        Ok(_) => None,
    }
}

const fn is_condition(kind: ExpressionKind) -> bool {
    matches!(kind, ExpressionKind::Constraint | ExpressionKind::LoopCondition | ExpressionKind::Split)
}
