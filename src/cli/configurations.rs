//! The projects of a run and their configurations, each found and read once.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{CliError, ConfigurationArgs};
use crate::config::{self, Config, Finder, Loaded};
use crate::custom;
use crate::discover::{self, Discovery};
use crate::paths::FileGlob;
use crate::rules::options::SecretNames;
use crate::rules::{Target, TargetSet};

/// The projects of a run, and the configuration of each.
pub(super) struct Projects {
    pub(super) discovery: Discovery,
    /// The configurations. The first one is that of the first path, for what has no project.
    pub(super) loaded: Vec<Loaded>,
    /// For each group of the discovery the index of its configuration.
    pub(super) groups: Vec<usize>,
    /// For each problem of the discovery the index of its configuration.
    pub(super) problems: Vec<usize>,
}

impl Projects {
    /// Finds what is below the paths, as far as the configurations do not leave it out.
    pub(super) fn find(paths: &[PathBuf], stdin_filename: Option<&Path>, args: &ConfigurationArgs) -> Result<Self, CliError> {
        let found = Configurations::new(args)?;
        found.of(paths.first().map_or(Path::new("."), PathBuf::as_path))?;
        let exclude = |path: &Path| found.exclude(path);
        let discovery = discover::discover(paths, &discover::Options { stdin_filename: stdin_filename.map(Path::to_owned), exclude: Some(&exclude) });
        let groups = discovery.groups.iter().map(|group| found.of(&group.root)).collect::<Result<_, _>>()?;
        let problems = discovery.problems.iter().map(|problem| found.of(Path::new(&problem.file.file))).collect::<Result<_, _>>()?;
        Ok(Self { discovery, loaded: found.all()?, groups, problems })
    }

    /// The targets: of the command line, else all that some project is to run on.
    pub(super) fn targets(&self, given: &[Target]) -> TargetSet {
        let is_used = |index: &usize| self.groups.is_empty() || self.groups.contains(index);
        let used = self.loaded.iter().enumerate().filter(|(index, _)| is_used(index));
        let all: Vec<Target> = used.flat_map(|(_, loaded)| targets(given, &loaded.config).iter()).collect();
        TargetSet::of(&all)
    }

    /// What the team of a group calls its secrets.
    pub(super) fn secret_names(&self, group: usize) -> &SecretNames {
        &self.loaded[self.groups[group]].config.rules.clear_text_secret
    }
}

/// The targets of a project: of the command line, its configuration, or the default ones.
pub(super) fn targets(given: &[Target], config: &Config) -> TargetSet {
    let named = if given.is_empty() { config.targets.as_deref() } else { Some(given) };
    named.map_or_else(TargetSet::default, TargetSet::of)
}

/// Configurations, in the order in which they were first asked for.
struct Configurations<'a> {
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
    fn new(args: &'a ConfigurationArgs) -> Result<Self, CliError> {
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
    fn of(&self, path: &Path) -> Result<usize, CliError> {
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
    fn exclude(&self, path: &Path) -> bool {
        match self.of(path.parent().unwrap_or(path)) {
            Ok(index) => self.found.borrow().excludes[index].iter().any(|glob| glob.matches_path(path)),
            Err(error) => {
                self.found.borrow_mut().error.get_or_insert(error);
                false
            }
        }
    }

    /// All that were asked for.
    fn all(self) -> Result<Vec<Loaded>, CliError> {
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
