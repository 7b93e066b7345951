//! `package-password-needed`: ciphertext under a password that whoever runs the package must supply.

use super::{encrypted, owner};
use crate::finding::Severity::{Info, Warning};
use crate::model::{Cipher, DocumentKind, ProtectedValue, Protection};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0103",
    name: "package-password-needed",
    category: Category::Protection,
    severity: Severities::none().on(Target::Agent, Warning).on(Target::Fabric, Info),
    set: RuleSet::Default,
    summary: "values are encrypted with a password, which the job step must supply",
    page: include_str!("../../../rules/package-password-needed.md"),
    check: Check::Document(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    // The project file repeats its documents; its password verifier needs no password at run time.
    if matches!(scope.document.kind, DocumentKind::Project(_)) {
        return;
    }
    let values: Vec<_> = scope.document.protected_values().iter().filter(|value| cipher(value).is_some()).collect();
    let Some(first) = values.first() else { return };
    let (whole, hidden) = (first.is_document(), first.property.is_empty());
    let what = encrypted(&values);
    // What nothing asks for is only an error while loading.
    let real = scope.facts.secrets(scope.index).iter().any(|secret| matches!(secret.protection, Protection::Password(_)) && secret.need.is_real());
    let severities = if whole || real { RULE.severity } else { RULE.severity.at_most(Info) };
    let unseen = if hidden { "; without it (--password-file, SSISLINT_PASSWORD) nothing in the document could be checked" } else { "" };
    let message = match (whole || real, strength(first)) {
        (true, strength) => {
            format!("{what} encrypted with a password{strength}: a job step that does not supply it fails with 0xC0014037 or 0xC001405F{unseen}")
        }
        (false, strength) => {
            format!("{what} encrypted with a password{strength}, and nothing that runs asks for it: loading without it raises the error 0xC001405F")
        }
    };
    sink.report(
        Report::new(owner(scope.document, first), first.span, message)
            .property("ProtectionLevel")
            .severity(severities)
            .help("store the password in the job step (/DECRYPT), or use DontSaveSensitive and supply the secrets by parameters or configurations"),
    );
}

const fn cipher(value: &ProtectedValue<'_>) -> Option<Cipher> {
    match value.protection {
        Protection::Password(cipher) => Some(cipher),
        _ => None,
    }
}

fn strength(value: &ProtectedValue<'_>) -> &'static str {
    match cipher(value) {
        Some(Cipher::TripleDes) => " (Triple DES, unsalted key)",
        Some(Cipher::Aes256) => " (AES-256)",
        _ => "",
    }
}
