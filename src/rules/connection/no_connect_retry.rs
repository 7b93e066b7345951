//! `no-connect-retry`: no second try.

use crate::finding::Severity::Info;
use crate::model::ConnectionManager;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0222",
    name: "no-connect-retry",
    category: Category::Connection,
    severity: Severities::none().on(Target::AzureSsis, Info),
    set: RuleSet::Pedantic,
    summary: "a connection that gives up at the first hiccup of the network",
    page: include_str!("../../../rules/no-connect-retry.md"),
    check: Check::Connection(check),
};

fn check(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    if !(manager.is("OLEDB") || manager.is("ADO.NET")) || manager.settings.get("ConnectRetryCount").is_some() {
        return;
    }
    let Some(text) = scope.facts.connection_text(scope.index, manager, &["ConnectRetryCount"]) else { return };
    let string = text.read();
    if !string.is_sql_server() || string.get("ConnectRetryCount").is_some() {
        return;
    }
    let message = "it says nothing about retries: a database in Azure drops connections now and then, and the run fails with a timeout or \"The service has encountered an \
                   error processing your request\"";
    sink.report(
        Report::new(&*manager.path, text.span, message)
            .property("ConnectionString")
            .help("add Connect Retry Count and Connect Retry Interval (ConnectRetryCount and ConnectRetryInterval in ADO.NET), as 3 and 10"),
    );
}
