//! `column-type-mismatch`: text of the wrong kind for the column of a destination.

use super::columns::{is_any, listed, mapped, name_of, typed};
use crate::analysis::lineage::Lineage;
use crate::finding::Severity::Error;
use crate::model::{Column, Component, ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

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

fn check(scope: &Scope<'_, '_>, _: &Package<'_>, executable: ExecutableId, component: &Component<'_>, sink: &mut Sink<'_>) {
    if !is_any(component, &STRICT) {
        return;
    }
    let Some(lineage) = scope.facts.lineage(scope.index, executable) else { return };
    for input in component.inputs.iter().filter(|input| input.uses_external_columns) {
        let pairs: Vec<_> = mapped(input).into_iter().map(|(column, external)| (column, typed(lineage, column), external)).collect();
        let kinds: Vec<_> =
            pairs.iter().filter(|(_, typed, external)| is_unicode(typed).zip(is_unicode(external)).is_some_and(|(left, right)| left != right)).collect();
        let pages: Vec<_> = pairs.iter().filter(|(_, typed, external)| differs_in_code_page(component, typed, external)).collect();
        sink.reports.extend(kinds.first().map(|first| (sink.document, unicode(lineage, component, &kinds, first.2))));
        sink.reports.extend(pages.first().map(|first| (sink.document, code_page(lineage, component, &pages, first))));
    }
}

/// Whether a text is Unicode; none for what is no text.
fn is_unicode(column: &Column<'_>) -> Option<bool> {
    match &*column.data_type {
        "wstr" | "nText" => Some(true),
        "str" | "text" => Some(false),
        _ => None,
    }
}

/// Only the OLE DB destination has been seen to insist, unless it is told to use a code page of its own.
fn differs_in_code_page(component: &Component<'_>, typed: &Column<'_>, external: &Column<'_>) -> bool {
    let both = &*typed.data_type == "str" && &*external.data_type == "str" && typed.code_page != 0 && external.code_page != 0;
    both && typed.code_page != external.code_page && component.is("OLEDBDestination") && !component.properties.flag("AlwaysUseDefaultCodePage", false)
}

type Mapped<'c> = (&'c Column<'c>, &'c Column<'c>, &'c Column<'c>);

fn names<'c>(lineage: &'c Lineage<'_, '_>, pairs: &[&Mapped<'c>]) -> String {
    listed(&pairs.iter().map(|(column, ..)| name_of(lineage, column)).collect::<Vec<_>>())
}

fn unicode(lineage: &Lineage<'_, '_>, component: &Component<'_>, pairs: &[&Mapped<'_>], external: &Column<'_>) -> Report {
    let (from, to) = if is_unicode(external) == Some(true) { ("not Unicode", "Unicode") } else { ("Unicode", "not Unicode") };
    let message = format!(
        "`{}` gets {} as text that is {from}, for columns that are {to}: the data flow does not validate (0xC02020F6, \"cannot convert between unicode and non-unicode string data types\")",
        component.name.as_str(),
        names(lineage, pairs)
    );
    report(component, pairs, message, "unicode").help("convert the columns with a Data Conversion, or a cast in the source, and map the converted ones")
}

fn code_page(lineage: &Lineage<'_, '_>, component: &Component<'_>, pairs: &[&Mapped<'_>], first: &Mapped<'_>) -> Report {
    let message = format!(
        "`{}` gets {} in code page {}, for columns in code page {}: the data flow does not validate (0xC02020F4, 0xC02020DB)",
        component.name.as_str(),
        names(lineage, pairs),
        first.1.code_page,
        first.2.code_page
    );
    report(component, pairs, message, "code page").help("convert the columns to the code page of the table, or to DT_WSTR for columns of type nvarchar")
}

fn report(component: &Component<'_>, pairs: &[&Mapped<'_>], message: String, kind: &str) -> Report {
    let span = pairs.first().map_or(component.span, |(column, ..)| column.span);
    Report::new(&*component.path, span, message).property("DataType").discriminator(kind)
}
