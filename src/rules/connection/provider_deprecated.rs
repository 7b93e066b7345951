//! `provider-deprecated`: a provider on its way out.

use crate::finding::Severity::Warning;
use crate::lang::connection_string::ConnectionString;
use crate::model::ConnectionManager;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0216",
    name: "provider-deprecated",
    category: Category::Connection,
    severity: Severities::none().on(Target::Sql2022, Warning).on(Target::Sql2025, Warning),
    set: RuleSet::Default,
    summary: "a provider that newer versions of SQL Server no longer install or support",
    page: include_str!("../../../rules/provider-deprecated.md"),
    check: Check::Connection(check),
};

/// Providers by the start of their name, what became of them, and what takes their place.
const DEPRECATED: [(&str, &str, &str); 3] = [
    (
        "SQLNCLI",
        "is not installed with SQL Server 2022 and later (0xC0209302 in a 32-bit run, 0xC0209303 in a 64-bit one, where nothing else brought it)",
        "MSOLEDBSQL or MSOLEDBSQL19",
    ),
    ("SQLOLEDB", "is deprecated: it stays part of Windows and is not developed any further", "MSOLEDBSQL or MSOLEDBSQL19"),
    ("MSDAORA", "is deprecated and has no 64-bit edition", "Oracle's own provider (OraOLEDB.Oracle)"),
];

fn check(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    let Some(text) = scope.facts.connection_text(scope.index, manager, &["Provider"]) else { return };
    let Some((what, fate, instead)) = deprecated(manager, &text.read()) else { return };
    sink.report(
        Report::new(&*manager.path, text.span, format!("{what} {fate}"))
            .property("ConnectionString")
            .help(format!("use {instead}, and test encryption and data types: their defaults differ")),
    );
}

fn deprecated(manager: &ConnectionManager<'_>, string: &ConnectionString<'_>) -> Option<(String, &'static str, &'static str)> {
    if manager.creation_name.value.contains("System.Data.OracleClient") {
        return Some(("the ADO.NET provider `System.Data.OracleClient`".to_owned(), "is deprecated", "Oracle's own provider (ODP.NET or OraOLEDB.Oracle)"));
    }
    if let Some(driver) = string.driver().filter(|driver| driver.to_ascii_lowercase().starts_with("sql server native client")) {
        return Some((format!("the ODBC driver `{driver}`"), DEPRECATED[0].1, "ODBC Driver 17 or 18 for SQL Server"));
    }
    let (_, fate, instead) = DEPRECATED.iter().find(|(name, _, _)| string.provider_starts_with(name))?;
    Some((format!("the provider `{}`", string.provider().unwrap_or_default()), *fate, *instead))
}
