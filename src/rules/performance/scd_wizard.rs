//! `scd-wizard`: a dimension that is loaded row by row.

use crate::finding::Confidence;
use crate::finding::Severity::Info;
use crate::model::{Component, ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1115",
    name: "scd-wizard",
    category: Category::Performance,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "a Slowly Changing Dimension asks the database once for every row",
    page: include_str!("../../../rules/scd-wizard.md"),
    check: Check::Component(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, executable: ExecutableId, component: &Component<'_>, sink: &mut Sink<'_>) {
    if !component.is("SCD") || !package.is_enabled(executable) {
        return;
    }
    let message =
        format!("`{}` looks up every row with a query of its own, and its updates run row by row: slow beyond some thousand rows", component.name.as_str());
    sink.report(
        Report::new(&*component.path, component.span, message)
            .confidence(Confidence::Medium)
            .help("stage the rows and use MERGE, or a Lookup and set-based updates"),
    );
}
