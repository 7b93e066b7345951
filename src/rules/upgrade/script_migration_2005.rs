//! `script-migration-2005`: scripts of SQL Server 2005, which have to be converted.

use super::scripts;
use crate::finding::Severity::Warning;
use crate::model::Package;
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0813",
    name: "script-migration-2005",
    category: Category::Upgrade,
    severity: Severities::none().on(Target::Sql2022, Warning).on(Target::Sql2025, Warning),
    set: RuleSet::Default,
    summary: "scripts of SQL Server 2005 have to be converted before they run on a later version",
    page: include_str!("../../../rules/script-migration-2005.md"),
    check: Check::Package(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    if package.format_version != Some(2) {
        return;
    }
    let mut scripts = scripts::of_package(package).filter(|found| found.script.vsta_version.is_none());
    let Some(first) = scripts.next() else { return };
    let message = "the script is one of Visual Studio for Applications, which later versions do not have: a 64-bit server does not convert it (0xC0008445)";
    let report = Report::new(first.object, first.span, message)
        .help("open the package in a designer of the target version, open and build every script, and save the package");
    sink.report(report.mention_first(scripts.map(|other| Mention::new(other.object, other.span, "has to be converted too"))));
}
