//! `target-version-mixed`: packages of a later version than their project is built for.

use super::versions;
use crate::finding::Severity::Warning;
use crate::model::Package;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0806",
    name: "target-version-mixed",
    category: Category::Upgrade,
    severity: Severities::new(Warning),
    set: RuleSet::Default,
    summary: "a package is of a later version than its project is built for",
    page: include_str!("../../../rules/target-version-mixed.md"),
    check: Check::Package(check),
};

/// The format of SQL Server 2014 to 2025; packages for 2012 are in format 6, whatever the designer. Formats that nobody knows are for another rule.
const FORMAT_2014: u32 = 8;

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let Some((year, _, _)) = versions::of_project(scope.project).filter(|(year, _, _)| *year < 2014) else { return };
    if !is_listed(scope) || package.format_version != Some(FORMAT_2014) {
        return;
    }
    let root = package.root();
    let message = format!(
        "the package is in the format of SQL Server 2014 and later, and its project is built for {year}: a server of {year} does not load it (0xC001700A, 0xC0048020)"
    );
    sink.report(
        Report::new(&*root.path, root.span, message)
            .property("PackageFormatVersion")
            .help("open the package in the project and save it, so that the designer writes the format of the project's target, and rebuild the project"),
    );
}

/// A file that lies beside the project is not of it.
fn is_listed(scope: &Scope<'_, '_>) -> bool {
    scope.project.listed(scope.document.file.name()).is_some()
}
