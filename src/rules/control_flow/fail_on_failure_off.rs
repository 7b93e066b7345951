//! `fail-on-failure-off`: a failure that an event handler swallows.

use crate::finding::Severity::Info;
use crate::model::{Executable, ExecutableId, ExecutableKind, Package, flag};
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0925",
    name: "fail-on-failure-off",
    category: Category::ControlFlow,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "an OnError handler keeps a failure from the package",
    page: include_str!("../../../rules/fail-on-failure-off.md"),
    check: Check::Executable(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let executable = package.executable(id);
    let fails_others =
        ["FailPackageOnFailure", "FailParentOnFailure"].iter().any(|name| executable.properties.flag(name, false) || executable.expression(name).is_some());
    if id == ExecutableId::PACKAGE || fails_others || !package.is_enabled(id) {
        return;
    }
    let handlers = executable.event_handlers.iter().map(|handler| package.executable(*handler));
    if let Some(handler) = handlers.into_iter().find(|handler| stops_errors(handler)) {
        let message = format!(
            "errors of `{}` go no further (Propagate is False), and its failure fails nothing else: the package may succeed without it",
            executable.name.value
        );
        let report = Report::new(&*executable.path, executable.span, message).property("FailParentOnFailure");
        let report = report.mention(Mention::new(&*handler.path, handler.span, "keeps the errors from the containers above"));
        sink.report(report.help("set FailParentOnFailure or FailPackageOnFailure where the rest must not go on"));
    }
}

/// Whether it is an OnError handler that does not propagate.
fn stops_errors(handler: &Executable<'_>) -> bool {
    let propagate = handler.variables.iter().find(|variable| variable.name.value == "Propagate" && !variable.evaluate_as_expression);
    let off = propagate.and_then(|variable| variable.value.as_ref()).and_then(|value| flag(value.as_str())) == Some(false);
    handler.kind == ExecutableKind::EventHandler && handler.name.value == "OnError" && off
}
