//! `user-profile-path`: a path into the profile of one person on one machine.

use super::literal;
use crate::analysis::paths::{PathSource, PathUse};
use crate::finding::Confidence;
use crate::finding::Severity::{Error, Warning};
use crate::lang::windows_path;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0303",
    name: "user-profile-path",
    category: Category::Path,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "a path leads into the profile of one user, which no server has",
    page: include_str!("../../../rules/user-profile-path.md"),
    check: Check::Document(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    let allowed = &scope.options.user_profile_path.allowed_paths;
    let mut last: Option<(&str, &str)> = None;
    let is_wanted = |path: &&PathUse| windows_path::is_user_profile(&path.path) && !allowed.matches(&path.path);
    for path in scope.facts.opened_paths(scope.index).filter(is_wanted) {
        let key = (path.object.as_str(), path.property.as_str());
        if last != Some(key) {
            sink.report(report(path, sink));
            last = Some(key);
        }
    }
}

fn report(path: &PathUse, sink: &Sink<'_>) -> Report {
    let shown = path.path.trim_end_matches(['\\', ' ', ')', ';']);
    let consequence = literal::consequence(path);
    let message = format!(
        "`{shown}` lies in the profile of one user: on a server it does not exist or is closed to the service account (0x80070005), so {consequence}{}",
        literal::derivation(path)
    );
    let report = Report::new(&path.object, path.span, message)
        .property(&path.property)
        .help("move the file to a folder or share that the service account can open, and take the path from a parameter");
    match path.source {
        // What a literal in a script is used for is not known.
        PathSource::Script => report.severity(RULE.severity.at_most(Warning)).confidence(Confidence::Medium),
        _ => literal::lowered_when_replaced(path, sink, report),
    }
}
