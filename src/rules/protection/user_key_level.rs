//! `user-key-level`: nothing is encrypted yet, but the next saved password will be, for its author only.

use crate::finding::Severity::Info;
use crate::model::{EncryptionScope, Package, ProtectionLevel};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0106",
    name: "user-key-level",
    category: Category::Protection,
    severity: Severities::none().on(Target::Agent, Info).on(Target::Ssisdb, Info).on(Target::AzureSsis, Info).on(Target::Fabric, Info),
    set: RuleSet::Default,
    summary: "the next password that is saved will be encrypted with its author's user key",
    page: include_str!("../../../rules/user-key-level.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let (level, allowed) = (package.protection_level, &scope.options.user_key_level.allowed_levels);
    let user_key = level == ProtectionLevel::EncryptSensitiveWithUserKey;
    let doubtful = if user_key { package.encryption == EncryptionScope::None } else { !allowed.is_absent() };
    if !doubtful || package.is_part || allowed.contains(&level) {
        return;
    }
    let (span, how) = match &package.protection_level_text {
        Some(text) => (text.span, "is"),
        None => (package.root().span, "is by default"),
    };
    let consequence = if user_key {
        "nothing is encrypted yet, but the next password saved in this package will be readable by its author only"
    } else {
        "the team's configuration does not allow this level"
    };
    let message = format!("ProtectionLevel {how} {level}; {consequence}");
    sink.report(
        Report::new("Package", span, message)
            .property("ProtectionLevel")
            .help("set DontSaveSensitive on the project and its packages, and supply secrets by parameters, environments or configurations"),
    );
}
