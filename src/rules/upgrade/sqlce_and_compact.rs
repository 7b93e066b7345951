//! `sqlce-and-compact`: SQL Server Compact.

use crate::finding::Severity::Warning;
use crate::rules::by_class::{described, groups_of_classes};
use crate::rules::{Category, Check, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0816",
    name: "sqlce-and-compact",
    category: Category::Upgrade,
    severity: Severities::none().on(Target::Sql2022, Warning).on(Target::Sql2025, Warning),
    set: RuleSet::Pedantic,
    summary: "the package works with SQL Server Compact, which is out of support",
    page: include_str!("../../../rules/sqlce-and-compact.md"),
    check: Check::Document(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    for group in groups_of_classes(scope.facts.classes(scope.index), |class| class.discontinued_in == Some(2012)) {
        let message = format!("{} needs the engine of SQL Server Compact, which no version of SQL Server in support installs", described(group.first()));
        sink.report(group.report(message).help("move the data to SQL Server Express LocalDB or SQLite, with a provider that is registered on the server"));
    }
}
