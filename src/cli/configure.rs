//! Command line and configuration, put together: the command line wins.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use super::configurations::{Projects, targets};
use super::{CliError, LintArgs, lint, output};
use crate::config::{self, Config, Loaded};
use crate::custom;
use crate::discover::Discovery;
use crate::finding::{FileRef, Severity};
use crate::lint::{FileIgnore, OtherSeverity, Plan, Policy, Settings};
use crate::paths::{self, FileGlob};
use crate::rules::select::{Selection, selects};
use crate::rules::{self, Described, Rule, TargetSet};
use crate::suppress::{Allowance, Day};

/// What is linted, and how.
pub(super) struct Job {
    /// The projects.
    pub(super) discovery: Discovery,
    /// The settings of each.
    pub(super) plan: Plan,
    /// The configuration behind each of the settings.
    pub(super) loaded: Vec<Loaded>,
}

/// Finds the projects, and the configuration of each. The first one is that of the first path, for what has no project.
pub(super) fn configure(args: &LintArgs) -> Result<Job, CliError> {
    let here = [PathBuf::from(".")];
    let given = if args.paths.is_empty() { &here[..] } else { &args.paths };
    let Projects { discovery, loaded, groups, problems } = Projects::find(given, args.stdin_filename.as_deref(), &args.configuration)?;
    let mut reading = lint::settings_for_reading(&args.common)?;
    reading.stdin = lint::stdin(args, &reading.source_limits)?.map(Into::into);
    // A word of the command line holds for all projects, so it may name a rule that only one of them has.
    let own: Vec<&str> = loaded.iter().flat_map(Loaded::custom).map(|rule| rule.name()).collect();
    let settings = loaded.iter().map(|loaded| settle(args, given, loaded, &own, &reading)).collect::<Result<_, _>>()?;
    Ok(Job { discovery, plan: Plan { settings, groups, problems }, loaded })
}

fn settle(args: &LintArgs, given: &[PathBuf], loaded: &Loaded, own: &[&str], reading: &Settings) -> Result<Settings, CliError> {
    let config = &loaded.config;
    let targets = targets(&args.target, config);
    Ok(Settings {
        targets,
        rules: rules(args, loaded, own)?,
        custom: custom(args, loaded),
        options: config.rules.clone(),
        min_severity: args.min_severity.or(config.min_severity).unwrap_or(Severity::Info),
        fail_on: args.fail_on.or(config.fail_on).unwrap_or(Severity::Warning),
        source_limits: reading.source_limits,
        xml_limits: reading.xml_limits,
        stdin: reading.stdin.clone(),
        password: reading.password.clone(),
        excerpts: output::plan(&args.format, &args.output_file)?.iter().any(|(format, _)| format.shows_excerpts()),
        policy: policy(given, loaded, targets)?,
    })
}

fn selection(args: &LintArgs, config: &Config) -> Selection {
    let given = |flags: &[String], key: &Option<Vec<String>>| if flags.is_empty() { key.clone().unwrap_or_default() } else { flags.to_vec() };
    Selection { select: given(&args.select, &config.select), ignore: given(&args.ignore, &config.ignore) }
}

/// Whether a rule is to run: selected, and not switched off.
fn runs(selection: &Selection, config: &Config, rule: &Described<'_>) -> bool {
    selection.includes(rule) && level(config, rule).is_none_or(|level| level.severity().is_some())
}

/// The built-in rules to run. `own` are the names of all that are not built in.
fn rules(args: &LintArgs, loaded: &Loaded, own: &[&str]) -> Result<Vec<&'static Rule>, CliError> {
    let selection = selection(args, &loaded.config);
    selection.check(own).map_err(|error| CliError::Usage(error.to_string()))?;
    Ok(rules::ALL.iter().copied().filter(|rule| runs(&selection, &loaded.config, &rule.described())).collect())
}

/// The team's own rules to run.
fn custom(args: &LintArgs, loaded: &Loaded) -> Vec<Arc<custom::Rule>> {
    let selection = selection(args, &loaded.config);
    loaded.custom().filter(|rule| runs(&selection, &loaded.config, &rule.described())).cloned().collect()
}

/// What the configuration says of a rule's severity: by its name or id, else by what it belongs to, the last word in order.
fn level(config: &Config, rule: &Described<'_>) -> Option<config::Level> {
    let is_own = |word: &str| word.eq_ignore_ascii_case(&rule.name) || word.eq_ignore_ascii_case(&rule.id);
    let own = config.severity.iter().find(|(word, _)| is_own(word));
    own.or_else(|| config.severity.iter().rfind(|(word, _)| selects(word, rule))).map(|(_, level)| *level)
}

/// What the team has decided about findings. Globs are relative to the file that they stand in.
fn policy(given: &[PathBuf], loaded: &Loaded, targets: TargetSet) -> Result<Policy, CliError> {
    let mut policy = Policy { today: today(), ..Policy::default() };
    for rule in rules::ALL.iter().map(|rule| rule.described()).chain(loaded.custom().map(|rule| rule.described())) {
        if let Some(wanted) = level(&loaded.config, &rule).and_then(config::Level::severity) {
            policy.severities.insert(rule.name.to_string(), OtherSeverity { own: rule.severity.highest(targets), wanted });
        }
    }
    policy.custom = loaded.custom().map(|rule| rule.name().to_owned()).collect();
    for layer in &loaded.layers {
        let glob = |pattern: &str| FileGlob::new(&layer.folder, pattern).map_err(|error| CliError::Usage(error.to_string()));
        for (pattern, rules) in &layer.config.per_file_ignores {
            policy.per_file_ignores.push(FileIgnore { glob: glob(pattern)?, pattern: pattern.clone(), rules: rules.clone() });
        }
        for (index, entry) in layer.config.allow.iter().enumerate() {
            policy.allowances.push(Allowance {
                entry: entry.clone(),
                path: entry.path.as_deref().map(glob).transpose()?,
                file: FileRef { file: layer.name.clone(), member: None },
                location: layer.location_of_allow(index),
                // A file that others extend has entries for all of them.
                judged: !layer.inherited && is_walked(given, &layer.folder),
            });
        }
    }
    Ok(policy)
}

/// Whether a folder that was given holds all of this one.
fn is_walked(given: &[PathBuf], folder: &Path) -> bool {
    given.iter().any(|path| path.is_dir() && folder.starts_with(paths::absolute(path)))
}

/// Year, month and day in UTC, by the rule that the days of a year starting in March follow one pattern.
fn today() -> Day {
    let days = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() / 86_400);
    day(days)
}

/// The day that comes so many days after the first of January 1970.
fn day(days: u64) -> Day {
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + u64::from(month <= 2);
    (u16::try_from(year).unwrap_or(u16::MAX), u8::try_from(month).unwrap_or(1), u8::try_from(day).unwrap_or(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        for (days, expected) in
            [(0, (1970, 1, 1)), (59, (1970, 3, 1)), (11_016, (2000, 2, 29)), (19_782, (2024, 2, 29)), (20_454, (2026, 1, 1)), (47_541, (2100, 3, 1))]
        {
            assert_eq!(day(days), expected, "{days}");
        }
        assert!(today() > (2025, 1, 1));
    }
}
