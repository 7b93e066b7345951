//! `max-error-count`: errors that do not count.

use super::task;
use crate::finding::Severity::Warning;
use crate::model::{ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0918",
    name: "max-error-count",
    category: Category::ControlFlow,
    severity: Severities::new(Warning),
    set: RuleSet::Pedantic,
    summary: "an executable tolerates errors",
    page: include_str!("../../../rules/max-error-count.md"),
    check: Check::Executable(check),
};

/// Nobody counts on so many errors: it means all of them.
const MANY: i64 = 100;

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let executable = package.executable(id);
    let Some(text) = executable.properties.get("MaxErrorCount").filter(|_| package.is_enabled(id)) else { return };
    let Some(count) = executable.properties.number("MaxErrorCount").filter(|count| *count == 0 || *count >= MANY) else { return };
    if !task::is_replaced(scope, package, id, "MaximumErrorCount") {
        let limit = if count == 0 { "any number of".to_owned() } else { format!("up to {}", count - 1) };
        let message = format!("`{}` counts as successful with {limit} errors: a failure may go unnoticed", executable.name.value);
        sink.report(
            Report::new(&*executable.path, text.span, message)
                .property("MaximumErrorCount")
                .help("set it to 1, and handle the errors that may happen where they happen"),
        );
    }
}
