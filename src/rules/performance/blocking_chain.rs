//! `blocking-chain`: many components that hold all rows.

use crate::finding::Confidence;
use crate::finding::Severity::Info;
use crate::model::{ExecutableId, Package};
use crate::rules::data_flow::columns::is_any;
use crate::rules::words::listed;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1111",
    name: "blocking-chain",
    category: Category::Performance,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "a data flow has three or more components that hold all rows",
    page: include_str!("../../../rules/blocking-chain.md"),
    check: Check::Executable(check),
};

const BLOCKING: [&str; 5] = ["Sort", "Aggregate", "FuzzyLookup", "FuzzyGrouping", "TermExtraction"];

fn check(_: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let task = package.executable(id);
    let Some(flow) = task.data_flow().filter(|_| package.is_enabled(id)) else { return };
    let names: Vec<&str> = flow.components.iter().filter(|component| is_any(component, &BLOCKING)).map(|component| component.name.as_str()).collect();
    if names.len() < 3 {
        return;
    }
    let message = format!("`{}` has {} components that hold all rows before they pass on the first: {}", task.name.as_str(), names.len(), listed(&names));
    sink.report(
        Report::new(&*task.path, task.span, message)
            .confidence(Confidence::Medium)
            .help("sort and aggregate in the source, or stage the rows and split the data flow"),
    );
}
