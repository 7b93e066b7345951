//! `raw-file-options`: raw files and exported columns with settings that cannot be.

use super::columns::{name_of, typed};
use crate::analysis::lineage::Lineage;
use crate::finding::Severity::Error;
use crate::model::{Column, Component, ExecutableId, Package, Properties};
use crate::rules::words::listed;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1017",
    name: "raw-file-options",
    category: Category::DataFlow,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "a raw file or export gets what it cannot write, or settings that exclude each other",
    page: include_str!("../../../rules/raw-file-options.md"),
    check: Check::Component(check),
};

fn check(scope: &Scope<'_, '_>, _: &Package<'_>, executable: ExecutableId, component: &Component<'_>, sink: &mut Sink<'_>) {
    let (is_raw, is_export) = (component.is("RawDestination"), component.is("Extractor"));
    let Some(lineage) = scope.facts.lineage(scope.index, executable).filter(|_| is_raw || is_export) else { return };
    let columns = || component.inputs.iter().flat_map(|input| &input.columns);
    if is_raw {
        let long: Vec<&Column<'_>> = columns().filter(|column| is_long(typed(lineage, column))).collect();
        sink.report_all(long.first().map(|first| blob(lineage, component, &long, first)));
    }
    if appends_and_truncates(&component.properties) || columns().any(|column| appends_and_truncates(&column.properties)) {
        let code = if is_raw { "0xC0202060" } else { "0xC0208033" };
        let message = format!("`{}` has both AllowAppend and ForceTruncate: the data flow does not validate ({code})", component.name.as_str());
        sink.report(Report::new(&*component.path, component.span, message).property("ForceTruncate").help("set one of the two to False"));
    }
}

fn is_long(column: &Column<'_>) -> bool {
    matches!(&*column.data_type, "text" | "nText" | "image")
}

fn appends_and_truncates(properties: &Properties<'_>) -> bool {
    properties.flag("AllowAppend", false) && properties.flag("ForceTruncate", false)
}

fn blob(lineage: &Lineage<'_, '_>, component: &Component<'_>, long: &[&Column<'_>], first: &Column<'_>) -> Report {
    let names: Vec<&str> = long.iter().map(|column| name_of(lineage, column)).collect();
    let message = format!(
        "`{}` writes {}, and raw files take no text, ntext or image columns: the data flow does not validate (0xC02092AA, 0xC020206A)",
        component.name.as_str(),
        listed(&names)
    );
    let report = Report::new(&*component.path, first.span, message).property("DataType");
    report.help("leave the column out and read it again from its source later, convert it to a string, or stage the rows in a table")
}
