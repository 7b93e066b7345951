//! `provider-32bit-only`: a provider that 64-bit processes do not have.

use crate::finding::Severity::Error;
use crate::lang::connection_string::{ConnectionString, Dialect};
use crate::model::ConnectionManager;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

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

const ONLY_32_BIT: [(&str, &str); 3] = [
    ("Microsoft.Jet.OLEDB", "Microsoft.ACE.OLEDB.16.0, installed with the bitness of the run"),
    ("MSDAORA", "Oracle's own provider (OraOLEDB.Oracle)"),
    ("VFPOLEDB", "a file format that a 64-bit provider reads, as text or SQL Server"),
];

fn check(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    let Some(dialect) = Dialect::of(manager.creation_name.as_str()) else { return };
    let Some(value) = scope.facts.connection_string(scope.index, manager).filter(|value| value.replaced().is_none()) else { return };
    let text = value.text();
    let string = ConnectionString::parse(&text, dialect);
    let allowed = &scope.options.provider_32bit_only.allowed_providers;
    let Some(provider) = string.provider().filter(|provider| !allowed.matches(provider)) else { return };
    let known = ONLY_32_BIT.iter().find(|(name, _)| provider.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)));
    let Some((_, instead)) = known else { return };
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
