//! All files found, each once, before they are grouped.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use foldhash::HashMap;
use walkdir::{DirEntry, WalkDir};

use super::{Discovery, FileKind, GroupFile, display};
use crate::finding::{FileRef, InputError};
use crate::source::{Problem, ProblemKind};

/// Folders that a walk leaves out: their build output repeats every package.
const SKIPPED: [&str; 4] = [".git", ".vs", "bin", "obj"];

/// [`Options::exclude`](super::Options::exclude)
type Exclude<'e> = Option<&'e dyn Fn(&Path) -> bool>;

#[derive(Default)]
pub(super) struct Pool {
    /// In the order in which they were found. Others speak of them by their place here.
    pub(super) files: Vec<Found>,
    /// By real path, so that a file that is given twice is there once.
    by_real: HashMap<PathBuf, usize>,
    /// By the real path in lower case: a project written on Windows does not care for the case of a name.
    folded: HashMap<String, usize>,
    /// Folders of files that were given, as given and as shown.
    context: BTreeSet<(PathBuf, String)>,
    /// The folder of the last file that a walk came upon, and its real path.
    walked_folder: (PathBuf, PathBuf),
    pub(super) discovery: Discovery,
}

/// A file with what was known when it was found.
pub(super) struct Found {
    pub(super) file: GroupFile,
    /// Its path without links and relative parts.
    pub(super) real: PathBuf,
    /// Its folder, as shown.
    pub(super) folder: String,
    /// Whether it was given itself.
    pub(super) given: bool,
}

