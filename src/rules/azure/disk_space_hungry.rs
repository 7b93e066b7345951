//! `disk-space-hungry`: data flows that hold many rows at once.

use crate::finding::Confidence;
use crate::finding::Severity::Info;
use crate::model::{Component, DataFlow, ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0715",
    name: "disk-space-hungry",
    category: Category::Azure,
    severity: Severities::none().on(Target::AzureSsis, Info),
    set: RuleSet::Pedantic,
    summary: "a data flow with large buffers holds all rows, and spools to the small disk of a node",
    page: include_str!("../../../rules/disk-space-hungry.md"),
    check: Check::Executable(check),
};

/// Ten times the default of `DefaultBufferSize`.
const LARGE: i64 = 100 * 1024 * 1024;

fn check(_: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let executable = package.executable(id);
    let Some(flow) = executable.data_flow().filter(|flow| has_large_buffers(flow)) else { return };
    let Some(holder) = flow.components.iter().find(|component| holds_all_rows(component)).filter(|_| package.is_enabled(id)) else { return };
    let message = format!(
        "its buffers are of 100 MB or more and `{}` holds all rows: what does not fit in memory is spooled to the temporary disk of the node, which may fill up (\"There is not enough \
         space on the disk\")",
        holder.name.value
    );
    sink.report(
        Report::new(&*executable.path, executable.span, message)
            .property("DefaultBufferSize")
            .confidence(Confidence::Low)
            .help("sort, join and aggregate in the database, or choose larger nodes"),
    );
}

fn has_large_buffers(flow: &DataFlow<'_>) -> bool {
    flow.properties.number("defaultBufferSize").is_some_and(|size| size >= LARGE)
}

/// A Lookup does so with its full cache, which is number 0 and the default.
fn holds_all_rows(component: &Component<'_>) -> bool {
    component.is("Sort") || component.is("Aggregate") || (component.is("Lookup") && component.properties.number("CacheType").unwrap_or(0) == 0)
}
