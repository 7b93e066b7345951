//! `configuration-in-project-model`: package configurations in a project that has parameters.

use crate::finding::Severity::Warning;
use crate::model::{DeploymentModel, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0415",
    name: "configuration-in-project-model",
    category: Category::Configuration,
    severity: Severities::none().on(Target::Ssisdb, Warning).on(Target::AzureSsis, Warning),
    set: RuleSet::Default,
    summary: "a package of the project deployment model still has configurations",
    page: include_str!("../../../rules/configuration-in-project-model.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let Some(first) = package.configurations.first().filter(|_| package.configurations_enabled()) else { return };
    if scope.project.deployment_model() == Some(DeploymentModel::Project) && scope.project.listed(scope.document.file.name()).is_some() {
        let count = package.configurations.len();
        let what = if count == 1 { "a package configuration is".to_owned() } else { format!("{count} package configurations are") };
        let message = format!(
            "{what} left in a package of the project deployment model: the catalog sets parameters, and these are either ignored, or read what the server does not have (0x80012059), or overrule it"
        );
        let help = "turn them into parameters with the Project Conversion Wizard, or switch EnableConfigurations off";
        sink.report(Report::new("Package", first.span, message).property("EnableConfigurations").help(help));
    }
}
