//! `azure-blob-legacy`: the Azure Blob adapters that the Flexible File adapters have replaced.

use crate::finding::Severity::Info;
use crate::rules::by_class::{described, groups_of_classes};
use crate::rules::{Category, Check, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0709",
    name: "azure-blob-legacy",
    category: Category::Azure,
    severity: Severities::none().on(Target::AzureSsis, Info),
    set: RuleSet::Pedantic,
    summary: "an Azure Blob source or destination, which the Flexible File adapters replace",
    page: include_str!("../../../rules/azure-blob-legacy.md"),
    check: Check::Document(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    for group in groups_of_classes(scope.facts.classes(scope.index), |class| class.superseded_by.is_some()) {
        let message = format!("{} knows Blob storage only, and Microsoft recommends the Flexible File adapters in its place", described(group.first()));
        sink.report(group.report(message).help("use a Flexible File source or destination, which reads Data Lake Storage Gen2 as well"));
    }
}
