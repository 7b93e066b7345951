//! `managed-identity-provider`: a provider that cannot use the managed identity.

use crate::finding::Severity::Error;
use crate::model::ConnectionManager;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0214",
    name: "managed-identity-provider",
    category: Category::Connection,
    severity: Severities::none().on(Target::AzureSsis, Error),
    set: RuleSet::Default,
    summary: "a managed identity with an OLE DB provider that knows none",
    page: include_str!("../../../rules/managed-identity-provider.md"),
    check: Check::Connection(check),
};

fn check(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    if !manager.is("OLEDB") || !super::uses_managed_identity(manager) {
        return;
    }
    let Some(text) = scope.facts.connection_text(scope.index, manager, &[super::MANAGED_IDENTITY]) else { return };
    let string = text.read();
    let Some(provider) = string.provider().filter(|_| !string.provider_starts_with("MSOLEDBSQL")) else { return };
    let message =
        format!("ConnectUsingManagedIdentity is on, and the provider `{provider}` cannot log in with a managed identity: the connection fails (0xC0202009)");
    sink.report(
        Report::new(&*manager.path, text.span, message)
            .property("ConnectionString")
            .help("use the provider MSOLEDBSQL, the only one that passes the identity on"),
    );
}
