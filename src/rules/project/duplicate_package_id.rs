//! `duplicate-package-id`: two packages with one id.

use crate::finding::Severity::Warning;
use crate::model::{Document, Package};
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink, Target};
use std::collections::BTreeMap;

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1206",
    name: "duplicate-package-id",
    category: Category::Project,
    severity: Severities::none().on(Target::Agent, Warning).on(Target::Ssisdb, Warning),
    set: RuleSet::Default,
    summary: "two packages have the same id",
    page: include_str!("../../../rules/duplicate-package-id.md"),
    check: Check::Project(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    let mut seen: BTreeMap<String, (usize, &Document<'_>, &Package<'_>)> = BTreeMap::new();
    for (index, document) in scope.project.documents.iter().enumerate() {
        let Some(package) = document.package().filter(|package| !package.is_part && !package.id().is_empty()) else { continue };
        let first = *seen.entry(package.id().to_ascii_uppercase()).or_insert((index, document, package));
        if first.0 != index && is_another(scope, first.2, package) {
            let message = format!(
                "the package has the id of `{}`, of which it is a copy: their log entries and checkpoints are taken for each other's (0xC0016049)",
                first.1.file.name()
            );
            let mention = Mention::new("Package", first.2.root().span, "has the same id").in_document(first.0);
            let report = Report::new("Package", package.root().span, message).property("ID").mention(mention);
            sink.report_in(scope.project, document, report.help("generate a new ID in the properties of the package"));
        }
    }
}

/// In a folder without a project a copy of the same name is a backup.
fn is_another(scope: &Scope<'_, '_>, one: &Package<'_>, other: &Package<'_>) -> bool {
    scope.project.file().is_some() || one.name().value != other.name().value
}
