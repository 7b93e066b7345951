//! `variable-expression-readonly-write`: a variable that cannot keep a value gets one.

use crate::analysis::references::{Access, Place, Reference, Resolution};
use crate::finding::Confidence;
use crate::finding::Severity::{Error, Warning};
use crate::model::{Package, Variable};
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0408",
    name: "variable-expression-readonly-write",
    category: Category::Configuration,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "something writes a variable that is read-only or gets its value from an expression",
    page: include_str!("../../../rules/variable-expression-readonly-write.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, _: &Package<'_>, sink: &mut Sink<'_>) {
    let Some(references) = scope.facts.references(scope.index) else { return };
    // What a configuration writes is the value from design time.
    let writes = references.entries.iter().filter(|entry| entry.enabled && entry.access.writes() && entry.place != Place::Configuration);
    for entry in writes {
        let Resolution::Variable(variable) = entry.resolution else { continue };
        let has_expression = variable.evaluate_as_expression && variable.expression.is_some();
        // The mapping of a Foreach Loop to a read-only variable has a rule of its own.
        if has_expression || (variable.read_only && entry.place != Place::LoopMapping) {
            sink.report(report(entry, variable, has_expression));
        }
    }
}

/// An assignment is documented to fail. What other writers do to a variable with an expression goes unheard: the next read evaluates the expression again.
fn report(entry: &Reference<'_, '_>, variable: &Variable<'_>, has_expression: bool) -> Report {
    let name = variable.qualified_name();
    let is_assignment = matches!(entry.place, Place::Expression(_));
    let consequence = match (is_assignment, has_expression) {
        (true, _) => "the assignment fails (0xC001F187)",
        (false, true) => "whatever is written is lost, since the next read evaluates the expression again",
        (false, false) => "the write fails (0xC0010003)",
    };
    let may = if entry.access == Access::ReadWrite { "may be written" } else { "is written" };
    let why = if has_expression { "is evaluated as an expression" } else { "is read-only" };
    let report = Report::new(entry.object, entry.span, format!("`{name}` {may} here, but it {why}: {consequence}"))
        .property(entry.property)
        .mention(Mention::new(&variable.path, variable.span, why))
        .discriminator(name)
        .help("write another variable, or make this one writable: EvaluateAsExpression and ReadOnly both False");
    if is_assignment { report } else { report.severity(RULE.severity.at_most(Warning)).confidence(Confidence::Medium) }
}
