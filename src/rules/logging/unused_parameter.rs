//! `unused-parameter`: a parameter that nothing mentions.

use crate::finding::Confidence;
use crate::finding::Severity::Info;
use crate::model::{Document, Parameter};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1308",
    name: "unused-parameter",
    category: Category::Logging,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "nothing mentions a parameter",
    page: include_str!("../../../rules/unused-parameter.md"),
    check: Check::Project(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    let mentions = scope.facts.mentions();
    let of_packages = scope.project.packages().flat_map(|(document, package)| package.parameters.iter().map(move |parameter| (document, parameter)));
    let complete = scope.project.complete && scope.project.all_read;
    let of_project = scope.project.parameters().filter(|_| complete);
    let unused = |(_, parameter): &(&Document<'_>, &Parameter<'_>)| !mentions.has(parameter.name.as_str());
    for (document, parameter) in of_packages.chain(of_project).filter(unused) {
        let message = format!("nothing in the project mentions the parameter `{}`", parameter.name.value);
        let report = Report::new(&*parameter.path, parameter.span, message).confidence(Confidence::Medium);
        sink.report_in(scope.project, document, report.help("delete it, or use it where its value is written by hand"));
    }
}
