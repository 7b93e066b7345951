//! `deployment-model-mix`: things of the project deployment model in a project of the other one.

use crate::finding::Severity::Warning;
use crate::model::{DeploymentModel, DocumentKind};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};
use crate::span::Span;

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1210",
    name: "deployment-model-mix",
    category: Category::Project,
    severity: Severities::new(Warning),
    set: RuleSet::Default,
    summary: "a project of the package deployment model has project connections or parameters",
    page: include_str!("../../../rules/deployment-model-mix.md"),
    check: Check::Project(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    let Some((document, _)) = scope.project.file().filter(|(_, file)| !file.is_manifest && file.deployment_model == DeploymentModel::Package) else {
        return;
    };
    let foreign = scope.project.documents.iter().find(|document| match &document.kind {
        DocumentKind::ConnectionManager(_) => true,
        DocumentKind::Parameters(parameters) => !parameters.is_empty(),
        _ => false,
    });
    if let Some(foreign) = foreign {
        let message = format!(
            "`{}` belongs to the project deployment model, and the project is deployed package by package: nothing finds it at run time ({})",
            foreign.file.name(),
            if matches!(foreign.kind, DocumentKind::ConnectionManager(_)) { "0xC001000E" } else { "0xC0010001" }
        );
        let report = Report::new("Project", Span::default(), message).property("DeploymentModel");
        sink.report_in(scope.project, document, report.help("convert the project to the project deployment model, or move the connections into the packages"));
    }
}
