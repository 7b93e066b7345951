//! `lineage-missing`: an input column whose lineage nothing upstream makes.

use super::columns::name_of;
use crate::analysis::lineage::Lineage;
use crate::finding::Severity::Error;
use crate::model::{Column, Component, ExecutableId, Package, Port};
use crate::rules::words::listed;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1001",
    name: "lineage-missing",
    category: Category::DataFlow,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "a component reads a column that nothing upstream of it produces",
    page: include_str!("../../../rules/lineage-missing.md"),
    check: Check::Component(check),
};

fn check(scope: &Scope<'_, '_>, _: &Package<'_>, executable: ExecutableId, component: &Component<'_>, sink: &mut Sink<'_>) {
    let Some(lineage) = scope.facts.lineage(scope.index, executable).filter(|lineage| lineage.is_sound()) else { return };
    for input in &component.inputs {
        let is_lost = |column: &&Column<'_>| lineage.reaches(&column.lineage, &input.id) == Some(false);
        let lost: Vec<&Column<'_>> = input.columns.iter().filter(is_lost).collect();
        if let Some(first) = lost.first() {
            sink.report(report(lineage, component, input, &lost, first));
        }
    }
}

fn report(lineage: &Lineage<'_, '_>, component: &Component<'_>, input: &Port<'_>, lost: &[&Column<'_>], first: &Column<'_>) -> Report {
    let names: Vec<&str> = lost.iter().map(|column| name_of(lineage, column)).collect();
    let elsewhere = match lineage.origin(&first.lineage) {
        Some(origin) => format!("`{}` makes `{}`, but no path brings it here", origin.component.name.as_str(), names.first().copied().unwrap_or_default()),
        None => "no component of the data flow makes it any more".to_owned(),
    };
    let message = format!(
        "`{}` reads {} at `{}`, and {elsewhere}: the data flow does not validate (0xC004701C, \"lineage ID … was not previously used in the Data Flow task\")",
        component.name.as_str(),
        listed(&names),
        input.name
    );
    Report::new(&*component.path, first.span, message)
        .property("LineageID")
        .discriminator(&*input.name)
        .help("open the component, let the editor map the columns again or delete the lost ones, and save")
}
