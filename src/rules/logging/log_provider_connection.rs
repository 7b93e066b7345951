//! `log-provider-connection`: a log provider that has nowhere to write.

use super::providers;
use crate::analysis::connections::{Resolution, User};
use crate::analysis::overrides;
use crate::finding::Severity::Error;
use crate::model::{LogProvider, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};
use crate::span::Span;

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1301",
    name: "log-provider-connection",
    category: Category::Logging,
    severity: Severities::none().on(Target::Agent, Error),
    set: RuleSet::Default,
    summary: "a log provider has no connection, or one of the wrong type",
    page: include_str!("../../../rules/log-provider-connection.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    for provider in providers::selected(package) {
        let Some(wanted) = wanted(&provider.kind).filter(|_| !is_replaced(scope, package, provider)) else { continue };
        let Some(config) = &provider.config_string else {
            let message = format!("the log provider has no connection, and needs one of type {wanted}: it fails (0xC002410A)");
            sink.report(report(provider, provider.span, message));
            continue;
        };
        if let Some(found) = other_type(scope, provider, wanted) {
            let message =
                format!("the log provider writes through a connection of type {wanted}, and `{}` is of type {found}: it fails (0xC002410A)", config.value);
            sink.report(report(provider, config.span, message));
        }
    }
}

fn report(provider: &LogProvider<'_>, span: Span, message: String) -> Report {
    Report::new(&*provider.path, span, message).property("ConfigString").help("select a connection manager of that type for the provider")
}

/// The type of connection manager that a provider writes through.
fn wanted(kind: &str) -> Option<&'static str> {
    match kind.rsplit('.').next() {
        Some("LogProviderTextFile" | "LogProviderXMLFile" | "LogProviderSQLProfiler") => Some("FILE"),
        Some("LogProviderSQLServer") => Some("OLEDB"),
        _ => None,
    }
}

/// The type of its connection manager, when it is another. That it does not exist is said by `unresolved-connection`.
fn other_type(scope: &Scope<'_, '_>, provider: &LogProvider<'_>, wanted: &str) -> Option<String> {
    let connections = scope.facts.connections();
    let own = connections.of_document(scope.index).iter().filter(|reference| matches!(reference.resolution, Resolution::Found(_)));
    let mut own = own.filter(|reference| matches!(reference.user, User::LogProvider(path) if path == provider.path));
    let (_, manager) = own.next().and_then(|reference| connections.manager(reference.resolution))?;
    (!manager.is(wanted)).then(|| manager.kind().to_owned())
}

fn is_replaced(scope: &Scope<'_, '_>, package: &Package<'_>, provider: &LogProvider<'_>) -> bool {
    let path = format!("\\Package.LogProviders[{}]", provider.name.value);
    provider.expressions.iter().any(|entry| entry.property == "ConfigString") || overrides::configured(scope.project, package, &path, "ConfigString").is_some()
}
