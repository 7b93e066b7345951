//! `project-file-unlisted`: a file beside the project that is not part of it.

use super::listing;
use crate::finding::Severity::Info;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};
use crate::span::Span;

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1205",
    name: "project-file-unlisted",
    category: Category::Project,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "a package beside the project is not part of it",
    page: include_str!("../../../rules/project-file-unlisted.md"),
    check: Check::Project(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    let Some((project, file)) = scope.project.file().filter(|(_, file)| !file.is_manifest) else { return };
    let folder = |path: &str| path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let home = folder(&project.file.file);
    for document in listing::unlisted(scope.project, file).filter(|document| folder(&document.file.file) == home) {
        let message = format!("`{}` lies beside the project, which does not list it: it is never deployed", document.file.name());
        let object = if document.package().is_some() { "Package" } else { "Project" };
        let span = document.package().map_or_else(Span::default, |package| package.root().span);
        sink.report_in(scope.project, document, Report::new(object, span, message).help("add it to the project, or delete it"));
    }
}
