//! `provider-32bit-only`: a provider that 64-bit processes do not have.

use crate::finding::Severity::Error;
use crate::lang::connection_string::{ConnectionString, Dialect};
use crate::model::ConnectionManager;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};
use crate::support::{self, ProviderKind};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0202",
    name: "provider-32bit-only",
    category: Category::Connection,
    severity: Severities::none()
        .on(Target::Agent, Error)
        .on(Target::Ssisdb, Error)
        .on(Target::AzureSsis, Error)
        .on(Target::Fabric, Error)
        .on(Target::Sql2025, Error),
    set: RuleSet::Default,
    summary: "a provider exists for 32-bit processes only",
    page: include_str!("../../../rules/provider-32bit-only.md"),
    check: Check::Connection(check),
};

fn check(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    let Some(dialect) = Dialect::of(manager.creation_name.as_str()) else { return };
    let Some(value) = scope.facts.connection_string(scope.index, manager).filter(|value| value.replaced().is_none()) else { return };
    let text = value.text();
    let string = ConnectionString::parse(&text, dialect);
    let allowed = &scope.options.provider_32bit_only.allowed_providers;
    let Some(provider) = string.provider().filter(|provider| !allowed.matches(provider)) else { return };
    let Some(instead) = support::provider(ProviderKind::OleDb, provider).and_then(|known| known.instead_of_32_bit.as_deref()) else { return };
    if !scope.facts.connections().is_used(manager) {
        return;
    }
    let message = format!(
        "the provider `{provider}` has no 64-bit edition: a 64-bit run, the default on every server, fails with 0xC0209303 / 0x80040154 \"not registered\""
    );
    sink.report(
        Report::new(&*manager.path, value.span, message)
            .property("ConnectionString")
            .help(format!("use {instead}; a run in 32-bit mode works too, but SQL Server 2025 deprecates it")),
    );
}
