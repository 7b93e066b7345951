//! `ci-protection-level`: a build that needs a password or a person.

use crate::finding::Severity::Info;
use crate::model::ProtectionLevel::{self, EncryptAllWithPassword, EncryptAllWithUserKey, EncryptSensitiveWithPassword};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1212",
    name: "ci-protection-level",
    category: Category::Project,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "the build of the project needs a password or the author's account",
    page: include_str!("../../../rules/ci-protection-level.md"),
    check: Check::Project(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    let Some((document, file)) = scope.project.file().filter(|(_, file)| !file.is_manifest) else { return };
    let Some(needs) = file.protection_level.and_then(needed) else { return };
    let message = format!("a build server needs {needs} to build the project");
    let report = Report::new("Project", file.protection_level_span, message).property("ProtectionLevel");
    sink.report_in(scope.project, document, report.help("set DontSaveSensitive, and keep secrets in sensitive parameters of the catalog"));
}

const fn needed(level: ProtectionLevel) -> Option<&'static str> {
    match level {
        EncryptSensitiveWithPassword | EncryptAllWithPassword => Some("the password of the project"),
        EncryptAllWithUserKey => Some("the account of the author"),
        _ => None,
    }
}
