//! `format-newer-than-target`: a package or project of a later version than the server.

use super::versions;
use crate::finding::Severity::Error;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0805",
    name: "format-newer-than-target",
    category: Category::Upgrade,
    severity: Severities::none().on(Target::Agent, Error).on(Target::Ssisdb, Error).on(Target::Sql2022, Error).on(Target::Sql2025, Error),
    set: RuleSet::Default,
    summary: "the project or package is of a later version than the server that is to run it",
    page: include_str!("../../../rules/format-newer-than-target.md"),
    check: Check::Document(check),
};

/// The format of SQL Server 2014 to 2025.
const NEWEST_FORMAT: u32 = 8;

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    if let Some(package) = scope.document.package() {
        if let Some(version) = package.format_version.filter(|version| *version > NEWEST_FORMAT) {
            let message = format!("the package is in format {version}, which SQL Server 2025 and earlier do not know: loading it fails (0xC001700A)");
            let root = package.root();
            sink.report(
                Report::new(&*root.path, root.span, message).property("PackageFormatVersion").help("save it with a designer for the version that runs it"),
            );
        }
    } else if let Some((year, _, span)) = versions::of_project(scope.project).filter(|(year, document, _)| *document == scope.index && *year > 2022) {
        let message = format!("the project is built for SQL Server {year}: a server of 2022 does not load its packages (0xC001700A, 0xC0016020)");
        let report = Report::new("Project", span, message)
            .property("TargetServerVersion")
            .help("set TargetServerVersion to SQL Server 2022 in the properties of the project, and rebuild it");
        sink.report(report.severity(Severities::none().on(Target::Sql2022, Error)));
    }
}
