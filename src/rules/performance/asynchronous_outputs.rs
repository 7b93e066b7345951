//! `asynchronous-outputs`: many transformations that copy rows.

use crate::finding::Confidence;
use crate::finding::Severity::Info;
use crate::model::{Component, ExecutableId, Package};
use crate::rules::words::listed;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1117",
    name: "asynchronous-outputs",
    category: Category::Performance,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "a data flow has many transformations that begin new buffers",
    page: include_str!("../../../rules/asynchronous-outputs.md"),
    check: Check::Executable(check),
};

/// From how many on the rule speaks.
const MANY: usize = 5;

fn check(_: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let task = package.executable(id);
    let Some(flow) = task.data_flow().filter(|_| package.is_enabled(id)) else { return };
    let names: Vec<&str> = flow.components.iter().filter(|component| copies_rows(component)).map(|component| component.name.as_str()).collect();
    if names.len() < MANY {
        return;
    }
    let message = format!(
        "`{}` has {} transformations with asynchronous outputs, which copy every row to new buffers: {}",
        task.name.as_str(),
        names.len(),
        listed(&names)
    );
    sink.report(
        Report::new(&*task.path, task.span, message)
            .confidence(Confidence::Medium)
            .help("join, sort, merge and aggregate in the sources, or split the data flow"),
    );
}

fn copies_rows(component: &Component<'_>) -> bool {
    !component.inputs.is_empty() && component.outputs.iter().any(|output| !output.is_error && output.synchronous_input().is_none())
}
