//! `administrative-share`: a share that only administrators can open.

use super::literal::{self, DriveOrShare};
use crate::finding::Severity::{Error, Info};
use crate::rules::{Category, Check, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0307",
    name: "administrative-share",
    category: Category::Path,
    severity: Severities::none().on(Target::Agent, Info).on(Target::AzureSsis, Error).on(Target::Fabric, Error),
    set: RuleSet::Default,
    summary: "a path goes through a share that only administrators can open",
    page: include_str!("../../../rules/administrative-share.md"),
    check: Check::Document(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    literal::report_each_object(scope, sink, DriveOrShare::AdministrativeShare, |path| {
        let consequence = literal::consequence(path);
        format!(
            "`{}` goes through an administrative share, which only administrators of that machine can open, and nobody from Azure: elsewhere {consequence}",
            path.path
        )
    });
}
