//! `server-storage-in-file`: a protection level that only a server can keep.

use crate::finding::Severity::Error;
use crate::model::{Package, ProtectionLevel};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0104",
    name: "server-storage-in-file",
    category: Category::Protection,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "ServerStorage protects nothing in a file and cannot be saved there",
    page: include_str!("../../../rules/server-storage-in-file.md"),
    check: Check::Package(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    if package.protection_level != ProtectionLevel::ServerStorage {
        return;
    }
    let span = package.protection_level_text.as_ref().map_or(package.root().span, |text| text.span);
    let message = "ProtectionLevel is ServerStorage, which only msdb and the SSIS catalog provide: saving the package to a file fails with 0xC0014061, \
                   and the file protects nothing";
    sink.report(
        Report::new("Package", span, message)
            .property("ProtectionLevel")
            .help("set DontSaveSensitive in source control; the server applies its own protection when the package is imported"),
    );
}
