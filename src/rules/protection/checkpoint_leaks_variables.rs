//! `checkpoint-leaks-variables`: the checkpoint file holds the values of all variables, secrets too.

use crate::analysis::checkpoints;
use crate::finding::Confidence;
use crate::finding::Severity::Info;
use crate::lang::secret::is_secret_name;
use crate::model::{Package, Variable};
use crate::rules::{Category, Check, Report, Rule, RuleSet, STRING, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0112",
    name: "checkpoint-leaks-variables",
    category: Category::Protection,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "a checkpoint file stores the value of a secret variable in clear text",
    page: include_str!("../../../rules/checkpoint-leaks-variables.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    if checkpoints::of_package(scope.project, package).is_none() {
        return;
    }
    // Checkpoints do not save objects, and a flag or a number with such a name is hardly a secret.
    let is_secret = |variable: &&Variable<'_>| variable.data_type == Some(STRING) && is_secret_name(variable.name.as_str());
    for variable in package.variables().filter(is_secret) {
        let message = format!(
            "the package saves checkpoints, and the checkpoint file stores the value of `{}` in clear text, whatever the protection level is",
            variable.name.as_str()
        );
        sink.report(
            Report::new(&*variable.path, variable.span, message)
                .confidence(Confidence::Medium)
                .help("let only the service account read the folder of the file, or take the value from a sensitive parameter instead of a variable"),
        );
    }
}
