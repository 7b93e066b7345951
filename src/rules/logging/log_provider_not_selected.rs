//! `log-provider-not-selected`: a log that stays empty.

use super::providers;
use crate::finding::Severity::Info;
use crate::model::Package;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1302",
    name: "log-provider-not-selected",
    category: Category::Logging,
    severity: Severities::none().on(Target::Agent, Info),
    set: RuleSet::Pedantic,
    summary: "a log provider is selected by nothing",
    page: include_str!("../../../rules/log-provider-not-selected.md"),
    check: Check::Package(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let selected = providers::selected_ids(package);
    for provider in package.log_providers.iter().filter(|provider| !selected.contains(&provider.id.to_ascii_uppercase())) {
        let message = format!("nothing in the package selects the log provider `{}`: its log stays empty", provider.name.value);
        sink.report(Report::new(&*provider.path, provider.span, message).help("select it in the logging dialog, for the package and its events, or delete it"));
    }
}
