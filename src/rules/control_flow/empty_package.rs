//! `empty-package`: a package that does nothing.

use crate::finding::Severity::Info;
use crate::model::{EncryptionScope, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0909",
    name: "empty-package",
    category: Category::ControlFlow,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "nothing in the package can run",
    page: include_str!("../../../rules/empty-package.md"),
    check: Check::Package(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let readable = !package.is_part && !matches!(package.encryption, EncryptionScope::Whole(_));
    if readable && !has_work(package) {
        let root = package.root();
        sink.report(
            Report::new("Package", root.span, "the package has no task that can run: it succeeds without doing anything")
                .help("delete it, or enable its tasks"),
        );
    }
}

/// Whether any task of the package can run.
pub(in crate::rules) fn has_work(package: &Package<'_>) -> bool {
    package.executables().any(|(id, executable)| !executable.kind.is_container() && package.is_enabled(id))
}
