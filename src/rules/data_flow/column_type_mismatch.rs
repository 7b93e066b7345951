//! `column-type-mismatch`: text of the wrong kind for the column of a destination.

use super::columns::{is_any, mapped, name_of, typed};
use crate::finding::Severity::Error;
use crate::model::{Column, Component, ExecutableId, Package, Port};
use crate::rules::words::listed;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};
use crate::span::Span;

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1008",
    name: "column-type-mismatch",
    category: Category::DataFlow,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "a destination column gets text of the other kind, or of another code page",
    page: include_str!("../../../rules/column-type-mismatch.md"),
    check: Check::Component(check),
};

/// Destinations that do not convert between Unicode and other text. ADO.NET and flat file destinations do.
const STRICT: [&str; 3] = ["OLEDBDestination", "SQLServerDestination", "ExcelDestination"];

/// A column of a destination's input.
struct Mapped<'c> {
    name: &'c str,
    span: Span,
    /// What comes.
    given: &'c Column<'c>,
    /// What the destination has.
    taken: &'c Column<'c>,
}

fn check(scope: &Scope<'_, '_>, _: &Package<'_>, executable: ExecutableId, component: &Component<'_>, sink: &mut Sink<'_>) {
    if !is_any(component, &STRICT) {
        return;
    }
    let Some(lineage) = scope.facts.lineage(scope.index, executable) else { return };
    for input in component.inputs.iter().filter(|input| input.uses_external_columns && may_differ(input)) {
        let columns: Vec<Mapped<'_>> = mapped(input)
            .into_iter()
            .map(|(column, taken)| Mapped { name: name_of(lineage, column), span: column.span, given: typed(lineage, column), taken })
            .collect();
        let of_other_kind: Vec<&Mapped<'_>> = columns.iter().filter(|column| differs_in_kind(column)).collect();
        let of_other_page: Vec<&Mapped<'_>> = columns.iter().filter(|column| differs_in_code_page(component, column)).collect();
        sink.report_all(unicode(component, &of_other_kind));
        sink.report_all(code_page(component, &of_other_page));
    }
}

/// Whether some column that comes and some column of the destination differ, be they mapped to each other or not: mostly none do.
fn may_differ(input: &Port<'_>) -> bool {
    let text = |column: &&Column<'_>| column.data_type.is_empty() || is_unicode(column).is_some();
    let mut kinds = input.columns.iter().chain(&input.external_columns).filter(text).map(|column| (&*column.data_type, column.code_page));
    kinds.next().is_some_and(|first| first.0.is_empty() || kinds.any(|other| other != first))
}

/// Whether a text is Unicode; none for what is no text.
fn is_unicode(column: &Column<'_>) -> Option<bool> {
    match &*column.data_type {
        "wstr" | "nText" => Some(true),
        "str" | "text" => Some(false),
        _ => None,
    }
}

fn differs_in_kind(column: &Mapped<'_>) -> bool {
    is_unicode(column.given).zip(is_unicode(column.taken)).is_some_and(|(given, taken)| given != taken)
}

/// Only the OLE DB destination is known to insist, unless it is told to use a code page of its own.
fn differs_in_code_page(component: &Component<'_>, column: &Mapped<'_>) -> bool {
    let (given, taken) = (column.given, column.taken);
    let both = given.data_type == "str" && taken.data_type == "str" && given.code_page != 0 && taken.code_page != 0;
    both && given.code_page != taken.code_page && component.is("OLEDBDestination") && !component.properties.flag("AlwaysUseDefaultCodePage", false)
}

fn unicode(component: &Component<'_>, columns: &[&Mapped<'_>]) -> Option<Report> {
    let (given, taken) = if is_unicode(columns.first()?.taken) == Some(true) { ("not Unicode", "Unicode") } else { ("Unicode", "not Unicode") };
    let fault = format!(
        "as text that is {given}, for columns that are {taken}: the data flow does not validate (0xC02020F6, \"cannot convert between unicode and non-unicode string data types\")"
    );
    let report = report(component, columns, &fault)?.discriminator("unicode");
    Some(report.help("convert the columns with a Data Conversion, or a cast in the source, and map the converted ones"))
}

fn code_page(component: &Component<'_>, columns: &[&Mapped<'_>]) -> Option<Report> {
    let first = columns.first()?;
    let (given, taken) = (first.given.code_page, first.taken.code_page);
    let fault = format!("in code page {given}, for columns in code page {taken}: the data flow does not validate (0xC02020F4, 0xC02020DB)");
    let report = report(component, columns, &fault)?.discriminator("code page");
    Some(report.help("convert the columns to the code page of the table, or to DT_WSTR for columns of type nvarchar"))
}

fn report(component: &Component<'_>, columns: &[&Mapped<'_>], fault: &str) -> Option<Report> {
    let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
    let message = format!("`{}` gets {} {fault}", component.name.as_str(), listed(&names));
    Some(Report::new(&*component.path, columns.first()?.span, message).property("DataType"))
}
