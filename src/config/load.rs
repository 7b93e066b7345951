//! Finding and reading configuration files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Config, ConfigError, check, parse, place};
use crate::custom;
use crate::finding::Location;
use crate::paths;

/// Names of a configuration file, the preferred one first.
pub const FILE_NAMES: [&str; 2] = ["ssislint.toml", ".ssislint.toml"];

/// One file, or the keys that the command line sets.
#[derive(Clone, Debug)]
pub struct Layer {
    /// As findings show it.
    pub name: String,
    /// Absolute: globs are relative to it.
    pub folder: PathBuf,
    /// What it says itself.
    pub config: Config,
    /// Whether another file extends it.
    pub inherited: bool,
    /// The rules that it defines.
    custom: Vec<Arc<custom::Rule>>,
    text: String,
}

impl Layer {
    /// Where the `[[allow]]` entry of that index stands.
    #[must_use]
    pub fn location_of_allow(&self, index: usize) -> Location {
        place::locate(&self.text, &place::of_entry(&self.text, "allow", index, "rule").unwrap_or(0..0))
    }
}

/// A configuration and where it came from.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// What holds in the end.
    pub config: Config,
    /// What it was made of, the strongest first.
    pub layers: Vec<Layer>,
}

/// The configuration files for folders: in the folder or above, up to the root of the repository. Every folder is asked once.
#[derive(Debug, Default)]
pub struct Finder(BTreeMap<PathBuf, Option<PathBuf>>);

impl Finder {
    /// The file for a file or folder, which may be one that does not exist.
    pub fn find(&mut self, path: &Path) -> Option<PathBuf> {
        let path = paths::absolute(path);
        let folder = path.ancestors().find(|folder| folder.is_dir())?;
        self.in_folder(folder)
    }

    fn in_folder(&mut self, folder: &Path) -> Option<PathBuf> {
        if let Some(known) = self.0.get(folder) {
            return known.clone();
        }
        let own = FILE_NAMES.iter().map(|name| folder.join(name)).find(|file| file.is_file());
        let above = folder.parent().filter(|_| own.is_none() && !folder.join(".git").exists());
        let file = own.or_else(|| self.in_folder(above?));
        self.0.insert(folder.to_owned(), file.clone());
        file
    }
}

/// Reads a configuration and what it extends.
///
/// # Errors
///
/// When a file cannot be read, is not valid, or extends itself.
pub fn load(file: &Path) -> Result<Loaded, ConfigError> {
    let mut layers: Vec<Layer> = Vec::new();
    let mut seen: Vec<PathBuf> = Vec::new();
    let mut next = Some(file.to_owned());
    while let Some(file) = next {
        let real = file.canonicalize().unwrap_or_else(|_| file.clone());
        if seen.contains(&real) {
            return Err(ConfigError::Circle(paths::shown(&file)));
        }
        seen.push(real);
        let layer = read(&file, !layers.is_empty())?;
        next = layer.config.extend.as_ref().map(|base| layer.folder.join(base));
        layers.push(layer);
    }
    check_all(&mut layers, 0)?;
    Ok(Loaded::of(layers))
}

fn read(file: &Path, inherited: bool) -> Result<Layer, ConfigError> {
    let name = paths::shown(file);
    let text = std::fs::read_to_string(file).map_err(|error| ConfigError::Read(name.clone(), error))?;
    let folder = paths::absolute(file).parent().map(Path::to_owned).unwrap_or_default();
    layer(name, text, folder, inherited)
}

fn layer(name: String, text: String, folder: PathBuf, inherited: bool) -> Result<Layer, ConfigError> {
    let config = parse(&text).map_err(|error| ConfigError::of_toml(&name, &text, &error))?;
    Ok(Layer { name, folder, config, inherited, custom: Vec::new(), text })
}

/// Checks the first layers, the others being checked already when `checked` is above zero: a file knows the rules of those that it extends.
fn check_all(layers: &mut [Layer], checked: usize) -> Result<(), ConfigError> {
    for index in (0..layers.len() - checked).rev() {
        let (own, extended) = layers[index..].split_first_mut().expect("the index is one of a layer");
        let inherited: Vec<_> = extended.iter().flat_map(|layer| &layer.custom).cloned().collect();
        own.check(&inherited).map_err(|mistake| own.error(mistake))?;
    }
    Ok(())
}

impl Layer {
    fn check(&mut self, inherited: &[Arc<custom::Rule>]) -> Result<(), check::Mistake> {
        self.custom = check::custom(&self.config, inherited)?;
        let names: Vec<&str> = self.custom.iter().chain(inherited).map(|rule| rule.name()).collect();
        check::check(&self.config, &names)
    }

    fn error(&self, mistake: check::Mistake) -> ConfigError {
        let range = match mistake.entry {
            Some((index, key, offset)) => place::of_entry(&self.text, mistake.key, index, key).map(|value| place::inside(&self.text, value, offset)),
            None => place::of_word(&self.text, mistake.key, &mistake.word),
        };
        ConfigError::at(&self.name, &self.text, range, mistake.message)
    }
}

impl Loaded {
    /// In words, where it came from.
    #[must_use]
    pub fn origin(&self) -> String {
        let names: Vec<&str> = self.layers.iter().map(|layer| layer.name.as_str()).collect();
        if names.is_empty() { "no configuration file".to_owned() } else { format!("from {}", names.join(", ")) }
    }

    /// The rules that the files define, those of the extended ones first.
    pub fn custom(&self) -> impl Iterator<Item = &Arc<custom::Rule>> {
        self.layers.iter().rev().flat_map(|layer| &layer.custom)
    }

    fn of(layers: Vec<Layer>) -> Self {
        let config = layers.iter().rev().fold(Config::default(), |base, layer| layer.config.clone().over(base));
        Self { config, layers }
    }

    /// This configuration with one key set by `KEY=VALUE`; a value that is no TOML is taken as a string.
    ///
    /// # Errors
    ///
    /// When the key is unknown or the value has the wrong type; the message says what is wrong.
    pub fn with(self, assignment: &str) -> Result<Self, String> {
        let (key, value) = assignment.split_once('=').ok_or_else(|| format!("`{assignment}` is not KEY=VALUE"))?;
        let line = |value: &str| format!("{} = {value}", key.trim());
        let set = |value: &str| {
            let own = layer("--config".to_owned(), line(value), paths::absolute(Path::new("")), false)?;
            let mut layers = [vec![own], self.layers.clone()].concat();
            check_all(&mut layers, self.layers.len()).map(|()| layers)
        };
        let quoted = toml::Value::String(value.trim().to_owned()).to_string();
        let is_toml = toml::from_str::<toml::Table>(&line(value.trim())).is_ok();
        let layers = set(if is_toml { value.trim() } else { &quoted }).map_err(|error| match error {
            ConfigError::Invalid { message, .. } => message,
            other => other.to_string(),
        })?;
        if layers[0].config.extend.is_some() {
            return Err("files extend each other; give the file itself".to_owned());
        }
        Ok(Self::of(layers))
    }
}
