//! `feature-pack-on-premises`: parts of the Azure Feature Pack, which servers have only when somebody installed it.

use crate::finding::Severity::Warning;
use crate::rules::by_class::{described, load_error, report_classes};
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
    report_classes(
        scope,
        sink,
        |class| class.azure_pack,
        |group| {
            let first = group.first();
            let message = format!("{} comes with the Azure Feature Pack: on a server without it {}", described(first), load_error(first.kind));
            group.report(message).help("install the feature pack for the server's version of SQL Server, with the bitness of the run")
        },
    );
}
