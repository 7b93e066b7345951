//! `excel-mixed-types`: cells that become NULL.

use super::excel_destination_import_mode::is_import_mode;
use crate::analysis::connections::User;
use crate::analysis::excel;
use crate::finding::Confidence;
use crate::finding::Severity::Info;
use crate::model::{ConnectionManager, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0507",
    name: "excel-mixed-types",
    category: Category::Excel,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "an Excel source reads columns of mixed types without IMEX=1",
    page: include_str!("../../../rules/excel-mixed-types.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, _: &Package<'_>, sink: &mut Sink<'_>) {
    let connections = scope.facts.connections();
    for reference in connections.of_document(scope.index).iter().filter(|reference| reference.enabled) {
        let User::Component(_, component) = reference.user else { continue };
        let Some((_, manager)) = connections.manager(reference.resolution).filter(|_| component.is("ExcelSource")) else { continue };
        if !guesses_types(manager) {
            continue;
        }
        let message = format!(
            "`{}` reads through `{}` without IMEX=1: the driver takes the type of most of the first rows for a column, and cells of another type become NULL",
            component.name.as_str(),
            manager.name.as_str()
        );
        sink.report(
            Report::new(&*component.path, component.span, message)
                .property("ConnectionString")
                .confidence(Confidence::Medium)
                .help("add IMEX=1 to the extended properties, and raise TypeGuessRows on the server if the first eight rows do not show the mixture"),
        );
    }
}

/// Whether the string says nothing of `IMEX=1`; one that an expression makes is not looked at.
fn guesses_types(manager: &ConnectionManager<'_>) -> bool {
    excel::opens_workbook(manager) && manager.expression("ConnectionString").is_none() && !is_import_mode(manager)
}
