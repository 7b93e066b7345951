//! `user-profile-path`: a path into the profile of one person on one machine.

use crate::analysis::overrides::Override;
use crate::analysis::paths::{PathSource, PathUse};
use crate::finding::Confidence;
use crate::finding::Severity::{Error, Info};
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
    let mut last: Option<(&str, &str)> = None;
    for path in scope.facts.paths(scope.index).iter().filter(|path| windows_path::is_user_profile(&path.path)) {
        let key = (path.object.as_str(), path.property.as_str());
        if last != Some(key) {
            sink.report(report(path, sink));
            last = Some(key);
        }
    }
}

fn report(path: &PathUse, sink: &Sink<'_>) -> Report {
    let shown = path.path.trim_end_matches(['\\', ' ', ')', ';']);
    let message = format!(
        "`{shown}` lies in the profile of one user: on a server the path does not exist or the service account may not open it (0xC020200E, 0x80070005)"
    );
    let report = Report::new(&path.object, path.span, message)
        .property(&path.property)
        .help("move the file to a folder or share that the service account can open, and take the path from a parameter");
    match (&path.replaced, path.source) {
        (Some(replaced), _) => {
            let note = match replaced {
                Override::Expression => "an expression may replace it at run time".to_owned(),
                Override::Configuration(name) => format!("the configuration `{name}` replaces it"),
                Override::Possibly(name) => format!("the configuration `{name}`, which is not at hand, may replace it"),
            };
            let message = format!("{}; {note}", report.message);
            Report { message, ..report }.severity(sink.severities().at_most(Info)).confidence(Confidence::Low)
        }
        // What a literal in a script is used for is not known.
        (None, PathSource::Script) => report.severity(sink.severities().at_most(crate::finding::Severity::Warning)).confidence(Confidence::Medium),
        (None, _) => report,
    }
}
