//! `child-package-missing`: an Execute Package Task calls a package that is not in its project.

use crate::finding::Severity::{Error, Warning};
use crate::model::Package;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1201",
    name: "child-package-missing",
    category: Category::Project,
    severity: Severities::none().on(Target::Agent, Warning).on(Target::Ssisdb, Error).on(Target::AzureSsis, Error),
    set: RuleSet::Default,
    summary: "an Execute Package Task calls a package that the project does not have",
    page: include_str!("../../../rules/child-package-missing.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    if !knows_packages(scope) {
        return;
    }
    for call in scope.facts.calls().of_document(scope.index).iter().filter(|call| call.settings.use_project_reference) {
        let task = package.executable(call.task);
        let chosen = ["PackageName", "PackageNameFromProjectReference"].iter().any(|property| task.expression(property).is_some());
        let Some(name) = call.settings.package_name.as_ref().filter(|_| !chosen) else { continue };
        if !scope.project.has_package(name.value.trim()) {
            let message = format!(
                "the project has no package `{}`: the task fails (0xC00220E7, \"Failed to locate the specified package in the project\")",
                name.value.trim()
            );
            sink.report(
                Report::new(&*task.path, name.span, message).property("PackageName").help("add the package to the project, or select another one in the task"),
            );
        }
    }
}

/// Whether the list of the project's packages is at hand, and this package is on it.
fn knows_packages(scope: &Scope<'_, '_>) -> bool {
    let listed = scope.project.file().filter(|(_, file)| !file.is_opaque());
    listed.is_some() && scope.project.listed(scope.document.file.name()).is_some()
}
