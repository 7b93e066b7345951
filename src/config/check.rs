//! Values of the right type that make no sense.

use super::Config;
use crate::paths::FileGlob;
use crate::rules::select;

/// A value that makes no sense.
pub(super) struct Mistake {
    /// The top-level key.
    pub(super) key: &'static str,
    /// The word below it.
    pub(super) word: String,
    /// Index of the `[[allow]]` entry, when it is in one.
    pub(super) allow: Option<usize>,
    /// What is wrong with it.
    pub(super) message: String,
}

impl Mistake {
    pub(super) fn new(key: &'static str, word: &str, message: String) -> Self {
        Self { key, word: word.to_owned(), allow: None, message }
    }
}

/// Every word names a rule, every glob and every pattern can be read, every acceptance has a reason.
pub(super) fn check(config: &Config) -> Result<(), Mistake> {
    rules("select", config.select.iter().flatten())?;
    rules("ignore", config.ignore.iter().flatten())?;
    rules("per-file-ignores", config.per_file_ignores.values().flatten())?;
    rules("severity", config.severity.keys())?;
    globs("exclude", config.exclude.iter().flatten())?;
    globs("per-file-ignores", config.per_file_ignores.keys())?;
    allows(config)
}

fn rules<'w>(key: &'static str, mut words: impl Iterator<Item = &'w String>) -> Result<(), Mistake> {
    words.try_for_each(|word| select::known(word).map_err(|unknown| Mistake::new(key, word, unknown.to_string())))
}

fn globs<'w>(key: &'static str, mut patterns: impl Iterator<Item = &'w String>) -> Result<(), Mistake> {
    patterns.try_for_each(|pattern| match FileGlob::new(std::path::Path::new(""), pattern) {
        Ok(_) => Ok(()),
        Err(error) => Err(Mistake::new(key, pattern, format!("`{pattern}` is no glob: {}", error.kind()))),
    })
}

fn allows(config: &Config) -> Result<(), Mistake> {
    for (index, allow) in config.allow.iter().enumerate() {
        let mistake = |message: String| Mistake { allow: Some(index), ..Mistake::new("allow", &allow.rule, message) };
        select::named(&allow.rule).map_err(|unknown| mistake(unknown.to_string()))?;
        if allow.reason.trim().is_empty() {
            return Err(mistake(format!("the [[allow]] of `{}` has an empty reason", allow.rule)));
        }
        if allow.until.is_some_and(|until| until.date.is_none() || until.time.is_some()) {
            return Err(mistake(format!("`until` of the [[allow]] of `{}` is no date: write it as 2027-12-31, without quotes", allow.rule)));
        }
        globs("allow", allow.path.iter()).map_err(|error| mistake(error.message))?;
    }
    Ok(())
}
