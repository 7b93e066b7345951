//! `ssislint.toml`: what a team has decided about the rules. Found upwards from each project to the root of the repository.

mod check;
mod error;
mod load;
mod place;

pub use error::ConfigError;
pub use load::{FILE_NAMES, Finder, Layer, Loaded, load};

use std::collections::BTreeMap;
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::custom;
use crate::finding::Severity;
use crate::rules::{Options, Target};

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
    /// Rules whose findings do not count in files that match a glob; globs are relative to the configuration file.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub per_file_ignores: BTreeMap<String, Vec<String>>,
    /// Another severity for a rule, an id or a category; a rule's own goes before that of its category. What a rule weighs less than its other findings
    /// stays below them.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub severity: BTreeMap<String, Level>,
    /// Globs of files and folders that a walk leaves out, relative to the configuration file; a folder stands for all that is in it.
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
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allow: Vec<Allow>,
    /// Rules of your own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rule: Vec<custom::Definition>,
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
    /// Glob of the files, relative to the configuration file; a folder stands for all that is in it; all files when absent.
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
        let mut rule = std::mem::take(&mut base.rule);
        rule.append(&mut self.rule);
        let table = |config: &Self| toml::Table::try_from(config).expect("a configuration can be written as TOML");
        let joined: Self = join(table(&base), table(&self)).try_into().expect("what two configurations say can be read");
        Self { extend: None, allow, rule, ..joined }
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
mod tests;
