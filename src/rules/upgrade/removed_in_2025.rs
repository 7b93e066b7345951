//! `removed-in-2025`: parts that SQL Server 2025 no longer has.

use crate::finding::Severity::{Error, Info};
use crate::rules::by_class::{described, groups_of_classes, load_error};
use crate::rules::{Category, Check, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0801",
    name: "removed-in-2025",
    category: Category::Upgrade,
    severity: Severities::none().on(Target::Sql2022, Info).on(Target::Sql2025, Error),
    set: RuleSet::Default,
    summary: "the package needs a part that SQL Server 2025 no longer has",
    page: include_str!("../../../rules/removed-in-2025.md"),
    check: Check::Document(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    for group in groups_of_classes(scope.facts.classes(scope.index), |class| class.removed_in == Some(2025)) {
        let first = group.first();
        let message = format!("{} is one of the {} that SQL Server 2025 no longer has: there {}", described(first), group.key, load_error(first.kind));
        sink.report(group.report(message).help("replace it before the upgrade: CDC functions in SQL statements for Change Data Capture, an ADO.NET or OLE DB provider for Oracle, other tools for Hadoop"));
    }
}
