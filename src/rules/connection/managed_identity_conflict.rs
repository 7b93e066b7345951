//! `managed-identity-conflict`: a managed identity and an Entra password in one connection.

use crate::finding::Severity::Error;
use crate::lang::connection_string::Authentication;
use crate::model::ConnectionManager;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0210",
    name: "managed-identity-conflict",
    category: Category::Connection,
    severity: Severities::none().on(Target::AzureSsis, Error),
    set: RuleSet::Default,
    summary: "a managed identity is asked for together with an Entra password",
    page: include_str!("../../../rules/managed-identity-conflict.md"),
    check: Check::Connection(check),
};

fn check(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    if !super::uses_managed_identity(manager) {
        return;
    }
    let Some(text) = scope.facts.connection_text(scope.index, manager, &[super::MANAGED_IDENTITY]) else { return };
    if text.read().authentication() != Authentication::EntraPassword {
        return;
    }
    let message = "ConnectUsingManagedIdentity is on and the string has Authentication=ActiveDirectoryPassword: neither the identity nor the user is sent, and the \
                   login fails for `NT AUTHORITY\\ANONYMOUS LOGON`";
    sink.report(
        Report::new(&*manager.path, text.span, message)
            .property("ConnectionString")
            .help("choose SQL Server authentication in the string, which the managed identity then replaces, or switch ConnectUsingManagedIdentity off"),
    );
}
