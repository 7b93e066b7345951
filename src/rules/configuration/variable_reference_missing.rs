//! `variable-reference-missing`: something names a variable that it cannot see.

use crate::analysis::references::{ExpressionKind, Place, Reference, References, Resolution};
use crate::finding::Confidence;
use crate::finding::Severity::{Error, Warning};
use crate::model::Package;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0403",
    name: "variable-reference-missing",
    category: Category::Configuration,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "an expression, binding or setting names a variable that is not visible there",
    page: include_str!("../../../rules/variable-reference-missing.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let Some(references) = scope.facts.references(scope.index) else { return };
    for reference in references.entries.iter().filter(|reference| reference.enabled && !reference.is_parameter()) {
        if let Some(fault) = fault(scope, references, package, reference) {
            sink.report(report(references, reference, &fault));
        }
    }
}

/// What is wrong with a reference, in words.
fn fault(scope: &Scope<'_, '_>, references: &References<'_, '_>, package: &Package<'_>, reference: &Reference<'_, '_>) -> Option<String> {
    // A script without namespaces may be after the variables of whoever calls the package.
    if reference.place == Place::ScriptList && !reference.is_qualified() {
        return None;
    }
    let name = &reference.name;
    match &reference.resolution {
        Resolution::CaseDiffers(similar) => Some(format!("there is no variable `{name}`, but `{similar}`, and letter case counts")),
        Resolution::Ambiguous => Some(format!("`{name}` is visible in more than one namespace")),
        Resolution::Missing if !comes_from_caller(scope, reference) => Some(match references.names.anywhere(name) {
            Some(other) => format!("there is no variable `{name}` here; `{}` belongs to `{}`", other.qualified_name(), package.executable(other.scope).path),
            None => format!("there is no variable `{name}`"),
        }),
        _ => None,
    }
}

/// A child package that runs in the caller's process sees the caller's variables.
fn comes_from_caller(scope: &Scope<'_, '_>, reference: &Reference<'_, '_>) -> bool {
    let called = scope.facts.calls().of_child(scope.index).next().is_some();
    called || (reference.place == Place::ScriptList && scope.project.file().is_none())
}

fn report(references: &References<'_, '_>, reference: &Reference<'_, '_>, fault: &str) -> Report {
    let message = format!("{fault}: {}", consequence(reference));
    let report = Report::new(reference.object, reference.span, message)
        .property(reference.property)
        .discriminator(&*reference.name)
        .help("correct the name, write it as `Namespace::Name`, or add the variable to the package or the container");
    let is_evaluated = reference.place != Place::Expression(ExpressionKind::Variable) || references.is_read(reference.object);
    let unsure = matches!(reference.resolution, Resolution::Ambiguous) || !is_evaluated;
    if unsure { report.severity(RULE.severity.at_most(Warning)).confidence(Confidence::Medium) } else { report }
}

const fn consequence(reference: &Reference<'_, '_>) -> &'static str {
    match reference.place {
        Place::Expression(ExpressionKind::Column | ExpressionKind::Split) => "the data flow does not validate (0xC00470A6)",
        Place::Expression(_) => "the expression fails (0xC00470A6, 0xC0017003)",
        Place::ScriptList => "the script fails when it locks its variables (0xC0014054)",
        _ => "the variable is looked up when the package runs, and that fails (0xC0010001)",
    }
}
