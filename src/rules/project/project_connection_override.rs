//! `project-connection-override`: a connection of the package in place of that of the project.

use crate::finding::Confidence;
use crate::finding::Severity::Warning;
use crate::model::Package;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1211",
    name: "project-connection-override",
    category: Category::Project,
    severity: Severities::new(Warning),
    set: RuleSet::Pedantic,
    summary: "a package has a connection of the same name as its project",
    page: include_str!("../../../rules/project-connection-override.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    if package.connections.is_empty() || scope.project.listed(scope.document.file.name()).is_none() {
        return;
    }
    for (_, shared) in scope.project.connections() {
        if let Some(own) = package.connections.iter().find(|manager| manager.name.value == shared.name.value) {
            let message = format!(
                "the package has a connection `{}` of its own beside that of the project: what is changed in the one does not change the other",
                own.name.value
            );
            let report = Report::new(&*own.path, own.span, message).confidence(Confidence::Medium);
            sink.report(report.help("delete the connection of the package, or rename it"));
        }
    }
}
