//! `ssislint.toml`: what a team has decided about the rules. Found upwards from the first path to the root of the repository.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::finding::Severity;
use crate::rules::{Options, Target};

/// Names of a configuration file, the preferred one first.
pub const FILE_NAMES: [&str; 2] = ["ssislint.toml", ".ssislint.toml"];

/// The content of a configuration file. Every key is optional; unknown ones are errors.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Config {
    /// Another configuration file, relative to this one, whose keys hold where this one says nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extend: Option<PathBuf>,
    /// Where the packages are going to run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub targets: Option<Vec<Target>>,
    /// Rules to run instead of the default set: names, ids, categories, `all`, `pedantic`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub select: Option<Vec<String>>,
    /// Rules not to run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ignore: Option<Vec<String>>,
    /// Rules not to run on files that match a glob; globs are relative to the configuration file.
    pub per_file_ignores: BTreeMap<String, Vec<String>>,
    /// Another severity for a rule.
    pub severity: BTreeMap<String, Level>,
    /// Globs of files and folders that a walk leaves out, relative to the configuration file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclude: Option<Vec<String>>,
    /// The smallest severity that makes the run fail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fail_on: Option<Severity>,
    /// The smallest severity that is reported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_severity: Option<Severity>,
    /// Options of single rules, by the name of the rule.
    #[serde(skip_serializing_if = "Options::is_empty")]
    pub rules: Options,
    /// Findings that are accepted, each with a reason.
    pub allow: Vec<Allow>,
}

/// A severity for a rule, or `off`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Will fail.
    Error,
    /// Likely to fail.
    Warning,
    /// Advice.
    Info,
    /// Not run.
    Off,
}

impl Level {
    /// The severity; none for `off`.
    #[must_use]
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Off => None,
        }
    }
}

/// Findings that are accepted.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Allow {
    /// Name, id or category of the rule.
    pub rule: String,
    /// Glob of the files, relative to the configuration file; all files when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Pattern of the object path, with `*` for any text; all objects when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// Why it is accepted.
    pub reason: String,
    /// Last day on which it holds, as a TOML date: `2026-12-31`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub until: Option<toml::value::Datetime>,
}

/// A configuration that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read the configuration `{0}`: {1}")]
    Read(String, std::io::Error),
    /// The file is not TOML, has an unknown key or a value of the wrong type.
    #[error("the configuration `{0}` is not valid: {1}")]
    Invalid(String, Box<toml::de::Error>),
    /// Files extend each other in a circle.
    #[error("the configuration `{0}` extends itself")]
    Circle(String),
    /// A key is well-formed and makes no sense.
    #[error("the configuration `{0}` is not valid: {1}")]
    Senseless(String, String),
}

/// A configuration, and where it came from.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// Its content, with what it extends.
    pub config: Config,
    /// The file; none when there is none.
    pub file: Option<PathBuf>,
}

impl Loaded {
    /// The folder that globs are relative to.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.file.as_deref().and_then(Path::parent).unwrap_or(Path::new(""))
    }
}

/// The configuration file for a path: in its folder or above, up to the root of the repository.
#[must_use]
pub fn find(path: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(path).ok()?;
    for folder in absolute.ancestors().filter(|folder| folder.is_dir()) {
        if let Some(file) = FILE_NAMES.iter().map(|name| folder.join(name)).find(|file| file.is_file()) {
            return Some(file);
        }
        if folder.join(".git").exists() {
            return None;
        }
    }
    None
}

/// Reads a configuration and what it extends.
///
/// # Errors
///
/// When a file cannot be read, is not valid, or extends itself.
pub fn load(file: &Path) -> Result<Loaded, ConfigError> {
    let config = load_chain(file, &mut BTreeSet::new())?;
    Ok(Loaded { config, file: Some(file.to_owned()) })
}

fn load_chain(file: &Path, seen: &mut BTreeSet<PathBuf>) -> Result<Config, ConfigError> {
    let name = || file.display().to_string();
    if !seen.insert(file.canonicalize().unwrap_or_else(|_| file.to_owned())) {
        return Err(ConfigError::Circle(name()));
    }
    let text = std::fs::read_to_string(file).map_err(|error| ConfigError::Read(name(), error))?;
    let config = parse(&text).map_err(|error| ConfigError::Invalid(name(), Box::new(error)))?;
    if let Some(allow) = config.allow.iter().find(|allow| allow.reason.trim().is_empty()) {
        return Err(ConfigError::Senseless(name(), format!("an [[allow]] of `{}` has no reason", allow.rule)));
    }
    match config.extend.clone() {
        Some(base) => Ok(config.over(load_chain(&file.parent().unwrap_or(Path::new("")).join(base), seen)?)),
        None => Ok(config),
    }
}

/// Reads the text of a configuration.
///
/// # Errors
///
/// When it is not TOML, has an unknown key or a value of the wrong type; the error says where.
pub fn parse(text: &str) -> Result<Config, toml::de::Error> {
    toml::from_str(text)
}

