//! `encryption-disabled`: data in clear text on the network.

use crate::finding::Severity::Info;
use crate::lang::connection_string::Encryption;
use crate::model::ConnectionManager;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0115",
    name: "encryption-disabled",
    category: Category::Protection,
    severity: Severities::none().on(Target::Sql2022, Info).on(Target::Sql2025, Info),
    set: RuleSet::Pedantic,
    summary: "a connection to SQL Server asks for no encryption",
    page: include_str!("../../../rules/encryption-disabled.md"),
    check: Check::Connection(check),
};

fn check(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    let Some(text) = scope.facts.connection_text(scope.index, manager, &[]) else { return };
    let string = text.read();
    if !string.is_sql_server() || string.encrypt() != Some(Encryption::Optional) {
        return;
    }
    let message = "the string asks for no encryption: unless the server insists, queries and rows cross the network in clear text";
    sink.report(
        Report::new(&*manager.path, text.span, message)
            .property("ConnectionString")
            .help("install a certificate on the server and ask for encryption, which the drivers of today do by default"),
    );
}
