//! `managed-identity-ignored`: a managed identity where there is none.

use crate::finding::Severity::Info;
use crate::model::ConnectionManager;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0215",
    name: "managed-identity-ignored",
    category: Category::Connection,
    severity: Severities::none().on(Target::Agent, Info).on(Target::Ssisdb, Info),
    set: RuleSet::Pedantic,
    summary: "ConnectUsingManagedIdentity has no effect on premises",
    page: include_str!("../../../rules/managed-identity-ignored.md"),
    check: Check::Connection(check),
};

fn check(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    if !super::uses_managed_identity(manager) || manager.expression(super::MANAGED_IDENTITY).is_some() || !scope.facts.connections().is_used(manager) {
        return;
    }
    let message = "ConnectUsingManagedIdentity works on the Azure-SSIS integration runtime only: here the connection logs in as its connection string says";
    sink.report(
        Report::new(&*manager.path, manager.span, message)
            .property(super::MANAGED_IDENTITY)
            .help("if the package runs in both places, make sure that the string's own login works here, or set the property by a parameter"),
    );
}
