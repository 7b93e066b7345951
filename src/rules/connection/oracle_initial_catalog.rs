//! `oracle-initial-catalog`: a keyword that Oracle does not know.

use crate::finding::Severity::Error;
use crate::lang::connection_string::{ConnectionString, Dialect};
use crate::model::{ConfigurationFile, ConnectionManager, DocumentKind};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};
use crate::span::Span;

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0221",
    name: "oracle-initial-catalog",
    category: Category::Connection,
    severity: Severities::none().on(Target::Agent, Error),
    set: RuleSet::Default,
    summary: "an Oracle connection string with a database name",
    page: include_str!("../../../rules/oracle-initial-catalog.md"),
    check: Check::Document(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    match &scope.document.kind {
        DocumentKind::Package(package) => package.connections.iter().for_each(|manager| check_connection(scope, manager, sink)),
        DocumentKind::ConnectionManager(manager) => check_connection(scope, manager, sink),
        DocumentKind::ConfigurationFile(file) => check_file(file, sink),
        DocumentKind::Project(_) | DocumentKind::Parameters(_) => {}
    }
}

fn check_connection(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    let Some(text) = scope.facts.connection_text(scope.index, manager, &["InitialCatalog"]) else { return };
    if is_refused(&text.read()) {
        report(&manager.path, "ConnectionString", text.span, sink);
    }
}

fn check_file(file: &ConfigurationFile<'_>, sink: &mut Sink<'_>) {
    let strings = file.entries.iter().filter(|entry| entry.path.value.contains("ConnectionString"));
    for entry in strings.filter(|entry| is_refused(&ConnectionString::parse(entry.value.as_str(), Dialect::DataLink))) {
        report(entry.path.as_str(), "ConfiguredValue", entry.value.span, sink);
    }
}

/// Oracle has no catalogs, and both of its OLE DB providers refuse the property.
fn is_refused(string: &ConnectionString<'_>) -> bool {
    string.dialect() == Dialect::DataLink && (string.provider_starts_with("OraOLEDB") || string.provider_starts_with("MSDAORA")) && string.database().is_some()
}

fn report(object: &str, property: &str, span: Span, sink: &mut Sink<'_>) {
    let message = "the OLE DB providers for Oracle know no `Initial Catalog`: the connection fails with 0x80040E21 \"Multiple-step OLE DB operation generated errors\" \
                   (0xC0202009, 0xC020801C)";
    sink.report(
        Report::new(object, span, message).property(property).help("take `Initial Catalog` out of the string, and out of the configurations that set it"),
    );
}
