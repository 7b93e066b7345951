//! `provider-not-on-azure`: a provider or driver that Azure-SSIS does not come with.

use crate::finding::Severity::Warning;
use crate::lang::connection_string::{ConnectionString, Dialect};
use crate::model::ConnectionManager;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};
use crate::span::Span;
use crate::support::{self, Provider, ProviderKind};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0701",
    name: "provider-not-on-azure",
    category: Category::Azure,
    severity: Severities::none().on(Target::AzureSsis, Warning),
    set: RuleSet::Default,
    summary: "a connection needs a provider or driver that Azure-SSIS does not come with",
    page: include_str!("../../../rules/provider-not-on-azure.md"),
    check: Check::Connection(check),
};

/// What a connection needs.
struct Need {
    kind: ProviderKind,
    name: String,
    span: Span,
    row: Option<&'static Provider>,
}

fn check(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    let Some(need) = need(scope, manager).filter(|need| is_missing(need) && !is_renamed_on_load(scope, need)) else { return };
    if scope.options.provider_not_on_azure.allowed_providers.matches(&need.name) || !scope.facts.connections().is_used(manager) {
        return;
    }
    let message = format!("Azure-SSIS does not come with the {}: the connection fails ({})", described(&need), runtime_error(need.kind));
    let report = Report::new(&*manager.path, need.span, message).help(
        "install it in the custom setup of the integration runtime, or use one that is there: MSOLEDBSQL, SQLNCLI11, \
         System.Data.SqlClient, ODBC Driver 13 for SQL Server",
    );
    sink.report(report);
}

/// Of OLE DB all that Azure-SSIS has is known; of the others only what is named as missing is.
fn is_missing(need: &Need) -> bool {
    match need.row {
        Some(row) => !row.on_azure && row.instead_of_32_bit.is_none(),
        None => need.kind == ProviderKind::OleDb,
    }
}

/// Loading a package of an older format replaces the name of such a provider by that of its successor (0x40019316).
fn is_renamed_on_load(scope: &Scope<'_, '_>, need: &Need) -> bool {
    let is_old = || scope.document.package().and_then(|package| package.format_version).is_some_and(|version| version < 8);
    need.row.is_some_and(|row| row.renamed_on_upgrade) && is_old()
}

fn need(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>) -> Option<Need> {
    match Dialect::of(manager.creation_name.as_str())? {
        Dialect::SqlClient | Dialect::AdoNet => {
            let (_, class) = manager.creation_name.value.split_once(':')?;
            Some(need_of(ProviderKind::AdoNet, class.split(',').next().unwrap_or_default().trim(), manager.creation_name.span))
        }
        Dialect::Plain => None,
        dialect => {
            let value = scope.facts.connection_string(scope.index, manager).filter(|value| value.replaced().is_none())?;
            let (text, span) = (value.text(), value.span);
            let string = ConnectionString::parse(&text, dialect);
            let provider = || Some(need_of(ProviderKind::OleDb, string.provider()?, span));
            if dialect == Dialect::DataLink { provider() } else { Some(need_of(ProviderKind::Odbc, string.driver()?, span)) }
        }
    }
}

fn need_of(kind: ProviderKind, name: &str, span: Span) -> Need {
    Need { kind, name: name.to_owned(), span, row: support::provider(kind, name) }
}

fn described(need: &Need) -> String {
    match need.kind {
        ProviderKind::OleDb => format!("OLE DB provider `{}`", need.name),
        ProviderKind::AdoNet => format!("ADO.NET provider `{}`", need.name),
        ProviderKind::Odbc => format!("ODBC driver `{}`", need.name),
    }
}

const fn runtime_error(kind: ProviderKind) -> &'static str {
    match kind {
        ProviderKind::OleDb => "0xC0209302, 0xC0209303 \"The requested OLE DB provider … is not registered\"; 2906 on a self-hosted runtime",
        ProviderKind::AdoNet => "\"Could not create a managed connection manager\"",
        ProviderKind::Odbc => "IM002 \"Data source name not found and no default driver specified\"",
    }
}
