//! `excel-long-text`: text that is longer than the driver thinks.

use crate::finding::Confidence;
use crate::finding::Severity::Info;
use crate::model::{Column, Component, ExecutableId, Package};
use crate::rules::data_flow::columns::file_text;
use crate::rules::words::listed;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0508",
    name: "excel-long-text",
    category: Category::Excel,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "an Excel source cuts text at 255 characters, and its destination takes more",
    page: include_str!("../../../rules/excel-long-text.md"),
    check: Check::Component(check),
};

fn check(scope: &Scope<'_, '_>, _: &Package<'_>, executable: ExecutableId, component: &Component<'_>, sink: &mut Sink<'_>) {
    let Some(lineage) = scope.facts.lineage(scope.index, executable).filter(|_| component.outputs.iter().all(|output| output.is_error)) else { return };
    let names = file_text(lineage, component, |origin, external| origin.component.is("ExcelSource") && origin.column.length == 255 && is_wider(external));
    if names.is_empty() {
        return;
    }
    let message = format!(
        "`{}` takes more than 255 characters of {}, and the Excel source gives no more: the driver takes a column for short unless it sees a long cell in the first rows, and then cuts or fails (0xC020902A)",
        component.name.as_str(),
        listed(&names)
    );
    sink.report(
        Report::new(&*component.path, component.span, message)
            .property("Length")
            .confidence(Confidence::Low)
            .help("put a long text into the first rows, or raise TypeGuessRows on the server, and let the source read its columns again as DT_NTEXT"),
    );
}

fn is_wider(external: &Column<'_>) -> bool {
    matches!(&*external.data_type, "nText" | "text") || (matches!(&*external.data_type, "wstr" | "str") && external.length > 255)
}
