//! `package-name-differs`: a package that is called otherwise than its file.

use crate::finding::Severity::Info;
use crate::model::{EncryptionScope, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1208",
    name: "package-name-differs",
    category: Category::Project,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "the name of a package is not that of its file",
    page: include_str!("../../../rules/package-name-differs.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let file = scope.document.file.name();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let name = package.name();
    let readable = !package.is_part && !matches!(package.encryption, EncryptionScope::Whole(_)) && !name.is_blank();
    if readable && !same_words(&name.value, stem) {
        let message = format!("the package is called `{}` and its file `{file}`: the catalog shows the one, logs the other", name.value);
        sink.report(Report::new("Package", name.span, message).property("Name").help("give both the same name"));
    }
}

/// The designer, told to rename a file, writes a blank in the name for each `(`, `)` and `.`: they cannot be alike then.
fn same_words(name: &str, stem: &str) -> bool {
    let words =
        |text: &str| text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect::<Vec<_>>();
    words(name) == words(stem)
}
