//! `unc-path`: a share that the service account must reach.

use super::literal::{self, DriveOrShare};
use crate::finding::Severity::{Error, Info, Warning};
use crate::rules::{Category, Check, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0302",
    name: "unc-path",
    category: Category::Path,
    severity: Severities::none().on(Target::Agent, Info).on(Target::AzureSsis, Warning).on(Target::Fabric, Error),
    set: RuleSet::Default,
    summary: "a network share must be reachable for the account that runs the package",
    page: include_str!("../../../rules/unc-path.md"),
    check: Check::Document(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    literal::report_each_object(scope, sink, DriveOrShare::Share, |path| {
        let consequence = literal::consequence(path);
        format!("`{}` is on a network share: where the account that runs the package has no way to it or no rights on it, {consequence}", path.path)
    });
}
