//! `default-names`: names that say nothing.

use crate::finding::Severity::Info;
use crate::model::Package;
use crate::rules::words::listed_up_to;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1309",
    name: "default-names",
    category: Category::Logging,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "objects have the names that the designer gave them",
    page: include_str!("../../../rules/default-names.md"),
    check: Check::Package(check),
};

/// What the designer calls new objects.
const GIVEN: [&str; 22] = [
    "Data Flow Task",
    "Execute SQL Task",
    "Script Task",
    "Execute Process Task",
    "Execute Package Task",
    "File System Task",
    "FTP Task",
    "Send Mail Task",
    "Expression Task",
    "Bulk Insert Task",
    "Sequence Container",
    "Foreach Loop Container",
    "For Loop Container",
    "OLE DB Source",
    "OLE DB Destination",
    "Flat File Source",
    "Flat File Destination",
    "Excel Source",
    "Excel Destination",
    "Derived Column",
    "Conditional Split",
    "Script Component",
];

fn check(_: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let executables = package.executables.iter().map(|executable| (&executable.name, &*executable.path, executable.span));
    let flows = package.executables.iter().filter_map(|executable| executable.data_flow());
    let components = flows.flat_map(|flow| &flow.components).map(|component| (&component.name, &*component.path, component.span));
    let named: Vec<_> = executables.chain(components).filter(|(name, ..)| is_given(name.as_str())).collect();
    let Some((_, path, span)) = named.first() else { return };
    let names: Vec<_> = named.iter().map(|(name, ..)| name.as_str()).collect();
    let message = format!("{}, as the designer calls it: in a log nobody knows which step that was", listed_up_to(1, &names));
    sink.report(Report::new(*path, *span, message).property("Name").help("name each step after what it does"));
}

/// Whether it is one of those names, numbered or not.
fn is_given(name: &str) -> bool {
    let stem = name.trim_end_matches(|character: char| character.is_ascii_digit()).trim_end();
    GIVEN.contains(&stem)
}
