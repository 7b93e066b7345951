//! `author-identity`: who wrote it, for everybody to see.

use crate::finding::Severity::Info;
use crate::model::Package;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0117",
    name: "author-identity",
    category: Category::Protection,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "the package tells the Windows account and computer of its author",
    page: include_str!("../../../rules/author-identity.md"),
    check: Check::Package(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let Some(creator) = package.root().properties.get("CreatorName") else { return };
    let account = creator.value.split_once('\\').is_some_and(|(domain, user)| !domain.trim().is_empty() && !user.trim().is_empty());
    if account {
        let message = "CreatorName holds the author's domain and account: in a public repository it tells how the accounts of the company are called";
        sink.report(
            Report::new("Package", creator.span, message)
                .property("CreatorName")
                .help("clear CreatorName and CreatorComputerName in the properties of the package before it is published; nothing reads them"),
        );
    }
}
