//! `adonet-time-types`: date and time types through ADO.NET.

use crate::finding::Confidence;
use crate::finding::Severity::Warning;
use crate::model::{Column, Component, ExecutableId, Package};
use crate::rules::words::listed;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1015",
    name: "adonet-time-types",
    category: Category::DataFlow,
    severity: Severities::new(Warning),
    set: RuleSet::Pedantic,
    summary: "an ADO.NET source reads date and time types that the connection manager does not carry in full",
    page: include_str!("../../../rules/adonet-time-types.md"),
    check: Check::Component(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, executable: ExecutableId, component: &Component<'_>, sink: &mut Sink<'_>) {
    if !component.is("DataReaderSourceAdapter") || !package.is_enabled(executable) {
        return;
    }
    let columns: Vec<&Column<'_>> = component.outputs.iter().flat_map(|output| &output.external_columns).filter(|column| is_fine_time(column)).collect();
    let Some(first) = columns.first() else { return };
    let names: Vec<&str> = columns.iter().map(|column| &*column.name).collect();
    let message = format!(
        "`{}` reads {}: an ADO.NET connection manager cuts the fraction of a datetime2, and fails on time and datetimeoffset",
        component.name.as_str(),
        listed(&names)
    );
    sink.report(
        Report::new(&*component.path, first.span, message)
            .property("DataType")
            .confidence(Confidence::Medium)
            .help("read them with an OLE DB source, or cast them to datetime or varchar in the statement"),
    );
}

fn is_fine_time(column: &Column<'_>) -> bool {
    matches!(&*column.data_type, "dbTime" | "dbTime2" | "dbTimeStamp2" | "dbTimeStampOffset")
}
