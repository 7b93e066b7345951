//! `child-parameter-contract`: a caller passes what the child does not take.

use crate::analysis::calls::Call;
use crate::analysis::references::Resolution;
use crate::finding::Confidence;
use crate::finding::Severity::{Error, Warning};
use crate::model::{EncryptionScope, Package, ParameterAssignment};
use crate::rules::{Category, Check, OBJECT, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0406",
    name: "child-parameter-contract",
    category: Category::Configuration,
    severity: Severities::none().on(Target::Ssisdb, Error).on(Target::AzureSsis, Error),
    set: RuleSet::Default,
    summary: "an Execute Package Task passes a value that the child package does not take",
    page: include_str!("../../../rules/child-parameter-contract.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    for call in scope.facts.calls().of_document(scope.index) {
        for assignment in &call.settings.assignments {
            if let Some(report) = fault(scope, package, call, assignment) {
                sink.report(report.property("ParameterAssignment").discriminator(&*assignment.parameter.value));
            }
        }
    }
}

fn fault(scope: &Scope<'_, '_>, package: &Package<'_>, call: &Call<'_, '_>, assignment: &ParameterAssignment<'_>) -> Option<Report> {
    let task = package.executable(call.task);
    let name = assignment.parameter.value.trim();
    let report = |message: String| Report::new(&*task.path, assignment.parameter.span, message);
    if !call.settings.use_project_reference {
        let message =
            format!("the value for the parameter `{name}` goes nowhere: only a child of the same project takes parameters, and this reference is external");
        return Some(report(message).severity(RULE.severity.at_most(Warning)).help("use a project reference, or remove the assignment"));
    }
    let child = call.child_package(scope.project).filter(|child| !matches!(child.encryption, EncryptionScope::Whole(_)))?;
    let Some(parameter) = call.child.and_then(|child| scope.facts.parameters(child, name).first()) else {
        let message = format!("`{}` has no parameter `{name}`: the task does not validate (0xC00220FE, 0xC0012050)", child.name().value);
        return Some(report(message).help("remove the assignment, or add the parameter to the child package"));
    };
    let source = scope.facts.references(scope.index)?.names.resolve(&assignment.source.value, call.task);
    let is_object = matches!(source, Resolution::Variable(variable) if variable.data_type == Some(OBJECT));
    (is_object && parameter.data_type.is_some_and(|data_type| data_type != OBJECT)).then(|| {
        let message =
            format!("`{}` is an Object and the parameter `{name}` a {}: not every object can be converted", assignment.source.value, parameter.type_name());
        report(message).severity(RULE.severity.at_most(Warning)).confidence(Confidence::Medium).help("pass a variable of the parameter's type")
    })
}
