//! `project-file-missing`: a file that the project lists and that is not there.

use super::listing;
use crate::finding::Confidence;
use crate::finding::Severity::{Error, Warning};
use crate::rules::words::listed;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1204",
    name: "project-file-missing",
    category: Category::Project,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "the project lists a file that does not exist",
    page: include_str!("../../../rules/project-file-missing.md"),
    check: Check::Project(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    let Some((document, file)) = scope.project.file().filter(|(_, file)| !file.is_manifest) else { return };
    let missing = listing::missing(scope.project, file);
    let Some(first) = missing.first() else { return };
    let names: Vec<_> = missing.iter().map(|name| name.value.trim()).collect();
    // A package holds a copy of its parts, and is built with it.
    let only_parts = missing.iter().all(|name| name.value.trim().to_ascii_lowercase().ends_with(".dtsxp"));
    let outcome = if only_parts { "packages keep the copies that they have of these parts" } else { "cannot be built" };
    let message = format!("the project lists what is not there, and {outcome}: {}", listed(&names));
    let report = Report::new("Project", first.span, message).help("restore the files from source control, or exclude them from the project");
    // Where most is missing, somebody has taken out only a part.
    let partial = missing.len() * 2 > file.packages.len() + file.connection_managers.len() + file.parts.len();
    let report = if partial || only_parts { report.severity(RULE.severity.at_most(Warning)).confidence(Confidence::Medium) } else { report };
    sink.report_in(scope.project, document, report);
}
