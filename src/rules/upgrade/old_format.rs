//! `old-format`: packages in the formats of 2005 and 2008.

use crate::finding::Severity::Info;
use crate::model::Package;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0812",
    name: "old-format",
    category: Category::Upgrade,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "the package is in the format of SQL Server 2005 or 2008 and is upgraded in memory on every run",
    page: include_str!("../../../rules/old-format.md"),
    check: Check::Package(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    // A package that is encrypted as a whole tells no version.
    let version = match package.format_version {
        Some(2) => "2005",
        Some(3) => "2008",
        _ => return,
    };
    let message =
        format!("the package is in the format of SQL Server {version}: every later version upgrades it in memory on every run, and does so in silence");
    let root = package.root();
    sink.report(
        Report::new(&*root.path, root.span, message)
            .property("PackageFormatVersion")
            .help("open it in a designer of the version that runs it, test it, and save it in the new format"),
    );
}
