//! `checkpoint-transaction-conflict`: the package cannot both save checkpoints and be one transaction.

use super::transaction;
use crate::analysis::checkpoints;
use crate::finding::Severity::Error;
use crate::model::{ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0603",
    name: "checkpoint-transaction-conflict",
    category: Category::Concurrency,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "a package saves checkpoints and is one transaction, which the runtime refuses",
    page: include_str!("../../../rules/checkpoint-transaction-conflict.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    // `Required` of the package itself: what it inherits from its caller is no setting of its own.
    let required = package.root().properties.number("TransactionOption") == Some(2);
    if !required || checkpoints::of_package(scope.project, package).is_none() {
        return;
    }
    // None also when an expression or a configuration decides.
    if scope.facts.transactions().origin(scope.index, ExecutableId::PACKAGE).is_none() {
        return;
    }
    let message = "the package has SaveCheckpoints = True and TransactionOption = Required: it fails at once with \"The current package settings are not supported\" (0xC0014104)";
    sink.report(
        Report::new("Package", transaction::span_of_option(package.root()), message)
            .property("TransactionOption")
            .help("set SaveCheckpoints to False, or TransactionOption to Supported and Required only on the containers that are transactions"),
    );
}
