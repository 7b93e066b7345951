//! `errors-ignored`: errors that nobody will see.

use super::columns::dispositions;
use crate::finding::Confidence;
use crate::finding::Severity::Warning;
use crate::model::{Column, Component, ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1019",
    name: "errors-ignored",
    category: Category::DataFlow,
    severity: Severities::new(Warning),
    set: RuleSet::Pedantic,
    summary: "errors or truncations are ignored: values are lost without a word",
    page: include_str!("../../../rules/errors-ignored.md"),
    check: Check::Component(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, executable: ExecutableId, component: &Component<'_>, sink: &mut Sink<'_>) {
    let count = dispositions(component).filter(|disposition| *disposition == "IgnoreFailure").count();
    if count == 0 || !package.is_enabled(executable) {
        return;
    }
    let settings = if count == 1 { "one setting".to_owned() } else { format!("{count} settings") };
    let message = format!("`{}` ignores errors in {settings}: {}, and nothing says so", component.name.as_str(), consequence(component));
    sink.report(
        Report::new(&*component.path, component.span, message)
            .property("ErrorRowDisposition")
            .confidence(Confidence::Medium)
            .help("redirect the rows to the error output and keep them, or let the component fail"),
    );
}

fn consequence(component: &Component<'_>) -> &'static str {
    if component.is("Lookup") {
        "rows without a match go on with NULL in the looked-up columns"
    } else if component.outputs.iter().all(|output| output.is_error) {
        "rows that it cannot write are lost"
    } else if component.inputs.iter().chain(&component.outputs).all(|port| port.columns.iter().all(|column| !ignores(column))) {
        "what fails in a row is passed over"
    } else {
        "a value that cannot be converted becomes NULL, and one that is too long is cut"
    }
}

fn ignores(column: &Column<'_>) -> bool {
    [&column.error_disposition, &column.truncation_disposition].iter().any(|disposition| **disposition == "IgnoreFailure")
}
