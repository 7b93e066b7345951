//! `sensitive-parameter-mapping`: a sensitive value is passed to a parameter that is not sensitive.

use crate::analysis::references::Resolution;
use crate::finding::Severity::Error;
use crate::model::Package;
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0109",
    name: "sensitive-parameter-mapping",
    category: Category::Protection,
    severity: Severities::none().on(Target::Ssisdb, Error).on(Target::AzureSsis, Error),
    set: RuleSet::Default,
    summary: "a sensitive parameter is passed to a child's parameter that is not sensitive",
    page: include_str!("../../../rules/sensitive-parameter-mapping.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let Some(references) = scope.facts.references(scope.index) else { return };
    for call in scope.facts.calls().of_document(scope.index).iter().filter(|call| call.settings.use_project_reference) {
        let Some((index, child)) = call.child.zip(call.child_package(scope.project)) else { continue };
        let task = package.executable(call.task);
        for assignment in &call.settings.assignments {
            let source = references.names.resolve(&assignment.source.value, call.task);
            let name = assignment.parameter.value.trim();
            let taker = scope.facts.parameters(index, name).iter().find(|parameter| parameter.name.value == name);
            let (Resolution::Parameter(given), Some(taker)) = (source, taker) else { continue };
            if given.sensitive && !taker.sensitive {
                let message = format!(
                    "the sensitive parameter `{}` is passed to `{}` of `{}`, which is not sensitive: the child package fails to run",
                    given.name.value,
                    taker.name.value,
                    child.name().value
                );
                let mention = Mention::new(&taker.path, taker.span, "is not sensitive").in_document(index);
                sink.report(
                    Report::new(&*task.path, assignment.source.span, message)
                        .property("ParameterAssignment")
                        .discriminator(&*taker.name.value)
                        .mention(mention)
                        .help("mark the child's parameter as sensitive too"),
                );
            }
        }
    }
}
