//! `protection-level-mismatch`: package and project disagree, so the project does not build.

use crate::finding::Severity::Error;
use crate::model::{DeploymentModel, Package};
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0105",
    name: "protection-level-mismatch",
    category: Category::Protection,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "a package has another protection level than its project, so the project does not build",
    page: include_str!("../../../rules/protection-level-mismatch.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let Some((index, file)) = scope.project.file_with_index() else { return };
    let Some(expected) = file.protection_level.filter(|_| file.deployment_model == DeploymentModel::Project) else { return };
    let listed = scope.project.listed(scope.document.file.name()).is_some();
    if !listed || package.is_part || package.protection_level == expected {
        return;
    }
    let (span, by_default) = match &package.protection_level_text {
        Some(text) => (text.span, ""),
        None => (package.root().span, " (the default, since the package does not say)"),
    };
    let message = format!(
        "the package's ProtectionLevel is {}{by_default}, the project's is {expected}: the build stops because they must be the same",
        package.protection_level
    );
    sink.report(
        Report::new("Package", span, message)
            .property("ProtectionLevel")
            .help("set the same ProtectionLevel on the project and on every package")
            .mention(Mention::new("Project", file.protection_level_span, format!("the project says {expected}")).in_document(index)),
    );
}
