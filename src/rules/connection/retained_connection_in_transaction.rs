//! `retained-connection-in-transaction`: a connection that is kept open cannot change into a transaction.

use crate::analysis::connections::{ConnectionUse, User};
use crate::analysis::overrides;
use crate::analysis::transactions::{Origin, is_database};
use crate::finding::Confidence;
use crate::finding::Severity::{Error, Warning};
use crate::model::{ConnectionManager, ExecutableKind};
use crate::rules::concurrency::transaction;
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink};
use crate::span::Span;

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0208",
    name: "retained-connection-in-transaction",
    category: Category::Connection,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "a connection with RetainSameConnection is used inside of a distributed transaction",
    page: include_str!("../../../rules/retained-connection-in-transaction.md"),
    check: Check::Connection(check),
};

/// A use of the connection inside of a transaction.
struct TransactedUse<'r> {
    document: usize,
    origin: Origin,
    /// Path, name and place of the task or component.
    user: (&'r str, &'r str, Span),
    is_bulk: bool,
}

fn check(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    if !is_database(manager) || !manager.retain_same_connection().0 {
        return;
    }
    let replaced = overrides::of_connection(scope.project, scope.document.package(), manager, &["RetainSameConnection"]);
    if replaced.is_some_and(|found| found.is_certain()) {
        return;
    }
    let uses: Vec<_> = scope.facts.connections().users(manager).filter_map(|reference| transacted(scope, reference)).collect();
    if let Some(worst) = uses.iter().find(|found| found.is_bulk).or(uses.first()) {
        sink.report(report(scope, manager, worst));
    }
}

fn transacted<'r>(scope: &'r Scope<'_, '_>, reference: &'r ConnectionUse<'_, '_>) -> Option<TransactedUse<'r>> {
    let document = reference.document;
    let executable = reference.user.executable().filter(|_| reference.enabled)?;
    let origin = scope.facts.transactions().origin(document, executable)?;
    let package = scope.project.documents.get(document)?.package()?;
    let is_bulk = match reference.user {
        // 3 and 4: a table, or a variable with its name, by fast load.
        User::Component(_, component) => component.is("OLEDBDestination") && matches!(component.access_mode(), Some(3 | 4)),
        _ => package.executable(executable).kind == ExecutableKind::BulkInsert,
    };
    Some(TransactedUse { document, origin, user: transaction::user(package, reference)?, is_bulk })
}

fn report(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, found: &TransactedUse<'_>) -> Report {
    let (path, name, span) = found.user;
    let (fails, severity, confidence) = match found.is_bulk {
        true => ("a bulk load on a retained connection in a transaction fails (0xC02092A4, 0xC002F41F)", Error, Confidence::High),
        false => (
            "a retained connection can stand in one transaction only, and fails when it is to join another or was opened outside (0xC001A003, 0xC001A004)",
            Warning,
            Confidence::Medium,
        ),
    };
    let message = format!("RetainSameConnection is True, and `{name}` uses the connection in {}: {fails}", transaction::name(scope, found.origin));
    let report = Report::new(&*manager.path, manager.settings.get("Retain").map_or(manager.span, |text| text.span), message)
        .property("RetainSameConnection")
        .severity(Severities::new(severity))
        .confidence(confidence)
        .help("use one of the two: RetainSameConnection with a T-SQL transaction, or TransactionOption without RetainSameConnection")
        .mention(Mention::new(path, span, "uses the connection inside of the transaction").in_document(found.document));
    transaction::with_start(report, scope, found.origin)
}
