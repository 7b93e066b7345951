//! `script-runtime-version`: scripts that designers of 2008 to 2012 saved.

use super::scripts;
use crate::finding::Confidence;
use crate::finding::Severity::Info;
use crate::model::Package;
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0807",
    name: "script-runtime-version",
    category: Category::Upgrade,
    severity: Severities::none().on(Target::Sql2022, Info).on(Target::Sql2025, Info),
    set: RuleSet::Pedantic,
    summary: "scripts were saved by designers of 2008 to 2012 and are converted on every run",
    page: include_str!("../../../rules/script-runtime-version.md"),
    check: Check::Package(check),
};

/// Versions of the script tools up to those of SQL Server 2012.
const OLD: [u32; 2] = [2, 3];

fn check(_: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let mut scripts = scripts::of_package(package).filter(|found| found.script.vsta_version.is_some_and(|version| OLD.contains(&version)));
    let Some(first) = scripts.next() else { return };
    let message = "the script was saved by the script tools of SQL Server 2008 to 2012: the run converts it every time, and a few scripts cannot be converted";
    let report = Report::new(first.object, first.span, message)
        .confidence(Confidence::Medium)
        .help("open the package in a designer of the target version, build its scripts and save it");
    sink.report(report.mention_first(scripts.map(|other| Mention::new(other.object, other.span, "is as old"))));
}
