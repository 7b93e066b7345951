//! `mapped-drive`: a drive letter that may be mapped for one user only.

use crate::analysis::paths::{PathSource, PathUse};
use crate::finding::Confidence;
use crate::finding::Severity::Warning;
use crate::lang::windows_path::{self, PathKind};
use crate::model::ExecutableKind;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};
use crate::span::Span;

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0308",
    name: "mapped-drive",
    category: Category::Path,
    severity: Severities::none().on(Target::Agent, Warning),
    set: RuleSet::Pedantic,
    summary: "a drive letter may be a network drive that the job does not have",
    page: include_str!("../../../rules/mapped-drive.md"),
    check: Check::Document(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    let mut last = None;
    for path in scope.facts.opened_paths(scope.index).filter(|path| path.replaced.is_none()) {
        if let Some(letter) = far_drive(path).filter(|_| last != Some(&path.object)) {
            let message = format!("`{letter}:` may be a network drive: those are mapped for one user, and a job does not have them (path not found)");
            sink.report(report(&path.object, path.span, message).property(&path.property));
            last = Some(&path.object);
        }
    }
    report_mappings(scope, sink);
}

fn report(object: &str, span: Span, message: String) -> Report {
    Report::new(object, span, message).confidence(Confidence::Low).help("write the path of the share, or make sure that the server has a volume of that letter")
}

/// The letter of a drive that is none of the usual local ones.
fn far_drive(path: &PathUse) -> Option<char> {
    let opened = matches!(path.source, PathSource::Connection | PathSource::Task | PathSource::Component);
    match windows_path::classify(&path.path) {
        PathKind::Drive { letter } if opened && !matches!(letter, 'C'..='E') => Some(letter),
        _ => None,
    }
}

/// Processes that map a drive themselves.
fn report_mappings(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    let Some(package) = scope.document.package() else { return };
    for (id, executable) in package.executables().filter(|(_, executable)| executable.kind == ExecutableKind::ExecuteProcess) {
        let Some(arguments) = executable.settings.get("Arguments").filter(|_| package.is_enabled(id)) else { continue };
        let line = format!("{} {}", executable.settings.text("Executable"), arguments.value).to_ascii_lowercase();
        if line.contains("net use") || line.contains("net.exe use") {
            let message =
                "the process maps a network drive: in a job the drive stays with the session of the service, and another run may find the letter taken"
                    .to_owned();
            sink.report(report(&executable.path, arguments.span, message).property("Arguments"));
        }
    }
}
