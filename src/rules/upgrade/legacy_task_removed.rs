//! `legacy-task-removed`: tasks that ended with SQL Server 2008 R2.

use crate::finding::Severity::{Error, Warning};
use crate::rules::by_class::groups_of_classes;
use crate::rules::{Category, Check, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule. The catalog came with 2012, Azure and Fabric later; an Agent may still be one of 2008 R2.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0802",
    name: "legacy-task-removed",
    category: Category::Upgrade,
    severity: Severities::new(Error).on(Target::Agent, Warning),
    set: RuleSet::Default,
    summary: "an ActiveX Script or Execute DTS 2000 Package task, which SSIS has not known since 2012",
    page: include_str!("../../../rules/legacy-task-removed.md"),
    check: Check::Document(check),
};

/// A package of 2012 or later runs on no server that still knows the tasks.
fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    let is_newer = scope.document.package().and_then(|package| package.format_version).is_some_and(|version| version >= 6);
    let severities = if is_newer { Severities::new(Error) } else { RULE.severity };
    for group in groups_of_classes(scope.facts.classes(scope.index), |class| class.removed_in == Some(2012)) {
        let message = format!("SSIS has not known the {} since SQL Server 2012: the package does not load the task (0xC0010024, 0xC0010020)", group.key);
        sink.report(
            group.report(message).severity(severities).help("write its work anew: a Script Task for ActiveX scripts, a package of today for the DTS package"),
        );
    }
}
