//! `transfer-task-in-transaction`: Transfer tasks cannot take part in a transaction.

use super::transaction;
use crate::finding::Severity::Error;
use crate::model::{ExecutableId, ExecutableKind, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0606",
    name: "transfer-task-in-transaction",
    category: Category::Concurrency,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "a Transfer task works inside of a transaction",
    page: include_str!("../../../rules/transfer-task-in-transaction.md"),
    check: Check::Executable(check),
};

const TRANSFER: [ExecutableKind; 6] = [
    ExecutableKind::TransferDatabase,
    ExecutableKind::TransferObjects,
    ExecutableKind::TransferJobs,
    ExecutableKind::TransferLogins,
    ExecutableKind::TransferErrorMessages,
    ExecutableKind::TransferStoredProcedures,
];

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let task = package.executable(id);
    if !TRANSFER.contains(&task.kind) || !package.is_enabled(id) {
        return;
    }
    let Some(origin) = scope.facts.transactions().origin(scope.index, id) else { return };
    let message = format!(
        "`{}` works in {}: Transfer tasks cannot, and it fails with \"This task can not participate in a transaction\" (0xC002F319) or 0xC00292A0",
        task.name.as_str(),
        transaction::name(scope, origin)
    );
    let report = Report::new(&*task.path, task.span, message).property("TransactionOption").help("set TransactionOption of the task to NotSupported");
    sink.report(transaction::with_start(report, scope, origin));
}
