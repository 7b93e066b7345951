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
        format!("`{path}` is on a network share: the account that runs the package needs rights on share and folder, and a network path to it")
    });
}
