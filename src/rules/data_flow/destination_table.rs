//! `destination-table`: a source or destination that does not say what it opens.

use super::columns::is_replaced;
use crate::finding::Severity::Error;
use crate::model::{Component, ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1009",
    name: "destination-table",
    category: Category::DataFlow,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "a source or destination names no table, or has no statement",
    page: include_str!("../../../rules/destination-table.md"),
    check: Check::Component(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, executable: ExecutableId, component: &Component<'_>, sink: &mut Sink<'_>) {
    let Some(property) = needed(component) else { return };
    let is_blank = component.properties.get(property).is_some_and(|text| text.is_blank());
    if !is_blank
        || !package.is_enabled(executable)
        || is_replaced(scope, package, executable, component, property)
        || is_replaced(scope, package, executable, component, "AccessMode")
    {
        return;
    }
    let code = match (property, component.inputs.is_empty()) {
        ("SqlCommand", _) => " (0xC0202001)",
        ("OpenRowset" | "TableOrViewName", true) => " (0xC0202100)",
        ("OpenRowset" | "TableOrViewName", false) => " (0xC0202042)",
        _ => "",
    };
    let message = format!("`{}` has an empty {property}, which its access mode asks for: the data flow does not validate{code}", component.name.as_str());
    sink.report(
        Report::new(&*component.path, component.span, message).property(property).help("select the table, or write the statement, in the component's editor"),
    );
}

/// The property that says what a component opens, in the access mode that it has.
fn needed(component: &Component<'_>) -> Option<&'static str> {
    let is = |class| component.is(class);
    let mode = component.access_mode();
    if is("OLEDBSource") || is("ExcelSource") {
        return ["OpenRowset", "OpenRowsetVariable", "SqlCommand", "SqlCommandVariable"].get(usize::try_from(mode?).ok()?).copied();
    }
    if is("OLEDBDestination") || is("ExcelDestination") {
        return ["OpenRowset", "OpenRowsetVariable", "SqlCommand", "OpenRowset", "OpenRowsetVariable"].get(usize::try_from(mode?).ok()?).copied();
    }
    match (is("DataReaderSourceAdapter"), mode) {
        (true, Some(0)) => Some("TableOrViewName"),
        (true, Some(2)) => Some("SqlCommand"),
        _ => is("ADONETDestination").then_some("TableOrViewName"),
    }
}
