//! `encrypt-all-user-key`: a document that only its author can open.

use crate::finding::Severity::{Error, Info};
use crate::model::{DocumentKind, EncryptionScope, Protection, ProtectionLevel};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0102",
    name: "encrypt-all-user-key",
    category: Category::Protection,
    severity: Severities::none().on(Target::Agent, Error).on(Target::Ssisdb, Info).on(Target::AzureSsis, Error).on(Target::Fabric, Error),
    set: RuleSet::Default,
    summary: "the whole package is encrypted with its author's user key, so no other account can load it",
    page: include_str!("../../../rules/encrypt-all-user-key.md"),
    check: Check::Document(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    let (object, span) = match &scope.document.kind {
        DocumentKind::Package(package) => {
            let locked =
                package.encryption == EncryptionScope::Whole(Protection::UserKey) || package.protection_level == ProtectionLevel::EncryptAllWithUserKey;
            if !locked {
                return;
            }
            ("Package", package.protection_level_text.as_ref().map_or(package.root().span, |text| text.span))
        }
        _ => match scope.document.protected_values().iter().find(|value| value.protection == Protection::UserKey && value.property.is_empty()) {
            Some(value) => (value.object.as_str(), value.span),
            None => return,
        },
    };
    let message = "everything in it is encrypted with the user key of the account that saved it: under any other account it does not load (0xC0014060, 0xC0014036), \
                   and nothing else in it could be checked";
    sink.report(
        Report::new(object, span, message)
            .property("ProtectionLevel")
            .help("let the author save it again with DontSaveSensitive or, if it must be encrypted, with a password"),
    );
}
