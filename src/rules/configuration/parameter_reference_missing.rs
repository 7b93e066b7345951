//! `parameter-reference-missing`: something names a parameter that does not exist.

use crate::analysis::references::{ExpressionKind, Place, Reference, Resolution};
use crate::finding::Severity::Error;
use crate::model::DeploymentModel;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0404",
    name: "parameter-reference-missing",
    category: Category::Configuration,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "an expression, binding or setting names a parameter that does not exist",
    page: include_str!("../../../rules/parameter-reference-missing.md"),
    check: Check::Document(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    let Some(references) = scope.facts.references(scope.index) else { return };
    for reference in references.entries.iter().filter(|reference| reference.enabled && reference.is_parameter()) {
        if let Some(fault) = fault(scope, reference) {
            sink.report(
                Report::new(reference.object, reference.span, format!("{fault}: the lookup fails when the package is validated ({})", codes(reference)))
                    .property(reference.property)
                    .discriminator(&*reference.name)
                    .help("add the parameter, or name one that exists"),
            );
        }
    }
}

/// The expression of a variable and that of a property fail with codes of their own.
const fn codes(reference: &Reference<'_, '_>) -> &'static str {
    match reference.place {
        Place::Expression(ExpressionKind::Variable) => "0xC0010001, 0xC0019004",
        Place::Expression(ExpressionKind::Property) => "0xC0010001, 0xC0017003",
        _ => "0xC0010001",
    }
}

fn fault(scope: &Scope<'_, '_>, reference: &Reference<'_, '_>) -> Option<String> {
    let name = &reference.name;
    let is_project = name.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("$Project"));
    match &reference.resolution {
        Resolution::CaseDiffers(similar) => Some(format!("there is no parameter `{name}`, but `{similar}`, and letter case counts")),
        Resolution::Missing if is_project && scope.project.deployment_model() == Some(DeploymentModel::Package) => {
            Some(format!("`{name}` is a project parameter, and the project is deployed package by package, where there are none"))
        }
        Resolution::Missing if is_project => Some(format!("the project has no parameter `{name}`")),
        Resolution::Missing => Some(format!("the package has no parameter `{name}`")),
        _ => None,
    }
}
