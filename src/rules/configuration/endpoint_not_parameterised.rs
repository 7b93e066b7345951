//! `endpoint-not-parameterised`: a server or path that is the same everywhere.

use crate::finding::Severity::Info;
use crate::model::{ConnectionManager, DeploymentModel};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0418",
    name: "endpoint-not-parameterised",
    category: Category::Configuration,
    severity: Severities::none().on(Target::Ssisdb, Info).on(Target::AzureSsis, Info).on(Target::Fabric, Info),
    set: RuleSet::Pedantic,
    summary: "a connection has a literal server or path",
    page: include_str!("../../../rules/endpoint-not-parameterised.md"),
    check: Check::Connection(check),
};

fn check(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    if scope.project.deployment_model() != Some(DeploymentModel::Project) {
        return;
    }
    let Some(endpoint) = scope.known_endpoint(scope.index, manager) else { return };
    let Some(place) = endpoint.server().or_else(|| endpoint.files(manager).into_iter().next()) else { return };
    if !place.is_empty() && scope.facts.connections().is_used(manager) {
        let message = format!("`{place}` is the same in every environment, unless somebody sets the property of the connection in the catalog");
        sink.report(Report::new(&*manager.path, endpoint.span, message).property(endpoint.property).help("bind it to a parameter of the project"));
    }
}
