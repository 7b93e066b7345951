//! `lookup-whole-table`: a reference table that is cached as it is.

use super::reads_whole_table;
use crate::finding::Confidence;
use crate::finding::Severity::Info;
use crate::model::{Component, ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1103",
    name: "lookup-whole-table",
    category: Category::Performance,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "a Lookup loads all columns of its reference table into memory",
    page: include_str!("../../../rules/lookup-whole-table.md"),
    check: Check::Component(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, executable: ExecutableId, component: &Component<'_>, sink: &mut Sink<'_>) {
    if !reads_whole_table(component) || !package.is_enabled(executable) {
        return;
    }
    let message = format!(
        "`{}` keeps every column of its reference table in memory before the first row flows: with a large table the data flow waits, or fails for lack of memory (0xC0047012)",
        component.name.as_str()
    );
    sink.report(
        Report::new(&*component.path, component.span, message)
            .property("SqlCommand")
            .confidence(Confidence::Medium)
            .help("use a query with the join columns and the columns that are looked up, and the rows that can match"),
    );
}
