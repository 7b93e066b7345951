//! `ole-db-command-per-row`: a statement for every row.

use crate::finding::Confidence;
use crate::finding::Severity::Info;
use crate::model::{Component, ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1109",
    name: "ole-db-command-per-row",
    category: Category::Performance,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "an OLE DB Command runs its statement once for every row",
    page: include_str!("../../../rules/ole-db-command-per-row.md"),
    check: Check::Component(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, executable: ExecutableId, component: &Component<'_>, sink: &mut Sink<'_>) {
    if !component.is("OLEDBCommand") || !package.is_enabled(executable) {
        return;
    }
    let span = component.properties.get("SqlCommand").map_or(component.span, |text| text.span);
    let message = format!("`{}` runs its statement once for every row: a round trip and a transaction each", component.name.as_str());
    sink.report(
        Report::new(&*component.path, span, message)
            .property("SqlCommand")
            .confidence(Confidence::Medium)
            .help("write the rows to a staging table, and run one UPDATE, DELETE or MERGE over it in an Execute SQL Task"),
    );
}
