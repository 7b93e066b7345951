//! `external-metadata-mapping`: input columns of a destination with a mapping that does not hold.

use foldhash::HashSet;

use super::columns::{is_any, name_of};
use crate::analysis::lineage::Lineage;
use crate::finding::Severity::Error;
use crate::model::{Column, Component, ExecutableId, Package, Port};
use crate::rules::words::listed;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1010",
    name: "external-metadata-mapping",
    category: Category::DataFlow,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "an input column of a destination is mapped to no column of the outside, or two to one",
    page: include_str!("../../../rules/external-metadata-mapping.md"),
    check: Check::Component(check),
};

/// Destinations that map every input column. Others leave columns out, or use the outside's for something else.
const MAPPING: [&str; 5] = ["OLEDBDestination", "SQLServerDestination", "ExcelDestination", "FlatFileDestination", "ADONETDestination"];

fn check(scope: &Scope<'_, '_>, _: &Package<'_>, executable: ExecutableId, component: &Component<'_>, sink: &mut Sink<'_>) {
    if !is_any(component, &MAPPING) {
        return;
    }
    let Some(lineage) = scope.facts.lineage(scope.index, executable) else { return };
    for input in component.inputs.iter().filter(|input| input.uses_external_columns) {
        for (columns, fault) in faults(input) {
            sink.report_all(report(lineage, component, &columns, fault));
        }
    }
}

/// Columns by what is wrong with their mapping.
fn faults<'p, 'a>(input: &'p Port<'a>) -> [(Vec<&'p Column<'a>>, (&'static str, &'static str)); 3] {
    let known: HashSet<&str> = input.external_columns.iter().map(|column| &*column.id).collect();
    let (mut unmapped, mut lost, mut shared) = (Vec::new(), Vec::new(), Vec::new());
    let mut taken: HashSet<&str> = HashSet::default();
    for column in &input.columns {
        match &*column.external {
            "" | "0" => unmapped.push(column),
            external if !known.contains(external) => lost.push(column),
            external if !taken.insert(external) => shared.push(column),
            _ => {}
        }
    }
    [
        (unmapped, ("to no column of the destination", "0xC02020DC")),
        (lost, ("to a column of the destination that its metadata does not list", "0xC02020DD")),
        (shared, ("to a column of the destination that another one is mapped to", "0xC0208383")),
    ]
}

fn report(lineage: &Lineage<'_, '_>, component: &Component<'_>, columns: &[&Column<'_>], (fault, code): (&str, &str)) -> Option<Report> {
    let first = columns.first()?;
    let names: Vec<&str> = columns.iter().map(|column| name_of(lineage, column)).collect();
    let message = format!("`{}` has {} mapped {fault}: the data flow does not validate ({code})", component.name.as_str(), listed(&names));
    let report = Report::new(&*component.path, first.span, message).property("ExternalMetadataColumnID").discriminator(code);
    Some(report.help("open the mappings of the component, map the column to one of its own or to <ignore>, and save"))
}
