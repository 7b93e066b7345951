//! `sort-in-pipeline`: a Sort behind a database.

use crate::finding::Confidence;
use crate::finding::Severity::Info;
use crate::model::{Component, ExecutableId, Package};
use crate::rules::data_flow::columns::is_any;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1110",
    name: "sort-in-pipeline",
    category: Category::Performance,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "a Sort orders rows that a database could deliver in order",
    page: include_str!("../../../rules/sort-in-pipeline.md"),
    check: Check::Component(check),
};

const DATABASES: [&str; 5] = ["OLEDBSource", "DataReaderSourceAdapter", "SSISODBCSrc", "SSISOracleSrc", "SSISTeradataSrc"];

fn check(scope: &Scope<'_, '_>, _: &Package<'_>, executable: ExecutableId, component: &Component<'_>, sink: &mut Sink<'_>) {
    let Some(input) = component.inputs.first().filter(|_| component.is("Sort")) else { return };
    let Some(lineage) = scope.facts.lineage(scope.index, executable) else { return };
    let mut keys = input.columns.iter().filter(|column| column.properties.number("NewSortKeyPosition").is_some_and(|position| position != 0)).peekable();
    let from_database = |lineage_id: &str| lineage.origin(lineage_id).is_some_and(|origin| is_any(origin.component, &DATABASES));
    let Some(source) = keys.peek().and_then(|key| lineage.origin(&key.lineage)) else { return };
    if !keys.all(|key| from_database(&key.lineage)) {
        return;
    }
    let message = format!(
        "`{}` holds all rows in memory, or on disk, before it passes on the first; its keys come straight from `{}`, which can sort them",
        component.name.as_str(),
        source.component.name.as_str()
    );
    sink.report(
        Report::new(&*component.path, component.span, message)
            .confidence(Confidence::Medium)
            .help("add an ORDER BY to the source, set IsSorted and SortKeyPosition on its output, and delete the Sort"),
    );
}
