//! Packages that save checkpoints, to be restarted where they failed.

use foldhash::HashMap;

use super::overrides;
use crate::model::{Executable, Package, Project, Text};

/// When a package starts from its checkpoint file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckpointUsage {
    /// 0, the default.
    Never,
    /// 1: when there is one.
    IfExists,
    /// 2: a start without one fails.
    Always,
    /// An expression or a configuration decides.
    Unknown,
}

/// How a package saves checkpoints.
#[derive(Clone, Copy, Debug)]
pub struct Checkpoints<'s, 'a> {
    /// When it starts from them.
    pub usage: CheckpointUsage,
    /// The file, as written; none when it is not or when something may replace it.
    pub file: Option<&'s Text<'a>>,
    /// Whether an expression or a configuration gives the file.
    pub is_file_replaced: bool,
}

/// Which packages of a project save checkpoints in which file.
#[derive(Debug, Default)]
pub struct CheckpointFiles<'s, 'a>(HashMap<String, Vec<(usize, &'s Text<'a>)>>);

impl<'s, 'a> CheckpointFiles<'s, 'a> {
    /// Finds the file of each package.
    #[must_use]
    pub fn new(project: &'s Project<'a>) -> Self {
        let mut files: HashMap<_, Vec<_>> = HashMap::default();
        for (index, document) in project.documents.iter().enumerate() {
            if let Some(file) = document.package().and_then(|package| of_package(project, package)?.file) {
                files.entry(key(file)).or_default().push((index, file));
            }
        }
        Self(files)
    }

    /// The first other document whose package saves its checkpoints in that file, and where it says so.
    #[must_use]
    pub fn sharing(&self, document: usize, file: &Text<'_>) -> Option<(usize, &'s Text<'a>)> {
        self.0.get(&key(file))?.iter().copied().find(|(index, _)| *index != document)
    }
}

fn key(file: &Text<'_>) -> String {
    file.value.trim().to_ascii_lowercase()
}

/// How a package saves checkpoints; none when it does not, or when only an expression or a configuration tells.
#[must_use]
pub fn of_package<'s, 'a>(project: &Project<'_>, package: &'s Package<'a>) -> Option<Checkpoints<'s, 'a>> {
    let root = package.root();
    if !root.properties.flag("SaveCheckpoints", false) || is_replaced(project, package, "SaveCheckpoints") {
        return None;
    }
    let usage = match root.properties.number("CheckpointUsage") {
        _ if is_replaced(project, package, "CheckpointUsage") => CheckpointUsage::Unknown,
        Some(1) => CheckpointUsage::IfExists,
        Some(2) => CheckpointUsage::Always,
        _ => CheckpointUsage::Never,
    };
    let is_file_replaced = is_replaced(project, package, "CheckpointFileName");
    let file = root.properties.get("CheckpointFileName").filter(|file| !file.is_blank() && !is_file_replaced);
    Some(Checkpoints { usage, file, is_file_replaced })
}

/// A configuration that is not at hand is not taken to set how checkpoints are used, but it may set the file.
fn is_replaced(project: &Project<'_>, package: &Package<'_>, property: &str) -> bool {
    let configured = overrides::configured(project, package, "\\Package", property);
    let is_configured = configured.is_some_and(|found| found.is_certain() || property == "CheckpointFileName");
    is_configured || package.root().expression(property).is_some()
}

/// Whether a failure of the executable is recorded, so that a restart begins with it.
#[must_use]
pub fn is_restart_point(executable: &Executable<'_>) -> bool {
    executable.properties.flag("FailPackageOnFailure", false) || executable.expression("FailPackageOnFailure").is_some()
}
