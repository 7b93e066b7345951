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

fn check(_: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let user_key = package.protection_level == ProtectionLevel::EncryptSensitiveWithUserKey;
    if !user_key || package.is_part || package.encryption != EncryptionScope::None {
        return;
    }
    let (span, how) = match &package.protection_level_text {
        Some(text) => (text.span, "is"),
        None => (package.root().span, "is by default"),
    };
    let message = format!(
        "ProtectionLevel {how} EncryptSensitiveWithUserKey; nothing is encrypted yet, but the next password saved in this package will be readable by its author only"
    );
    sink.report(
        Report::new("Package", span, message)
            .property("ProtectionLevel")
            .help("set DontSaveSensitive on the project and its packages, and supply secrets by parameters, environments or configurations"),
    );
}
