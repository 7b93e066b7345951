//! `redirect-in-transaction`: a destination in a transaction may not redirect rows.

use super::transaction;
use crate::finding::Severity::Error;
use crate::model::{Component, ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0604",
    name: "redirect-in-transaction",
    category: Category::Concurrency,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "a destination redirects failed rows inside of a transaction",
    page: include_str!("../../../rules/redirect-in-transaction.md"),
    check: Check::Component(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, executable: ExecutableId, component: &Component<'_>, sink: &mut Sink<'_>) {
    let is_destination = component.is("OLEDBDestination") || component.is("SQLServerDestination");
    let Some(input) = component.inputs.iter().find(|input| is_destination && input.error_disposition == "RedirectRow") else { return };
    let origin = scope.facts.transactions().origin(scope.index, executable).filter(|_| package.is_enabled(executable));
    let Some(origin) = origin else { return };
    let message = format!(
        "`{}` redirects failed rows inside of {}: validation fails with \"cannot be set to redirect on error using a connection in a transaction\" (0xC02092A5)",
        component.name.as_str(),
        transaction::name(scope, origin)
    );
    let report = Report::new(&*component.path, input.span, message)
        .property("ErrorRowDisposition")
        .help("let the component fail on errors, load a staging table outside of the transaction, or set TransactionOption of the data flow to NotSupported");
    sink.report(transaction::with_start(report, scope, origin));
}
