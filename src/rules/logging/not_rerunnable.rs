//! `not-rerunnable`: a load that cannot be repeated.

use foldhash::HashSet;

use crate::analysis::mentions::words;
use crate::finding::Confidence;
use crate::finding::Severity::Info;
use crate::model::{Component, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1306",
    name: "not-rerunnable",
    category: Category::Logging,
    severity: Severities::none().on(Target::AzureSsis, Info),
    set: RuleSet::Pedantic,
    summary: "a table is appended to and nothing in the package empties it",
    page: include_str!("../../../rules/not-rerunnable.md"),
    check: Check::Package(check),
};

/// Statements that make room, or that may do anything.
const CLEANING: [&str; 6] = ["TRUNCATE", "DELETE", "MERGE", "DROP", "EXEC", "EXECUTE"];

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let flows = package.executables().filter(|(id, _)| package.is_enabled(*id)).filter_map(|(_, executable)| executable.data_flow());
    let components = flows.flat_map(|flow| &flow.components);
    let appended: Vec<_> = components.filter_map(|component| Some((component, appended_table(component)?))).collect();
    if appended.is_empty() {
        return;
    }
    let mut cleaned: HashSet<String> = HashSet::default();
    for statement in scope.facts.statements(scope.index).iter().filter(|statement| !statement.is_table) {
        let upper = statement.text.to_uppercase();
        if statement.is_snapshot || words(&upper).any(|word| matches!(word, "EXEC" | "EXECUTE")) {
            return;
        }
        if words(&upper).any(|word| CLEANING.contains(&word)) {
            cleaned.extend(words(&upper).map(str::to_owned));
        }
    }
    for (component, table) in appended.into_iter().filter(|(_, table)| !cleaned.contains(&table.to_uppercase())) {
        let message = format!("nothing in the package empties `{table}` before it is loaded: a retry loads the rows a second time");
        let report = Report::new(&*component.path, component.span, message).property("OpenRowset").confidence(Confidence::Low);
        sink.report(report.help("delete or merge by key, so that a run can be repeated"));
    }
}

/// Parts of names of tables that are there to grow, in upper case.
const GROWING: [&str; 5] = ["ARCHIVE", "HISTORY", "AUDIT", "LOG", "ERROR"];

/// The bare name of the table that an OLE DB destination loads.
fn appended_table<'c>(component: &'c Component<'_>) -> Option<&'c str> {
    let literal = component.is("OLEDBDestination") && matches!(component.access_mode(), Some(0 | 3));
    let table = words(component.properties.text("OpenRowset")).last().filter(|_| literal)?;
    let upper = table.to_uppercase();
    (!GROWING.iter().any(|part| upper.contains(part))).then_some(table)
}
