//! Command line and configuration file, put together: the command line wins.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::{CliError, LintArgs, output};
use crate::config::{self, Config, Loaded};
use crate::discover::Discovery;
use crate::finding::Severity;
use crate::lint::{Policy, Selection};
use crate::rules::{self, Rule, TargetSet};
use crate::suppress::{self, Allowance};

/// The configuration in force: of `--config FILE`, else found from the first path; single keys of `--config KEY=VALUE` on top.
pub(super) fn load(args: &LintArgs) -> Result<Loaded, CliError> {
    let (keys, files): (Vec<&String>, Vec<&String>) = args.config.iter().partition(|text| text.contains('=') && !Path::new(text.as_str()).is_file());
    let file = match files.last() {
        Some(file) => Some(PathBuf::from(file.as_str())),
        None if args.no_config => None,
        None => config::find(args.paths.first().map_or(Path::new("."), PathBuf::as_path)).map(|file| relative(&file)),
    };
    let mut loaded = file.map_or_else(|| Ok(Loaded::default()), |file| config::load(&file))?;
    for assignment in keys {
        loaded.config = loaded.config.with(assignment).map_err(|error| CliError::Usage(format!("--config {assignment}: {error}")))?;
    }
    Ok(loaded)
}

/// The path from the working directory, where it lies below.
fn relative(file: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    file.strip_prefix(&here).map_or_else(|_| file.to_owned(), Path::to_owned)
}

/// The rules to run, without those that are switched off.
pub(super) fn rules(args: &LintArgs, config: &Config) -> Result<Vec<&'static Rule>, CliError> {
    let given = |flags: &[String], key: &Option<Vec<String>>| if flags.is_empty() { key.clone().unwrap_or_default() } else { flags.to_vec() };
    let selection = Selection { select: given(&args.select, &config.select), ignore: given(&args.ignore, &config.ignore) };
    let mut rules = selection.rules().map_err(|error| CliError::Usage(error.to_string()))?;
    for (name, level) in &config.severity {
        let rule = known(name)?;
        rules.retain(|candidate| candidate.name != rule.name || level.severity().is_some());
    }
    Ok(rules)
}

fn known(name: &str) -> Result<&'static Rule, CliError> {
    let unknown = || {
        let suggestion = crate::lint::similar(name).map(|name| format!("; did you mean `{name}`?")).unwrap_or_default();
        CliError::Usage(format!("the configuration gives a severity to `{name}`, which is no rule{suggestion}"))
    };
    rules::find(name).ok_or_else(unknown)
}

/// The targets: of the command line, the configuration, or the default ones.
pub(super) fn targets(args: &LintArgs, config: &Config) -> TargetSet {
    let given = if args.target.is_empty() { config.targets.as_deref() } else { Some(&args.target[..]) };
    given.map_or_else(TargetSet::default, TargetSet::of)
}

/// The smallest severity that is reported.
pub(super) fn min_severity(args: &LintArgs, config: &Config) -> Severity {
    args.min_severity.or(config.min_severity).unwrap_or(Severity::Info)
}

/// The smallest severity that makes the run fail.
pub(super) fn fail_on(args: &LintArgs, config: &Config) -> Severity {
    args.fail_on.or(config.fail_on).unwrap_or(Severity::Warning)
}

/// What the team has decided about findings.
pub(super) fn policy(args: &LintArgs, loaded: &Loaded) -> Result<Policy, CliError> {
    let config = &loaded.config;
    let folder = shown(loaded.folder());
    let invalid = |error: globset::Error| CliError::Usage(format!("the configuration has a glob that is not valid: {error}"));
    let mut policy =
        Policy { config_file: loaded.file.as_deref().map(shown).unwrap_or_default(), whole: is_whole(args, loaded), today: today(), ..Policy::default() };
    for (name, level) in &config.severity {
        if let Some(severity) = level.severity() {
            policy.severities.insert(known(name)?.name, severity);
        }
    }
    for (pattern, words) in &config.per_file_ignores {
        policy.per_file_ignores.push((suppress::glob(&folder, pattern).map_err(invalid)?, words.clone()));
    }
    for allow in &config.allow {
        policy.allowances.push(Allowance::new(allow, &folder).map_err(invalid)?);
    }
    Ok(policy)
}

/// What a walk leaves out.
pub(super) fn exclude(loaded: &Loaded) -> Result<Option<globset::GlobSet>, CliError> {
    let Some(patterns) = &loaded.config.exclude else { return Ok(None) };
    let folder = shown(loaded.folder());
    let mut set = globset::GlobSetBuilder::new();
    for pattern in patterns {
        let glob = suppress::glob(&folder, pattern).map_err(|error| CliError::Usage(format!("`exclude` has a glob that is not valid: {error}")))?;
        set.add(glob.glob().clone());
    }
    set.build().map(Some).map_err(|error| CliError::Usage(error.to_string()))
}

/// Whether a path that was given holds the folder of the configuration.
fn is_whole(args: &LintArgs, loaded: &Loaded) -> bool {
    // The folder of a file in the working directory is the empty path.
    let absolute = |path: &Path| std::path::absolute(if path.as_os_str().is_empty() { Path::new(".") } else { path }).unwrap_or_default();
    let folder = absolute(loaded.folder());
    let here = [PathBuf::from(".")];
    let paths = if args.paths.is_empty() { &here[..] } else { &args.paths };
    loaded.file.is_some() && paths.iter().any(|path| path.is_dir() && folder.starts_with(absolute(path)))
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Year, month and day in UTC, by the rule that the days of a year starting in March follow one pattern.
fn today() -> (u16, u8, u8) {
    let days = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() / 86_400) + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + u64::from(month <= 2);
    (u16::try_from(year).unwrap_or(u16::MAX), u8::try_from(month).unwrap_or(1), u8::try_from(day).unwrap_or(1))
}

/// `--show-settings`: the configuration as TOML, and where it came from.
pub(super) fn show(args: &LintArgs, loaded: &Loaded) -> Result<(), CliError> {
    let mut out = output::open(None)?;
    match &loaded.file {
        Some(file) => writeln!(out, "# from {}", shown(file))?,
        None => writeln!(out, "# no configuration file")?,
    }
    let mut config = loaded.config.clone();
    config.targets = Some(targets(args, &config).iter().collect());
    config.min_severity = Some(min_severity(args, &config));
    config.fail_on = Some(fail_on(args, &config));
    let text = toml::to_string(&config).map_err(|error| CliError::Usage(error.to_string()))?;
    write!(out, "{text}")?;
    writeln!(out, "# rules that run: {}", rules(args, &loaded.config)?.iter().map(|rule| rule.name).collect::<Vec<_>>().join(", "))?;
    Ok(out.flush()?)
}

/// `--show-files`: what would be linted, project by project.
pub(super) fn show_files(discovery: &Discovery) -> Result<(), CliError> {
    let mut out = output::open(None)?;
    for group in &discovery.groups {
        for file in &group.files {
            writeln!(out, "{}{}", file.display, if file.requested { "" } else { "  (context)" })?;
        }
        writeln!(out)?;
    }
    Ok(out.flush()?)
}

#[cfg(test)]
mod tests {
    #[test]
    fn today_is_a_day_of_this_era() {
        let (year, month, day) = super::today();
        assert!((2025..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day));
    }
}