impl Config {
    /// This configuration, and `base` where it says nothing. Tables and lists of entries are joined.
    fn over(mut self, mut base: Self) -> Self {
        let mut allow = std::mem::take(&mut base.allow);
        allow.append(&mut self.allow);
        let table = |config: &Self| toml::Table::try_from(config).expect("a configuration can be written as TOML");
        let joined: Self = join(table(&base), table(&self)).try_into().expect("what two configurations say can be read");
        Self { extend: None, allow, ..joined }
    }

    /// This configuration with one key set by `KEY=VALUE`; a value that is no TOML is taken as a string.
    ///
    /// # Errors
    ///
    /// When the key is unknown or the value has the wrong type.
    pub fn with(self, assignment: &str) -> Result<Self, String> {
        let (key, value) = assignment.split_once('=').ok_or_else(|| format!("`{assignment}` is not KEY=VALUE"))?;
        let set = |value: &str| parse(&format!("{} = {value}", key.trim()));
        let quoted = format!("{:?}", value.trim());
        let config = set(value.trim()).or_else(|error| set(&quoted).map_err(|_| error)).map_err(|error| error.message().to_owned())?;
        Ok(config.over(self))
    }

    /// JSON Schema of the configuration, as checked in.
    #[must_use]
    pub fn schema() -> serde_json::Value {
        serde_json::to_value(schemars::schema_for!(Self)).unwrap_or_default()
    }
}

/// The keys of both tables; where both have one that is no table, `own` goes first.
fn join(mut base: toml::Table, own: toml::Table) -> toml::Table {
    for (key, value) in own {
        let value = match (base.remove(&key), value) {
            (Some(toml::Value::Table(base)), toml::Value::Table(own)) => toml::Value::Table(join(base, own)),
            (_, value) => value,
        };
        base.insert(key, value);
    }
    base
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_read() {
        let config = parse(
            "targets = [\"agent\", \"azure-ssis\"]\nselect = [\"all\"]\nignore = [\"unc-path\"]\nexclude = [\"old/**\"]\nfail-on = \"error\"\n\
             [per-file-ignores]\n\"legacy/**\" = [\"path\"]\n[severity]\nloopback-server = \"off\"\n[[allow]]\nrule = \"unc-path\"\nreason = \"x\"\nuntil = 2027-01-31\n",
        );
        let config = config.expect("valid");
        assert_eq!(config.targets, Some(vec![Target::Agent, Target::AzureSsis]));
        assert_eq!(config.severity["loopback-server"], Level::Off);
        assert_eq!(config.allow.len(), 1);
    }

    #[test]
    fn unknown_keys_and_wrong_types_say_where() {
        let error = parse("selekt = [\"all\"]\n").expect_err("unknown").to_string();
        assert!(error.contains("line 1") && error.contains("selekt") && error.contains("select"), "{error}");
        let error = parse("\nfail-on = 3\n").expect_err("a number").to_string();
        assert!(error.contains("line 2"), "{error}");
        assert!(parse("[[allow]]\nrule = \"unc-path\"\n").is_err(), "a reason is required");
    }

    #[test]
    fn keys_are_set_one_by_one() {
        let config = Config::default().with("fail-on=error").and_then(|config| config.with("targets=[\"fabric\"]")).expect("valid");
        assert_eq!((config.fail_on, config.targets), (Some(Severity::Error), Some(vec![Target::Fabric])));
        assert!(Config::default().with("fail-on=never").is_err());
        assert!(Config::default().with("nonsense").is_err());
    }

    #[test]
    fn files_extend_others_and_never_themselves() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
        write(
            "base.toml",
            "ignore = [\"unc-path\"]\nfail-on = \"error\"\n[severity]\nunc-path = \"off\"\n[rules.SSIS0302]\nallowed-paths = ['X:\\a']\n[rules.loopback-server]\nallowed-hosts = ['.']\n",
        );
        write("ssislint.toml", "extend = \"base.toml\"\nfail-on = \"info\"\n[severity]\nexcel = \"off\"\n[rules.unc-path]\nallowed-paths = []\n");
        write("circle.toml", "extend = \"circle.toml\"\n");
        let loaded = load(&folder.path().join("ssislint.toml")).expect("valid");
        assert_eq!((loaded.config.fail_on, loaded.config.ignore.clone()), (Some(Severity::Info), Some(vec!["unc-path".to_owned()])));
        assert_eq!(loaded.config.severity.len(), 2);
        assert!(loaded.config.rules.loopback_server.allowed_hosts.matches(".") && !loaded.config.rules.unc_path.allowed_paths.matches("X:/a/b"));
        assert!(matches!(load(&folder.path().join("circle.toml")), Err(ConfigError::Circle(_))));
        assert_eq!(find(&folder.path().join("deeper")).as_deref(), Some(folder.path().join("ssislint.toml").as_path()));
    }

    #[test]
    fn the_schema_that_is_checked_in_is_fresh() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/ssislint-config.schema.json");
        let fresh = format!("{}\n", serde_json::to_string_pretty(&Config::schema()).expect("JSON"));
        if std::env::var_os("UPDATE_SCHEMA").is_some() {
            std::fs::write(&path, &fresh).expect("a file");
        }
        assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), fresh, "run with UPDATE_SCHEMA=1 to refresh");
    }
}
