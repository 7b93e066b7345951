//! `required-parameter`: a value that somebody must supply before the package runs.

use std::cell::LazyCell;

use foldhash::HashSet;

use crate::analysis::calls::Call;
use crate::finding::Severity::{Error, Warning};
use crate::model::{DocumentKind, Parameter};
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0405",
    name: "required-parameter",
    category: Category::Configuration,
    severity: Severities::none().on(Target::Ssisdb, Warning).on(Target::AzureSsis, Warning),
    set: RuleSet::Default,
    summary: "a required parameter has no value until somebody sets one on the server",
    page: include_str!("../../../rules/required-parameter.md"),
    check: Check::Document(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    for call in scope.facts.calls().of_document(scope.index) {
        check_call(scope, call, sink);
    }
    let parameters: &[Parameter<'_>] = match &scope.document.kind {
        DocumentKind::Package(package) => &package.parameters,
        DocumentKind::Parameters(parameters) => parameters,
        _ => return,
    };
    let is_called = scope.facts.calls().of_child(scope.index).next().is_some();
    // What a caller leaves open is said on the call.
    let required: Vec<_> = parameters.iter().filter(|parameter| parameter.required && !is_called).collect();
    if let Some(first) = required.first() {
        sink.report(checklist(first, &required));
    }
}

/// One finding for all: a line of the checklist for deployment.
fn checklist(first: &Parameter<'_>, required: &[&Parameter<'_>]) -> Report {
    let names: Vec<_> = required.iter().map(|parameter| format!("`{}`", parameter.name.value)).collect();
    let (what, have) = if names.len() == 1 { ("parameter", "has") } else { ("parameters", "have") };
    let message = format!(
        "the required {what} {} {have} no value on the server until one is set; the value from design time is never used, and the execution is refused (27184)",
        names.join(", ")
    );
    let report = Report::new(&first.path, first.span, message)
        .property("Required")
        .help("set a value in the catalog, in an environment or in the job step, or make the parameter optional");
    required.iter().skip(1).fold(report, |report, parameter| report.mention(Mention::new(&parameter.path, parameter.span, "is required too")))
}

fn check_call(scope: &Scope<'_, '_>, call: &Call<'_, '_>, sink: &mut Sink<'_>) {
    let Some((caller, child)) = scope.document.package().zip(call.child_package(scope.project)).filter(|_| call.settings.use_project_reference) else { return };
    let task = caller.executable(call.task);
    let given = LazyCell::new(|| call.settings.assignments.iter().map(|one| one.parameter.value.trim().to_ascii_lowercase()).collect::<HashSet<_>>());
    for parameter in child.parameters.iter().filter(|parameter| parameter.required) {
        let name = &parameter.name.value;
        if given.contains(&name.to_ascii_lowercase()) {
            continue;
        }
        let message =
            format!("`{}` calls `{}` without a value for its required parameter `{name}`: the child does not run", task.name.value, child.name().value);
        let mention = Mention::new(&parameter.path, parameter.span, "is required here").in_document(call.child.unwrap_or(scope.index));
        sink.report(
            Report::new(&*task.path, task.span, message)
                .property("ParameterAssignment")
                .severity(Severities::none().on(Target::Ssisdb, Error).on(Target::AzureSsis, Error))
                .help("assign a variable or parameter of the caller to it on the page Parameter bindings of the task")
                .mention(mention)
                .discriminator(name.as_ref()),
        );
    }
}
