//! `discontinued-service`: parts that work with a service which SQL Server 2025 no longer has.

use crate::finding::Severity::Warning;
use crate::rules::by_class::{described, groups_of_classes};
use crate::rules::{Category, Check, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0814",
    name: "discontinued-service",
    category: Category::Upgrade,
    severity: Severities::none().on(Target::Sql2025, Warning),
    set: RuleSet::Pedantic,
    summary: "the package works with Data Quality Services, which SQL Server 2025 no longer has",
    page: include_str!("../../../rules/discontinued-service.md"),
    check: Check::Document(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    for group in groups_of_classes(scope.facts.classes(scope.index), |class| class.discontinued_in == Some(2025)) {
        let message = format!(
            "{} works with Data Quality Services, which SQL Server 2025 does not install: it needs an older server that keeps them",
            described(group.first())
        );
        sink.report(group.report(message).help("plan to cleanse the data in another way, or keep a server of an older version for the service"));
    }
}
