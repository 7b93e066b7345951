//! `no-logging`: a package that tells nobody what went wrong.

use crate::finding::Severity::Info;
use crate::model::{DeploymentModel, ExecutableKind, Package};
use crate::rules::control_flow::empty_package::has_work;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1303",
    name: "no-logging",
    category: Category::Logging,
    severity: Severities::none().on(Target::Agent, Info),
    set: RuleSet::Pedantic,
    summary: "a package has neither a log provider nor an OnError handler",
    page: include_str!("../../../rules/no-logging.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let in_catalog = scope.project.deployment_model() == Some(DeploymentModel::Project);
    let tells = !package.log_providers.is_empty()
        || package.executables.iter().any(|executable| executable.kind == ExecutableKind::EventHandler && executable.name.value == "OnError");
    if has_work(package) && !tells && !in_catalog && !package.is_part {
        let message =
            "the package has neither a log provider nor an OnError handler: of a failure the job history shows the first lines, or only that it failed";
        sink.report(
            Report::new("Package", package.root().span, message)
                .help("add a log provider for OnError and OnTaskFailed, or deploy to the catalog, which logs by itself"),
        );
    }
}
