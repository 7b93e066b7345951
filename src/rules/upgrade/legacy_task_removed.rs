//! `legacy-task-removed`: tasks that ended with SQL Server 2008 R2.

use crate::finding::Severity::{Error, Warning};
use crate::rules::by_class::report_classes;
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

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    report_classes(
        scope,
        sink,
        |class| class.removed_in == Some(2012),
        |group| {
            let message = format!("SSIS has not known the {} since SQL Server 2012: the package does not load the task (0xC0010020, 0xC0010026)", group.key);
            group.report(message).help("write its work anew: a Script Task for ActiveX scripts, a package of today for the DTS package")
        },
    );
}
