//! `odbc-in-transaction`: an Execute SQL Task on an ODBC connection cannot take part in a transaction.

use super::transaction;
use crate::analysis::transactions::Participant;
use crate::finding::Confidence;
use crate::finding::Severity::{Error, Warning};
use crate::model::{ExecutableKind, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0605",
    name: "odbc-in-transaction",
    category: Category::Concurrency,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "an Execute SQL Task runs on an ODBC connection inside of a transaction",
    page: include_str!("../../../rules/odbc-in-transaction.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    if !scope.facts.transactions().is_used_in(scope.index) {
        return;
    }
    for participant in scope.facts.transactions().participants(scope.facts.connections(), scope.index) {
        if package.executable(participant.executable).kind == ExecutableKind::ExecuteSql && participant.manager.is("ODBC") {
            sink.report(report(scope, package, &participant));
        }
    }
}

/// The task refuses for sure when it asks for the transaction itself; a driver for SQL Server may let itself be enlisted.
fn report(scope: &Scope<'_, '_>, package: &Package<'_>, participant: &Participant<'_, '_, '_>) -> Report {
    let task = package.executable(participant.executable);
    let required = task.properties.number("TransactionOption") == Some(2);
    let (fails, severity, confidence) = match required {
        true => ("the task fails with \"ODBC connections don't support transactions\" (0xC002F308)", Error, Confidence::High),
        false => ("unless its driver can be enlisted, the task fails (0xC0014018)", Warning, Confidence::Medium),
    };
    let message = format!(
        "`{}` works in {} on the ODBC connection `{}`: {fails}",
        task.name.as_str(),
        transaction::name(scope, participant.origin),
        participant.manager.name.as_str()
    );
    let report = Report::new(&*task.path, participant.reference.span, message)
        .property("Connection")
        .severity(Severities::new(severity))
        .confidence(confidence)
        .help("use an OLE DB or ADO.NET connection, or set TransactionOption of the task to NotSupported");
    transaction::with_start(report, scope, participant.origin)
}
