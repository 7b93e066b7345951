//! `absolute-local-path`: a drive path that must exist on the server too.

use super::literal::{self, DriveOrShare};
use crate::finding::Severity::{Error, Info, Warning};
use crate::rules::{Category, Check, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0301",
    name: "absolute-local-path",
    category: Category::Path,
    severity: Severities::none().on(Target::Agent, Info).on(Target::Ssisdb, Warning).on(Target::AzureSsis, Error).on(Target::Fabric, Error),
    set: RuleSet::Default,
    summary: "a path on a local drive is opened on the machine that runs the package",
    page: include_str!("../../../rules/absolute-local-path.md"),
    check: Check::Document(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    literal::report_each_object(scope, sink, DriveOrShare::Drive, |path| {
        let consequence = literal::consequence(path);
        format!("`{}` is on a local drive: where the machine that runs the package has no such path, {consequence}", path.path)
    });
}
