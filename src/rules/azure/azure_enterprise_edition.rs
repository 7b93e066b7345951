//! `azure-enterprise-edition`: parts that an Azure-SSIS integration runtime of Standard edition does not run.

use crate::finding::Severity::Warning;
use crate::rules::by_class::{described, groups_of_classes};
use crate::rules::{Category, Check, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0706",
    name: "azure-enterprise-edition",
    category: Category::Azure,
    severity: Severities::none().on(Target::AzureSsis, Warning),
    set: RuleSet::Default,
    summary: "the package needs an Azure-SSIS integration runtime of Enterprise edition",
    page: include_str!("../../../rules/azure-enterprise-edition.md"),
    check: Check::Document(check),
};

/// What Azure-SSIS has in no edition is the matter of `third-party-component`.
fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    for group in groups_of_classes(scope.facts.classes(scope.index), |class| class.enterprise && class.on_azure) {
        let message =
            format!("{} runs in Enterprise edition only: a runtime of Standard edition refuses it (0xC00470FE, 0xC0012024)", described(group.first()));
        sink.report(group.report(message).help("choose Enterprise edition when the integration runtime is set up, or use parts of Standard edition"));
    }
}
