//! `odata-tls`: a feed that may ask for TLS 1.2.

use crate::finding::Confidence;
use crate::finding::Severity::Info;
use crate::model::ConnectionManager;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0315",
    name: "odata-tls",
    category: Category::Path,
    severity: Severities::none().on(Target::AzureSsis, Info),
    set: RuleSet::Pedantic,
    summary: "an OData feed may refuse the TLS version of the integration runtime",
    page: include_str!("../../../rules/odata-tls.md"),
    check: Check::Connection(check),
};

fn check(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    let Some(text) = manager.connection_string().filter(|text| manager.is("ODATA") && text.value.to_ascii_lowercase().contains("https://")) else { return };
    if scope.facts.connections().is_used(manager) {
        let message = "the feed may ask for TLS 1.2, which the integration runtime does not offer by itself: then the connection fails (0xC020801F)";
        let report = Report::new(&*manager.path, text.span, message).property("ConnectionString").confidence(Confidence::Low);
        sink.report(report.help("set SystemDefaultTlsVersions and SchUseStrongCrypto for .NET by a custom setup"));
    }
}
