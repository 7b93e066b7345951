//! Which files are read, and which of them belong together.
//!
//! Every archive is a group. A project file takes what it lists, wherever that lies; when it is the only one of its folder it takes the
//! whole folder, since the designer writes its list late and packages are often added by hand. Beside several project files a file goes to
//! those that list it, and `.params` and `.dtsConfig` files, which no list names, to each. What is left is grouped by folder.
//!
//! A file in several groups is requested in the first one only, so that it is reported once.

mod display;
mod group;
mod kind;
mod listing;
mod pool;

pub use kind::FileKind;

use std::path::{Path, PathBuf};

use crate::finding::InputError;
use crate::source::Problem;
use pool::Pool;

/// What the caller decides about the search.
#[derive(Clone, Default)]
pub struct Options<'o> {
    /// Says whether a walk leaves out a file or folder. Paths that are given are read all the same.
    pub exclude: Option<&'o dyn Fn(&Path) -> bool>,
    /// The name that standard input (`-`) goes by. The file needs not exist; its folder gives the context.
    pub stdin_filename: Option<PathBuf>,
}

/// Files that are loaded, modelled and linted together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The archive, the folder of the project file, or the folder of the loose files.
    pub root: PathBuf,
    /// Sorted by [`GroupFile::display`]; never empty.
    pub files: Vec<GroupFile>,
    /// Whether every document of the project is at hand: an archive, or a project file whose list could be read.
    pub complete: bool,
}

/// One file of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupFile {
    /// Where to read it.
    pub path: PathBuf,
    /// Its name in findings: as given on the command line, with `/`, without a leading `./`.
    pub display: String,
    /// Whether findings on it were asked for; else it is only context.
    pub requested: bool,
    /// What it is expected to hold.
    pub kind: FileKind,
    /// Whether its content is on standard input.
    pub stdin: bool,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Discovery {
    /// Sorted by the names of their files. Each has a requested file.
    pub groups: Vec<Group>,
    /// Paths that were given and are no kind of file known here.
    pub problems: Vec<Problem>,
    /// Paths that do not exist, folders that cannot be read.
    pub errors: Vec<InputError>,
    /// Files and folders that [`Options::exclude`] left out, as shown.
    pub excluded: Vec<String>,
    /// Folders that are always left out, as shown.
    pub skipped: Vec<String>,
    /// What the user may want to know: a folder that holds nothing to read, a symbolic link that was not followed.
    pub warnings: Vec<String>,
}

/// Finds the files behind the given paths, and the context they need. `-` stands for standard input.
#[must_use]
pub fn discover(paths: &[PathBuf], options: &Options<'_>) -> Discovery {
    let mut pool = Pool::default();
    for path in paths {
        if path == Path::new("-") {
            pool.stdin(options.stdin_filename.as_deref());
        } else {
            pool.given(path, options.exclude);
        }
    }
    pool.add_context();
    let groups = group::groups(&mut pool);
    let mut discovery = pool.discovery;
    discovery.groups = groups;
    discovery.problems.sort();
    discovery.errors.sort();
    discovery.errors.dedup();
    discovery
}

#[cfg(test)]
mod tests;
