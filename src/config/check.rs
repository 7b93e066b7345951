//! Values of the right type that make no sense.

use std::sync::Arc;

use super::Config;
use crate::custom;
use crate::paths::FileGlob;
use crate::rules::select;

/// A value that makes no sense.
pub(super) struct Mistake {
    /// The top-level key.
    pub(super) key: &'static str,
    /// The word below it.
    pub(super) word: String,
    /// The entry of the list called like the key, when it is in one: its index, the key there, and how many characters into the value.
    pub(super) entry: Option<(usize, &'static str, usize)>,
    /// What is wrong with it.
    pub(super) message: String,
}

impl Mistake {
    pub(super) fn new(key: &'static str, word: &str, message: String) -> Self {
        Self { key, word: word.to_owned(), entry: None, message }
    }
}

/// Every word names a rule, every glob and every pattern can be read, every acceptance has a reason. `own` are the names of the team's own rules.
pub(super) fn check(config: &Config, own: &[&str]) -> Result<(), Mistake> {
    rules("select", config.select.iter().flatten(), own)?;
    rules("ignore", config.ignore.iter().flatten(), own)?;
    rules("per-file-ignores", config.per_file_ignores.values().flatten(), own)?;
    rules("severity", config.severity.keys(), own)?;
    globs("exclude", config.exclude.iter().flatten())?;
    globs("per-file-ignores", config.per_file_ignores.keys())?;
    allows(config, own)
}

fn rules<'w>(key: &'static str, mut words: impl Iterator<Item = &'w String>, own: &[&str]) -> Result<(), Mistake> {
    words.try_for_each(|word| select::known(word, own).map_err(|unknown| Mistake::new(key, word, unknown.to_string())))
}

fn globs<'w>(key: &'static str, mut patterns: impl Iterator<Item = &'w String>) -> Result<(), Mistake> {
    patterns.try_for_each(|pattern| match FileGlob::new(std::path::Path::new(""), pattern) {
        Ok(_) => Ok(()),
        Err(error) => Err(Mistake::new(key, pattern, format!("`{pattern}` is no glob: {}", error.kind()))),
    })
}

fn allows(config: &Config, own: &[&str]) -> Result<(), Mistake> {
    for (index, allow) in config.allow.iter().enumerate() {
        let mistake = |message: String| Mistake { entry: Some((index, "rule", 0)), ..Mistake::new("allow", &allow.rule, message) };
        select::named(&allow.rule, own).map_err(|unknown| mistake(unknown.to_string()))?;
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

/// The team's own rules, ready to run. `inherited` are those of the files that this one extends.
pub(super) fn custom(config: &Config, inherited: &[Arc<custom::Rule>]) -> Result<Vec<Arc<custom::Rule>>, Mistake> {
    let mut rules: Vec<Arc<custom::Rule>> = Vec::new();
    for (index, definition) in config.rule.iter().enumerate() {
        let mistake = |key, offset, message| Mistake { entry: Some((index, key, offset)), ..Mistake::new("rule", &definition.name, message) };
        let rule = custom::Rule::new(definition).map_err(|wrong| mistake(wrong.key, wrong.offset, wrong.message))?;
        if rules.iter().chain(inherited).any(|known| known.name() == rule.name()) {
            return Err(mistake("name", 0, format!("there is another [[rule]] `{}`", rule.name())));
        }
        rules.push(Arc::new(rule));
    }
    Ok(rules)
}
