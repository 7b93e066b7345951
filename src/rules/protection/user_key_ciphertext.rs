//! `user-key-ciphertext`: a secret that only its author's Windows account can decrypt.

use crate::analysis::secrets::{Need, Verdict};
use crate::finding::Severity::{Error, Info, Warning};
use crate::model::Protection;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0101",
    name: "user-key-ciphertext",
    category: Category::Protection,
    severity: Severities::none().on(Target::Agent, Error).on(Target::Ssisdb, Info).on(Target::AzureSsis, Error).on(Target::Fabric, Error),
    set: RuleSet::Default,
    summary: "a secret is encrypted with its author's user key, which no other account can decrypt",
    page: include_str!("../../../rules/user-key-ciphertext.md"),
    check: Check::Document(check),
};

/// What even a secret does that nothing needs.
const AT_LOADING: &str = "but loading the package under any other account still raises the error 0xC0016016";

const LOST: &str = "under any other account it is lost (0xC0016016, 0x8009000B \"Key not valid for use in specified state\")";

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    for secret in scope.facts.secrets(scope.index).iter().filter(|secret| secret.protection == Protection::UserKey) {
        report(secret, sink);
    }
}

fn report(secret: &Verdict<'_>, sink: &mut Sink<'_>) {
    let (severities, consequence) = match &secret.need {
        Need::None => return,
        Need::Replaced(by) => (RULE.severity.at_most(Warning), format!("{by} replaces it, {AT_LOADING}")),
        Need::Unused(why) => (RULE.severity.at_most(Warning), format!("{why}, {AT_LOADING}")),
        Need::PerhapsReplaced(by) => (RULE.severity.at_most(Warning), format!("{LOST}, and unless {by} gives another, what needs it fails")),
        Need::Needed => (RULE.severity, format!("{LOST} and what needs it fails")),
    };
    let message = format!("`{}` is encrypted with the user key of the account that saved it: {consequence}", secret.property);
    sink.report(Report::new(secret.object, secret.span, message).property(secret.property).severity(severities).help(
        "set ProtectionLevel to DontSaveSensitive and supply the value by a sensitive parameter, an environment or a configuration; or encrypt with a password",
    ));
}
