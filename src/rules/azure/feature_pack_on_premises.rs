//! `feature-pack-on-premises`: parts of the Azure Feature Pack, which servers have only when somebody installed it.

use crate::finding::Severity::Warning;
use crate::rules::by_class::{described, groups_of_classes, load_error};
use crate::rules::{Category, Check, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0710",
    name: "feature-pack-on-premises",
    category: Category::Azure,
    severity: Severities::none().on(Target::Agent, Warning).on(Target::Ssisdb, Warning),
    set: RuleSet::Default,
    summary: "the package needs the Azure Feature Pack, which SQL Server Setup does not install",
    page: include_str!("../../../rules/feature-pack-on-premises.md"),
    check: Check::Document(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    for group in groups_of_classes(scope.facts.classes(scope.index), |class| class.azure_pack) {
        let first = group.first();
        let message = format!("{} comes with the Azure Feature Pack: on a server without it {}", described(first), load_error(first.kind));
        sink.report(group.report(message).help("install the feature pack for the server's version of SQL Server, with the bitness of the run"));
    }
}