impl Pool {
    /// A path of the command line.
    pub(super) fn given(&mut self, path: &Path, exclude: Exclude<'_>) {
        match std::fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => self.walk(path, exclude),
            Ok(metadata) if metadata.is_file() => self.named(path),
            Ok(_) => self.error(path, "is neither a file nor a folder"),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => self.error(path, "does not exist"),
            Err(error) => self.error(path, &format!("cannot be read: {error}")),
        }
    }

    /// Standard input, in the place of the file that it is named after.
    pub(super) fn stdin(&mut self, name: Option<&Path>) {
        let path = name.unwrap_or(Path::new("-"));
        let kind = FileKind::of_name(path).unwrap_or(FileKind::Package);
        let file = GroupFile { path: path.to_path_buf(), display: display::of(path), requested: true, kind, stdin: true };
        if name.is_some() && kind != FileKind::Archive {
            self.add_folder_of(path);
        }
        self.add(file, folder_of(path).1, true);
    }

    fn named(&mut self, path: &Path) {
        let kind = match FileKind::of_name(path).map_or_else(|| FileKind::of_file(path), |kind| Ok(Some(kind))) {
            Ok(Some(kind)) => kind,
            Ok(None) => return self.unsupported(path),
            Err(error) => return self.error(path, &format!("cannot be read: {error}")),
        };
        if kind != FileKind::Archive {
            self.add_folder_of(path);
        }
        let file = GroupFile { path: path.to_path_buf(), display: display::of(path), requested: true, kind, stdin: false };
        self.add(file, folder_of(path).1, true);
    }

    fn walk(&mut self, root: &Path, exclude: Exclude<'_>) {
        let (shown, before) = (display::of(root), self.discovery.excluded.len());
        let mut found = 0;
        let mut walk = WalkDir::new(root).sort_by_file_name().into_iter();
        while let Some(next) = walk.next() {
            let entry = match next {
                Ok(entry) => entry,
                Err(error) => {
                    self.walk_error(root, &error);
                    continue;
                }
            };
            let name = display::join(&shown, &display::of(entry.path().strip_prefix(root).unwrap_or(entry.path())));
            if entry.depth() > 0 && entry.file_type().is_dir() {
                if exclude.is_some_and(|exclude| exclude(entry.path())) {
                    self.discovery.excluded.push(name);
                    walk.skip_current_dir();
                } else if is_skipped(entry.file_name()) {
                    self.discovery.skipped.push(name);
                    walk.skip_current_dir();
                }
            } else {
                found += usize::from(self.walked(&entry, name, exclude));
            }
        }
        if found == 0 && self.discovery.excluded.len() == before {
            let shown = if shown.is_empty() { "." } else { &shown };
            self.discovery.warnings.push(format!("no SSIS files in {shown}"));
        }
    }

    /// Adds a file of a walk, when it is one of ours.
    fn walked(&mut self, entry: &DirEntry, name: String, exclude: Exclude<'_>) -> bool {
        if entry.path_is_symlink() && entry.depth() > 0 {
            if FileKind::of_name(entry.path()).is_some() {
                self.discovery.warnings.push(format!("the symbolic link {name} was not followed"));
            }
            return false;
        }
        let Some(kind) = Some(entry.path()).filter(|_| entry.file_type().is_file()).and_then(FileKind::in_folder) else { return false };
        if exclude.is_some_and(|exclude| exclude(entry.path())) {
            self.discovery.excluded.push(name);
            return false;
        }
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let file = GroupFile { path: entry.path().to_path_buf(), display: name, requested: true, kind, stdin: false };
        self.add_walked(file, folder);
        true
    }

    /// Adds the other files of the folders of files that were given, not requested. Runs after all paths, whose names go first.
    pub(super) fn add_context(&mut self) {
        for (folder, shown) in std::mem::take(&mut self.context) {
            for next in WalkDir::new(&folder).min_depth(1).max_depth(1).sort_by_file_name() {
                // A folder that can be passed through but not listed gives no context.
                let Ok(entry) = next else { continue };
                let kind = Some(entry.path()).filter(|_| entry.file_type().is_file()).and_then(FileKind::in_folder);
                let Some(kind) = kind.filter(|kind| *kind != FileKind::Archive) else { continue };
                let name = display::join(&shown, &display::of(Path::new(entry.file_name())));
                self.add_walked(GroupFile { path: entry.into_path(), display: name, requested: false, kind, stdin: false }, shown.clone());
            }
        }
    }

    /// The file that a project in `folder` lists, added when it exists; `folder` is a real path, `shown` its name.
    pub(super) fn listed(&mut self, folder: &Path, shown: &str, relative: &str) -> Option<usize> {
        let path: PathBuf = relative.split('/').filter(|part| !matches!(*part, "" | ".")).fold(folder.to_path_buf(), |mut path, part| {
            if part == ".." {
                _ = path.pop()
            } else {
                path.push(part)
            }
            path
        });
        let kind = FileKind::of_name(&path).filter(|kind| matches!(kind, FileKind::Package | FileKind::Part | FileKind::ConnectionManager))?;
        if let Some(known) = self.folded.get(&fold(&path)) {
            return Some(*known);
        }
        if !std::fs::metadata(&path).is_ok_and(|metadata| metadata.is_file()) {
            return None;
        }
        let name = display::resolve(shown, relative);
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        Some(self.add(GroupFile { path, display: name, requested: false, kind, stdin: false }, folder, false))
    }

    /// Adds a file, or what is new about it, and gives its place.
    fn add(&mut self, file: GroupFile, folder: String, given: bool) -> usize {
        self.add_found(Found { real: real(&file.path), file, folder, given })
    }

    /// Adds a file that a walk came upon: no link, and in a folder like the one before it, whose real path takes long to find out.
    fn add_walked(&mut self, file: GroupFile, shown: String) {
        let folder = file.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if self.walked_folder.0 != folder {
            self.walked_folder = (folder.to_path_buf(), std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_path_buf()));
        }
        let real = self.walked_folder.1.join(file.path.file_name().unwrap_or_default());
        self.add_found(Found { file, real, folder: shown, given: false });
    }

    fn add_found(&mut self, found: Found) -> usize {
        if let Some(place) = self.by_real.get(&found.real)
            && let Some(known) = self.files.get_mut(*place)
        {
            known.file.requested |= found.file.requested;
            known.file.stdin |= found.file.stdin;
            known.given |= found.given;
            return *place;
        }
        let place = self.files.len();
        self.folded.entry(fold(&found.real)).or_insert(place);
        self.by_real.insert(found.real.clone(), place);
        self.files.push(found);
        place
    }

    fn add_folder_of(&mut self, path: &Path) {
        self.context.insert(folder_of(path));
    }

    fn unsupported(&mut self, path: &Path) {
        self.discovery.problems.push(Problem {
            file: FileRef { file: display::of(path), member: None },
            requested: true,
            kind: ProblemKind::Unsupported,
            message: "the file is of no kind that belongs to SSIS, by its name or by its content".into(),
            help: "Give a .dtsx, .dtsxp, .ispac, .dtproj, .conmgr, .params or .dtsConfig file, or a folder.".into(),
        });
    }

    fn walk_error(&mut self, root: &Path, error: &walkdir::Error) {
        let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
        self.error(error.path().unwrap_or(root), &format!("cannot be read: {reason}"));
    }

    fn error(&mut self, path: &Path, message: &str) {
        let shown = display::of(path);
        let file = if shown.is_empty() { ".".into() } else { shown };
        self.discovery.errors.push(InputError { file, message: message.into() });
    }
}

fn is_skipped(name: &OsStr) -> bool {
    SKIPPED.iter().any(|skipped| name.eq_ignore_ascii_case(skipped))
}

/// The folder of a file, to read and to show.
fn folder_of(path: &Path) -> (PathBuf, String) {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    (folder.to_path_buf(), display::of(folder))
}

/// The path without links and relative parts; for a file that does not exist, below its real folder.
fn real(path: &Path) -> PathBuf {
    let below_folder = || Some(std::fs::canonicalize(folder_of(path).0).ok()?.join(path.file_name()?));
    std::fs::canonicalize(path).ok().or_else(below_folder).unwrap_or_else(|| path.to_path_buf())
}

fn fold(path: &Path) -> String {
    path.to_string_lossy().to_lowercase()
}
