//! `edition-required`: parts that SQL Server Standard edition does not run.

use crate::finding::Severity::Info;
use crate::rules::by_class::{described, groups_of_classes};
use crate::rules::{Category, Check, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0811",
    name: "edition-required",
    category: Category::Upgrade,
    severity: Severities::none().on(Target::Agent, Info).on(Target::Ssisdb, Info),
    set: RuleSet::Pedantic,
    summary: "the package needs SQL Server Enterprise edition",
    page: include_str!("../../../rules/edition-required.md"),
    check: Check::Document(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    for group in groups_of_classes(scope.facts.classes(scope.index), |class| class.enterprise) {
        let message =
            format!("{} runs in Enterprise and Developer edition only: Standard edition refuses it (0xC00470FE, 0xC0012024)", described(group.first()));
        sink.report(group.report(message).help("run the package on a server of Enterprise edition, or use parts of Standard edition"));
    }
}
