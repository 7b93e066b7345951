//! Which files to read, grouped into the projects that they are deployed as.

mod group;
mod kind;
mod listing;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use globset::GlobSet;
use walkdir::WalkDir;

pub use kind::FileKind;

use crate::finding::{FileRef, InputError};
use crate::source::{Problem, ProblemKind};

/// How to look for files.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Files and folders that a walk leaves out.
    pub exclude: Option<GlobSet>,
}

/// Files that are linted together: an archive, a `.dtproj` with what it lists, or the loose files of a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// Its files, sorted by display path.
    pub files: Vec<GroupFile>,
    /// Whether it is an archive or has a project file, so that it says itself what belongs to it.
    pub complete: bool,
}

/// A file of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupFile {
    /// Where to read it.
    pub path: PathBuf,
    /// The path as it was given, with `/` as separator.
    pub display: String,
    /// Whether findings on it were asked for; else it is context.
    pub requested: bool,
    /// What it is.
    pub kind: FileKind,
}

/// What a look for files gave.
#[derive(Clone, Debug, Default)]
pub struct Discovery {
    /// Groups, sorted by their first file.
    pub groups: Vec<Group>,
    /// Named files of kinds that SSIS does not write.
    pub problems: Vec<Problem>,
    /// Paths that do not exist or cannot be opened.
    pub errors: Vec<InputError>,
    /// Files and folders left out by `exclude`.
    pub excluded: usize,
    /// What the user may want to know, as a folder without any SSIS file.
    pub warnings: Vec<String>,
}

/// Build output repeats every package; the others are no sources.
const SKIPPED: [&str; 4] = [".git", ".vs", "bin", "obj"];

/// Finds the files of paths that were named, and what else their projects hold.
#[must_use]
pub fn discover(paths: &[PathBuf], options: &Options) -> Discovery {
    let mut search = Search { options, found: BTreeMap::new(), discovery: Discovery::default() };
    for path in paths {
        search.named(path);
    }
    let Search { found, mut discovery, .. } = search;
    discovery.groups = group::group(found);
    discovery
}

/// The project around a file whose content comes from standard input.
#[must_use]
pub fn standard_input(name: &Path, options: &Options) -> Discovery {
    let mut search = Search { options, found: BTreeMap::new(), discovery: Discovery::default() };
    let kind = kind::by_name(name).unwrap_or(FileKind::Package);
    search.keep(name.to_owned(), kind);
    let Search { found, mut discovery, .. } = search;
    discovery.groups = group::group(found);
    discovery
}

struct Search<'o> {
    options: &'o Options,
    /// Requested files by path, so that each is read once.
    found: BTreeMap<PathBuf, FileKind>,
    discovery: Discovery,
}

impl Search<'_> {
    fn named(&mut self, path: &Path) {
        match std::fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => self.folder(path),
            Ok(_) => self.file(path),
            Err(error) => self.error(path, &error),
        }
    }

    fn file(&mut self, path: &Path) {
        match kind::of_named(path) {
            Ok(Some(kind)) => self.keep(path.to_owned(), kind),
            Ok(None) => self.discovery.problems.push(Problem {
                file: FileRef { file: display(path), member: None },
                requested: true,
                kind: ProblemKind::Unsupported,
                message: "the file is of no kind that SSIS writes".to_owned(),
                help: "name .dtsx, .dtsxp, .ispac, .dtproj, .conmgr, .params or .dtsConfig files, or folders".to_owned(),
            }),
            Err(error) => self.error(path, &error),
        }
    }

    fn folder(&mut self, root: &Path) {
        let before = self.found.len();
        let mut excluded = 0;
        let mut walk = WalkDir::new(root).sort_by_file_name().into_iter();
        while let Some(entry) = walk.next() {
            match entry {
                Ok(entry) if entry.depth() > 0 && self.is_excluded(entry.path()) => {
                    excluded += 1;
                    if entry.file_type().is_dir() {
                        walk.skip_current_dir();
                    }
                }
                Ok(entry) if entry.file_type().is_dir() => {
                    if entry.depth() > 0 && is_skipped(entry.file_name()) {
                        walk.skip_current_dir();
                    }
                }
                Ok(entry) => self.walked(entry.path()),
                Err(error) => self.walk_error(root, &error),
            }
        }
        self.discovery.excluded += excluded;
        if self.found.len() == before && excluded == 0 {
            self.discovery.warnings.push(format!("{}: no SSIS file found", display(root)));
        }
    }

    fn walked(&mut self, path: &Path) {
        if let Some(kind) = kind::by_name(path).or_else(|| kind::configuration_by_content(path)) {
            self.keep(path.to_owned(), kind);
        }
    }

    fn keep(&mut self, path: PathBuf, kind: FileKind) {
        let path = path.strip_prefix(".").map(Path::to_owned).unwrap_or(path);
        self.found.entry(path).or_insert(kind);
    }

    fn is_excluded(&self, path: &Path) -> bool {
        self.options.exclude.as_ref().is_some_and(|globs| globs.is_match(display(path)))
    }

    fn error(&mut self, path: &Path, error: &std::io::Error) {
        let message = match error.kind() {
            std::io::ErrorKind::NotFound => "does not exist".to_owned(),
            _ => format!("cannot be opened: {error}"),
        };
        self.discovery.errors.push(InputError { file: display(path), message });
    }

    fn walk_error(&mut self, root: &Path, error: &walkdir::Error) {
        let path = error.path().unwrap_or(root);
        let reason = error.io_error().map_or_else(|| "a link leads back to it".to_owned(), ToString::to_string);
        self.discovery.errors.push(InputError { file: display(path), message: format!("cannot be opened: {reason}") });
    }
}

fn is_skipped(name: &std::ffi::OsStr) -> bool {
    SKIPPED.iter().any(|skipped| name.eq_ignore_ascii_case(skipped))
}

/// A path as findings show it: as given, with `/`, without a leading `./`.
pub(crate) fn display(path: &Path) -> String {
    let text = path.to_string_lossy();
    let text = if std::path::MAIN_SEPARATOR == '\\' { text.replace('\\', "/") } else { text.into_owned() };
    text.strip_prefix("./").map(str::to_owned).unwrap_or(text)
}

#[cfg(test)]
mod tests;
