//! `variable-expression-off`: a variable has an expression that is not evaluated.

use crate::finding::Severity::{Info, Warning};
use crate::model::{Package, Variable};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0407",
    name: "variable-expression-off",
    category: Category::Configuration,
    severity: Severities::new(Warning),
    set: RuleSet::Default,
    summary: "the expression of a variable is switched off, so the saved value is used",
    page: include_str!("../../../rules/variable-expression-off.md"),
    check: Check::Variable(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, variable: &Variable<'_>, sink: &mut Sink<'_>) {
    let Some(expression) = variable.expression.as_ref().filter(|_| !variable.evaluate_as_expression && package.is_enabled(variable.scope)) else { return };
    let mentions: Vec<_> = scope.facts.references(scope.index).into_iter().flat_map(|found| &found.entries).filter(|entry| entry.enabled).collect();
    let mut own = mentions.into_iter().filter(|entry| {
        matches!(entry.resolution, crate::analysis::references::Resolution::Variable(found) if found.path == variable.path && found.span == variable.span)
    });
    // Who gives it a value elsewhere has switched the expression off on purpose.
    let (mut read, mut written) = (false, false);
    own.by_ref().for_each(|entry| {
        read |= entry.access.reads();
        written |= entry.access.writes();
    });
    let severity = if read && !written { RULE.severity } else { RULE.severity.at_most(Info) };
    let name = variable.qualified_name();
    let message = format!("`{name}` has an expression, but EvaluateAsExpression is False: the value saved at design time is used instead");
    sink.report(
        Report::new(&variable.path, expression.span, message)
            .property("EvaluateAsExpression")
            .severity(severity)
            .help("set EvaluateAsExpression to True, or remove the expression"),
    );
}
