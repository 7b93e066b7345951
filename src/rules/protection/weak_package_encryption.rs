//! `weak-package-encryption`: ciphertext that guesses at the password open quickly.

use super::{encrypted, owner};
use crate::finding::Severity::Info;
use crate::model::{Cipher, Protection};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0108",
    name: "weak-package-encryption",
    category: Category::Protection,
    severity: Severities::new(Info),
    set: RuleSet::Default,
    summary: "the password protection is Triple DES with an unsalted key, as SSIS wrote it before 2017",
    page: include_str!("../../../rules/weak-package-encryption.md"),
    check: Check::Document(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    let weak: Vec<_> = scope.document.protected_values().iter().filter(|value| value.protection == Protection::Password(Cipher::TripleDes)).collect();
    let Some(first) = weak.first() else { return };
    let message = format!(
        "{} encrypted with Triple DES under a key that is one unsalted SHA-1 of the password: whoever has the file can try passwords about as fast as SHA-1 is computed",
        encrypted(&weak)
    );
    sink.report(
        Report::new(owner(scope.document, first), first.span, message)
            .property("ProtectionLevel")
            .help("set TargetServerVersion to SQL Server 2017 or later and save in SSDT 15.9 or later, which writes AES-256; then use a long password"),
    );
}
