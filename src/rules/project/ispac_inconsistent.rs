//! `ispac-inconsistent`: an archive whose manifest and members do not agree.

use super::listing;
use crate::finding::Severity::{Error, Warning};
use crate::model::{Document, Project, ProjectFile};
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink, Target};
use crate::span::Span;

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1203",
    name: "ispac-inconsistent",
    category: Category::Project,
    severity: Severities::none().on(Target::Ssisdb, Error).on(Target::AzureSsis, Error),
    set: RuleSet::Default,
    summary: "the manifest of an archive and its members do not agree",
    page: include_str!("../../../rules/ispac-inconsistent.md"),
    check: Check::Project(check),
};

const HELP: &str = "build the project again and deploy the new .ispac; do not change an archive by hand";

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    let Some((manifest, file)) = scope.project.file().filter(|(_, file)| file.is_manifest && scope.project.all_read) else { return };
    report_missing(scope.project, manifest, file, sink);
    for document in listing::unlisted(scope.project, file) {
        let message = format!("the manifest does not list `{}`: the catalog may refuse the archive (27203), or leave the file out", document.file.name());
        sink.report_in(scope.project, document, Report::new("", Span::default(), message).severity(RULE.severity.at_most(Warning)).help(HELP));
    }
    report_ids(scope.project, file, sink);
}

fn report_missing(project: &Project<'_>, manifest: &Document<'_>, file: &ProjectFile<'_>, sink: &mut Sink<'_>) {
    for name in listing::missing(project, file) {
        let message = format!("the manifest lists `{}`, which the archive does not hold: the deployment fails (27203)", name.value);
        sink.report_in(project, manifest, Report::new("Project", name.span, message).discriminator(name.as_str()).help(HELP));
    }
}

/// The manifest repeats the id of each package.
fn report_ids(project: &Project<'_>, file: &ProjectFile<'_>, sink: &mut Sink<'_>) {
    for (document, package, entry) in listing::listed(project, file) {
        let Some(known) = entry.id.as_ref().filter(|known| !package.id().is_empty() && !known.value.trim().eq_ignore_ascii_case(package.id().trim())) else {
            continue;
        };
        let message = "the manifest knows the package by another id: the package was changed or replaced after the project was built".to_owned();
        let report = Report::new("Package", package.root().span, message).property("DTSID").severity(RULE.severity.at_most(Warning)).help(HELP);
        let manifest = project.file_with_index().map(|(index, _)| Mention::new("Project", known.span, "the manifest has this id").in_document(index));
        sink.report_in(project, document, manifest.into_iter().fold(report, Report::mention));
    }
}
