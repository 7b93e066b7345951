//! `variable-expression-off`: a variable has an expression that is not evaluated.

use crate::finding::Severity::{Info, Warning};
use crate::model::{ExecutableId, Package, Variable};
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
    if comes_from_part(scope, package, variable) {
        return;
    }
    let mentions = scope.facts.references(scope.index).into_iter().flat_map(|found| found.of_variable(variable)).filter(|entry| entry.enabled);
    let (mut read, mut written) = (false, false);
    for entry in mentions {
        read |= entry.access.reads();
        written |= entry.access.writes();
    }
    // Who gives it a value elsewhere has switched the expression off on purpose.
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

/// The designer copies package parts into the package and marks their connection managers. The values that the package gives to a part's variables are
/// expressions that it saves without `EvaluateAsExpression`: seen in packages, not documented. Which containers are copies is not written.
fn comes_from_part(scope: &Scope<'_, '_>, package: &Package<'_>, variable: &Variable<'_>) -> bool {
    let has_parts = || scope.project.file().is_some_and(|(_, file)| !file.parts.is_empty());
    let is_marked = || package.connections.iter().any(|manager| manager.name.value.starts_with("(PackagePart)"));
    variable.scope != ExecutableId::PACKAGE && (is_marked() || has_parts())
}
