//! What the rules on drive and share paths have in common: one finding per object, lowered where the path may be replaced.

use crate::analysis::overrides::Override;
use crate::analysis::paths::{PathSource, PathUse};
use crate::finding::Confidence;
use crate::finding::Severity::Info;
use crate::lang::windows_path::{self, PathKind};
use crate::rules::{Report, Scope, Sink};

/// Which paths a rule is about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum DriveOrShare {
    /// `C:\…`
    Drive,
    /// `\\server\share\…`
    Share,
    /// `\\server\c$\…`, which is no ordinary share.
    AdministrativeShare,
}

/// Reports the first such path of every object, with the message made from it.
pub(super) fn report_each_object(scope: &Scope<'_, '_>, sink: &mut Sink<'_>, wanted: DriveOrShare, message: impl Fn(&PathUse) -> String) {
    let options = match wanted {
        DriveOrShare::Drive => &scope.options.absolute_local_path,
        DriveOrShare::Share | DriveOrShare::AdministrativeShare => &scope.options.unc_path,
    };
    let mut last = None;
    for path in scope.facts.opened_paths(scope.index).filter(|path| is_wanted(path, wanted) && !options.allowed_paths.matches(&path.path)) {
        if last != Some(&path.object) {
            sink.report(report(path, sink, message(path)));
            last = Some(&path.object);
        }
    }
}

/// Paths of configurations have a rule of their own, and so have paths into a profile; scripts and arguments are told by looks only.
fn is_wanted(path: &PathUse, wanted: DriveOrShare) -> bool {
    let literal = matches!(path.source, PathSource::Connection | PathSource::Task | PathSource::Component);
    literal && kind(&path.path) == Some(wanted) && !windows_path::is_user_profile(&path.path) && !is_everywhere(&path.path)
}

fn kind(path: &str) -> Option<DriveOrShare> {
    match windows_path::classify(path) {
        PathKind::Drive { .. } => Some(DriveOrShare::Drive),
        PathKind::Unc { administrative: true, .. } => Some(DriveOrShare::AdministrativeShare),
        PathKind::Unc { .. } => Some(DriveOrShare::Share),
        _ => None,
    }
}

/// Folders that every Windows machine has: a program in them is found on the server too.
fn is_everywhere(path: &str) -> bool {
    let path = path.trim().trim_matches('"').to_ascii_lowercase().replace('/', "\\");
    path.starts_with("c:\\windows\\")
}

/// What happens where the path does not exist or may not be opened.
pub(super) fn consequence(path: &PathUse) -> &'static str {
    match (path.source, path.property.as_str()) {
        (PathSource::Connection | PathSource::Component, _) => "what opens it fails (0xC020200E, 0xC0202009)",
        (PathSource::Task, "Executable") => "the task fails (0xC0029153)",
        (PathSource::Task, "Directory") => "a loop over it finds no file",
        (PathSource::Task, _) => "the task fails",
        (PathSource::Configuration, _) => "the configuration is skipped with a warning (0x80012014), and the package runs with its design values",
        (PathSource::Script | PathSource::Arguments, _) => "what opens it fails",
    }
}

/// How the path comes about, for the end of a sentence; nothing when it is simply written.
pub(super) fn derivation(path: &PathUse) -> String {
    path.chain.as_ref().map(|chain| format!(" ({chain})")).unwrap_or_default()
}

/// The finding, lowered where something may replace the path before it is used.
pub(super) fn lowered_when_replaced(path: &PathUse, sink: &Sink<'_>, report: Report) -> Report {
    let replaced = match &path.replaced {
        None => return report,
        Some(Override::Expression) => "an expression may replace it at run time".to_owned(),
        Some(Override::Parameter(name)) => format!("it is the default of the parameter `{name}`, which may have another value there"),
        Some(Override::Configuration(name)) => format!("the configuration `{name}` decides it"),
        Some(Override::Possibly(name)) => format!("the configuration `{name}`, which is not at hand, may replace it"),
    };
    let message = format!("{}; {replaced}", report.message);
    Report { message, ..report }.severity(sink.severities().at_most(Info)).confidence(Confidence::Low)
}

fn report(path: &PathUse, sink: &Sink<'_>, message: String) -> Report {
    let help = "take the path from a parameter or variable that each environment sets";
    let message = message + &derivation(path);
    lowered_when_replaced(path, sink, Report::new(&path.object, path.span, message).property(&path.property).help(help))
}
