//! `transaction-cut`: a container takes its tasks out of the transaction around it.

use foldhash::HashSet;

use super::transaction;
use crate::analysis::connections::User;
use crate::analysis::transactions::{Origin, Transaction, is_database};
use crate::finding::Confidence;
use crate::finding::Severity::Warning;
use crate::model::{ExecutableId, ExecutableKind, Package};
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0607",
    name: "transaction-cut",
    category: Category::Concurrency,
    severity: Severities::new(Warning),
    set: RuleSet::Default,
    summary: "a container takes its database work out of the transaction around it",
    page: include_str!("../../../rules/transaction-cut.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    if !scope.facts.transactions().is_used_in(scope.index) {
        return;
    }
    let connections = scope.facts.connections();
    let mut reported = HashSet::default();
    for reference in connections.of_document(scope.index).iter().filter(|reference| reference.enabled) {
        let changes_database = connections.manager(reference.resolution).is_some_and(|(_, manager)| is_database(manager)) && may_write(&reference.user);
        let Some((path, user, span)) = transaction::user(package, reference).filter(|_| changes_database) else { continue };
        let cut = reference.user.executable().and_then(|id| package.ancestors(id).find_map(|ancestor| cut(scope, package, ancestor)));
        let Some((container, origin)) = cut.filter(|(container, _)| reported.insert(*container)) else { continue };
        sink.report(report(scope, package, container, origin, user).mention(Mention::new(path, span, "stays when the transaction is rolled back")));
    }
}

/// The container itself and the transaction that it leaves. Of single tasks and of handlers (of errors, say) it is what is meant.
fn cut(scope: &Scope<'_, '_>, package: &Package<'_>, container: ExecutableId) -> Option<(ExecutableId, Origin)> {
    let executable = package.executable(container);
    let transactions = scope.facts.transactions();
    let leaves = executable.kind.is_container() && executable.kind != ExecutableKind::EventHandler;
    let origin = transactions.origin(scope.index, executable.parent.filter(|_| leaves)?)?;
    (transactions.of(scope.index, container) == Transaction::Outside).then_some((container, origin))
}

fn may_write(user: &User<'_, '_>) -> bool {
    !matches!(user, User::Component(_, component) if !transaction::writes(component))
}

fn report(scope: &Scope<'_, '_>, package: &Package<'_>, container: ExecutableId, origin: Origin, user: &str) -> Report {
    let executable = package.executable(container);
    let message = format!(
        "`{}` (TransactionOption = NotSupported) is not part of {}: what `{user}` changes stays when the transaction is rolled back",
        executable.name.as_str(),
        transaction::name(scope, origin)
    );
    let report = Report::new(&*executable.path, transaction::span_of_option(executable), message)
        .property("TransactionOption")
        .confidence(Confidence::Medium)
        .help("set TransactionOption to Supported if its work belongs to the transaction");
    transaction::with_start(report, scope, origin)
}
