//! `lookup-cache-case`: string keys compared by the engine, not by the server.

use crate::finding::Confidence;
use crate::finding::Severity::Info;
use crate::model::{Component, ExecutableId, Package};
use crate::rules::data_flow::columns::{name_of, typed};
use crate::rules::data_flow::lookup_join_type::join_columns;
use crate::rules::words::listed;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1105",
    name: "lookup-cache-case",
    category: Category::Performance,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "a Lookup with a full cache compares strings by letter case",
    page: include_str!("../../../rules/lookup-cache-case.md"),
    check: Check::Component(check),
};

fn check(scope: &Scope<'_, '_>, _: &Package<'_>, executable: ExecutableId, component: &Component<'_>, sink: &mut Sink<'_>) {
    if !component.is("Lookup") || component.properties.number("CacheType") != Some(0) {
        return;
    }
    if folds_case(component) {
        return;
    }
    let Some(lineage) = scope.facts.lineage(scope.index, executable) else { return };
    let texts = join_columns(component).filter(|column| matches!(&*typed(lineage, column).data_type, "str" | "wstr"));
    let names: Vec<&str> = texts.map(|column| name_of(lineage, column)).collect();
    if names.is_empty() {
        return;
    }
    let message = format!(
        "`{}` joins on {} with a full cache: it compares them by letter case and width, whatever the collation of the table, so `abc` does not find `ABC`",
        component.name.as_str(),
        listed(&names)
    );
    sink.report(
        Report::new(&*component.path, component.span, message)
            .property("CacheType")
            .confidence(Confidence::Low)
            .help("convert both sides to upper case, or be sure that they are written alike"),
    );
}

/// Who writes the reference rows in one letter case knows of it.
fn folds_case(component: &Component<'_>) -> bool {
    let statement = component.properties.text("SqlCommand").to_ascii_lowercase();
    ["upper(", "lower("].iter().any(|call| statement.contains(call))
}
