//! The configurations of a run, each found and read once.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{CliError, LintArgs};
use crate::config::{self, Finder, Loaded};
use crate::custom;
use crate::paths::FileGlob;

/// Configurations, in the order in which they were first asked for.
pub(super) struct Configurations<'a> {
    /// Keys that the command line sets, on top of every file.
    keys: Vec<&'a str>,
    source: Source<'a>,
    found: RefCell<Found>,
}

/// Where configurations come from.
enum Source<'a> {
    /// `--config FILE`
    Given(&'a Path),
    /// `--no-config`
    Nowhere,
    /// The nearest file, upwards.
    Nearest,
}

#[derive(Default)]
struct Found {
    finder: Finder,
    /// Index by file.
    known: BTreeMap<Option<PathBuf>, usize>,
    loaded: Vec<Loaded>,
    /// What each leaves out of a walk.
    excludes: Vec<Vec<FileGlob>>,
    /// What a walk came upon, which cannot end there.
    error: Option<CliError>,
}

impl<'a> Configurations<'a> {
    /// As the command line says.
    pub(super) fn new(args: &'a LintArgs) -> Result<Self, CliError> {
        let is_key = |text: &&str| text.contains('=') && !Path::new(text).is_file();
        let (keys, files): (Vec<&str>, Vec<&str>) = args.config.iter().map(String::as_str).partition(is_key);
        let source = match files.as_slice() {
            [] if args.no_config => Source::Nowhere,
            [] => Source::Nearest,
            [file] => Source::Given(Path::new(*file)),
            [_, second, ..] => return Err(CliError::Usage(format!("`--config {second}`: there is a configuration file already; let one extend the other"))),
        };
        Ok(Self { keys, source, found: RefCell::default() })
    }

    /// Index of the configuration for a file or folder.
    pub(super) fn of(&self, path: &Path) -> Result<usize, CliError> {
        let found = &mut *self.found.borrow_mut();
        let file = match self.source {
            Source::Given(file) => Some(file.to_owned()),
            Source::Nowhere => None,
            Source::Nearest => found.finder.find(path),
        };
        if let Some(index) = found.known.get(&file) {
            return Ok(*index);
        }
        let loaded = self.load(file.as_deref())?;
        found.known.insert(file, found.loaded.len());
        found.excludes.push(excludes(&loaded));
        found.loaded.push(loaded);
        Ok(found.loaded.len() - 1)
    }

    fn load(&self, file: Option<&Path>) -> Result<Loaded, CliError> {
        let loaded = file.map_or_else(|| Ok(Loaded::default()), config::load)?;
        let set = |loaded: Loaded, key: &&str| loaded.with(key).map_err(|error| CliError::Usage(format!("--config {key}: {error}")));
        self.keys.iter().try_fold(loaded, set)
    }

    /// Whether a walk leaves out a file or folder: by the configuration of the folder that it is in.
    pub(super) fn exclude(&self, path: &Path) -> bool {
        match self.of(path.parent().unwrap_or(path)) {
            Ok(index) => self.found.borrow().excludes[index].iter().any(|glob| glob.matches_path(path)),
            Err(error) => {
                self.found.borrow_mut().error.get_or_insert(error);
                false
            }
        }
    }

    /// All that were asked for.
    pub(super) fn all(self) -> Result<Vec<Loaded>, CliError> {
        let found = self.found.into_inner();
        found.error.map_or(Ok(found.loaded), Err)
    }
}

/// The globs of the strongest file that has any, relative to it.
fn excludes(loaded: &Loaded) -> Vec<FileGlob> {
    let layer = loaded.layers.iter().find(|layer| layer.config.exclude.is_some());
    // What a layer holds has been checked.
    let globs = layer.map(|layer| layer.config.exclude.iter().flatten().filter_map(|pattern| FileGlob::new(&layer.folder, pattern).ok()));
    globs.into_iter().flatten().collect()
}

/// The rules that a team has written in that configuration file, or else in the one that holds here.
pub(super) fn own_rules(given: Option<&Path>) -> Result<Vec<Arc<custom::Rule>>, CliError> {
    let file = given.map(Path::to_owned).or_else(|| Finder::default().find(Path::new(".")));
    let loaded = file.as_deref().map(config::load).transpose()?;
    Ok(loaded.iter().flat_map(Loaded::custom).cloned().collect())
}
