//! `wide-string-default`: lengths that nobody chose.

use crate::finding::Confidence;
use crate::finding::Severity::Info;
use crate::model::{Column, Component, ExecutableId, Package};
use crate::rules::data_flow::columns::file_text;
use crate::rules::words::listed;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1116",
    name: "wide-string-default",
    category: Category::Performance,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "a string column of a file has the default length, and its destination is narrower",
    page: include_str!("../../../rules/wide-string-default.md"),
    check: Check::Component(check),
};

fn check(scope: &Scope<'_, '_>, _: &Package<'_>, executable: ExecutableId, component: &Component<'_>, sink: &mut Sink<'_>) {
    let Some(lineage) = scope.facts.lineage(scope.index, executable).filter(|_| component.outputs.iter().all(|output| output.is_error)) else { return };
    let narrower: Vec<_> =
        file_text(lineage, component, |origin, external| has_default_length(origin.component, origin.column) && is_narrower(origin.column, external));
    if narrower.is_empty() {
        return;
    }
    let message = format!(
        "`{}` writes {} to shorter columns, and the source has them with its default length: the buffers are wider than the data, and a longer value fails (0xC020902A)",
        component.name.as_str(),
        listed(&narrower)
    );
    sink.report(
        Report::new(&*component.path, component.span, message)
            .property("Length")
            .confidence(Confidence::Low)
            .help("give the columns of the connection manager, or of the source, the lengths of the table"),
    );
}

/// The lengths that nobody chose.
fn has_default_length(component: &Component<'_>, column: &Column<'_>) -> bool {
    let default = if component.is("ExcelSource") { 255 } else { 50 };
    column.length == default
}

fn is_narrower(column: &Column<'_>, external: &Column<'_>) -> bool {
    matches!(&*external.data_type, "str" | "wstr") && external.length > 0 && external.length < column.length
}
