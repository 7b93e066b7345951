//! `variable-type`: variables of types that their components cannot use.

use super::columns::{is_any, is_replaced};
use crate::analysis::references::Resolution;
use crate::finding::Severity::Error;
use crate::model::{Component, ExecutableId, Package, Text, Variable};
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1007",
    name: "variable-type",
    category: Category::DataFlow,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "a component gets a variable of a type that it cannot use, or none",
    page: include_str!("../../../rules/variable-type.md"),
    check: Check::Component(check),
};

/// What a component asks of the variable that one of its properties names.
struct Wanted {
    property: &'static str,
    types: &'static [u16],
    words: &'static str,
    code: &'static str,
}

const INTEGER: Wanted = Wanted { property: "VariableName", types: &[3, 19, 20, 21], words: "Int32, UInt32, Int64 or UInt64", code: "0xC02020EF" };
const OBJECT: Wanted = Wanted { property: "VariableName", types: &[13], words: "Object", code: "0xC020929C" };
const TABLE: Wanted = Wanted { property: "OpenRowsetVariable", types: &[8], words: "String", code: "0xC0204028" };
const STATEMENT: Wanted = Wanted { property: "SqlCommandVariable", types: &[8], words: "String", code: "0xC0204028" };

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, executable: ExecutableId, component: &Component<'_>, sink: &mut Sink<'_>) {
    let Some(wanted) = wanted(component) else { return };
    let Some(name) = component.properties.get(wanted.property) else { return };
    if !package.is_enabled(executable) || is_replaced(scope, package, executable, component, wanted.property) {
        return;
    }
    if name.is_blank() {
        sink.report_all(unset(component, &wanted));
        return;
    }
    let resolution = scope.facts.references(scope.index).map(|references| references.names.resolve(name.value.trim(), executable));
    if let Some(Resolution::Variable(variable)) = resolution
        && variable.data_type.is_some_and(|data_type| !wanted.types.contains(&data_type))
    {
        sink.report(report(component, &wanted, name, variable));
    }
}

fn wanted(component: &Component<'_>) -> Option<Wanted> {
    if component.is("RowCount") {
        return Some(INTEGER);
    }
    if component.is("RecordsetDestination") {
        return Some(OBJECT);
    }
    let (is_source, is_destination) = (is_any(component, &["OLEDBSource", "ExcelSource"]), is_any(component, &["OLEDBDestination", "ExcelDestination"]));
    match component.access_mode() {
        Some(1) if is_source || is_destination => Some(TABLE),
        Some(3) if is_source => Some(STATEMENT),
        Some(4) if is_destination => Some(TABLE),
        _ => None,
    }
}

/// Of a source or destination without a variable, `destination-table` speaks.
fn unset(component: &Component<'_>, wanted: &Wanted) -> Option<Report> {
    let code = if component.is("RowCount") { "0xC02020EE" } else { "0xC020207B" };
    let message = format!("`{}` has no variable to write to: the data flow does not validate ({code})", component.name.as_str());
    let report = Report::new(&*component.path, component.span, message).property(wanted.property).help("select a variable, or delete the component");
    (wanted.property == "VariableName").then_some(report)
}

fn report(component: &Component<'_>, wanted: &Wanted, name: &Text<'_>, variable: &Variable<'_>) -> Report {
    let message = format!(
        "`{}` uses `{}`, which is of type {} and must be {}: the data flow does not validate ({})",
        component.name.as_str(),
        variable.qualified_name(),
        variable.type_name(),
        wanted.words,
        wanted.code
    );
    Report::new(&*component.path, name.span, message)
        .property(wanted.property)
        .help("change the type of the variable, or select another")
        .mention(Mention::new(variable.path.as_str(), variable.span, "the variable"))
}
