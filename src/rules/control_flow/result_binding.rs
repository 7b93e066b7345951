//! `result-binding`: results that do not fit what they are bound to.

use super::task;
use crate::finding::Severity::Error;
use crate::model::{ExecutableId, ExecuteSql, Package, ResultBinding, Task};
use crate::rules::{Category, Check, OBJECT, Report, Rule, RuleSet, Scope, Severities, Sink};
use crate::span::Span;

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0915",
    name: "result-binding",
    category: Category::ControlFlow,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "the result set of a statement does not fit its bindings",
    page: include_str!("../../../rules/result-binding.md"),
    check: Check::Executable(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let executable = package.executable(id);
    let Task::ExecuteSql(sql) = &executable.task else { return };
    if !package.is_enabled(id) || task::is_replaced(scope, package, id, "ResultSetType") {
        return;
    }
    let kind = sql.result_type.trim_start_matches("ResultSetType_");
    if let Some(message) = wrong_number(sql, kind) {
        let span = sql.results.first().map_or(executable.span, |binding| binding.name.span);
        sink.report(
            Report::new(&*executable.path, span, message).property("ResultSetType").help("bind the result, or choose the result set that the statement has"),
        );
    }
    for binding in &sql.results {
        if let Some((span, message)) = misfit(scope, id, kind, binding) {
            let report = Report::new(&*executable.path, span, message).property("ResultBinding").discriminator(binding.variable.as_str());
            sink.report(report.help("bind result 0 of a full result set to an Object variable"));
        }
    }
}

/// What is wrong with how many results are bound.
fn wrong_number(sql: &ExecuteSql<'_>, kind: &str) -> Option<String> {
    let bound = sql.results.len();
    let (wrong, what) = match kind {
        "SingleRow" => (bound == 0, "a single row"),
        "Rowset" => (bound != 1, "a full result set"),
        "XML" => (bound != 1, "XML"),
        _ => (false, ""),
    };
    wrong.then(|| format!("the task expects {what} and binds {bound} results: it fails (0xC00291E2)"))
}

fn misfit(scope: &Scope<'_, '_>, id: ExecutableId, kind: &str, binding: &ResultBinding<'_>) -> Option<(Span, String)> {
    let whole = matches!(kind, "Rowset" | "XML");
    if whole && binding.name.value.trim() != "0" {
        let message =
            format!("the result is called `{}`, and that of a full result set or XML must be called 0: the task fails (0xC00291E3)", binding.name.value);
        return Some((binding.name.span, message));
    }
    let variable = task::variable(scope, id, binding.variable.value.trim()).filter(|_| kind == "Rowset")?;
    variable.data_type.filter(|data_type| *data_type != OBJECT).map(|_| {
        let name = variable.qualified_name();
        let message = format!("`{name}` is of type {} and cannot take a full result set: the task fails (0xC002F309)", variable.type_name());
        (binding.variable.span, message)
    })
}
