//! `relative-path`: a path that depends on the current folder.

use crate::analysis::paths::PathSource;
use crate::finding::Confidence;
use crate::finding::Severity::Warning;
use crate::lang::windows_path::{self, PathKind};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0309",
    name: "relative-path",
    category: Category::Path,
    severity: Severities::none().on(Target::Agent, Warning),
    set: RuleSet::Pedantic,
    summary: "a relative path counts from wherever the package is started",
    page: include_str!("../../../rules/relative-path.md"),
    check: Check::Document(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    let relative = |kind| matches!(kind, PathKind::Relative | PathKind::Rooted | PathKind::DriveRelative { .. });
    let mut last = None;
    for path in scope.facts.opened_paths(scope.index).filter(|path| path.source == PathSource::Connection && path.replaced.is_none()) {
        if relative(windows_path::classify(&path.path)) && last != Some(&path.object) {
            let message = format!(
                "`{}` counts from the folder in which dtexec is started, in a job usually the system folder: the file is not found there (0xC020200E)",
                path.path
            );
            let report = Report::new(&path.object, path.span, message).property(&path.property).confidence(Confidence::Medium);
            sink.report(report.help("build the full path from a parameter or variable"));
            last = Some(&path.object);
        }
    }
}
