//! `--show-settings` and `--show-files`: what a run would do.

use std::io::Write;

use super::{CliError, LintArgs, configure::Job, output};
use crate::config::{Layer, Loaded};
use crate::discover::Discovery;
use crate::lint::Settings;
use crate::report;

/// The settings as TOML, with where each comes from; one part for each configuration that some project has.
pub(super) fn settings(args: &LintArgs, job: &Job) -> Result<(), CliError> {
    let mut out = output::open(None)?;
    for (index, (settings, loaded)) in job.plan.settings.iter().zip(&job.loaded).enumerate().filter(|(index, _)| job.plan.is_used(*index)) {
        writeln!(out, "# {}", loaded.origin())?;
        let groups = job.discovery.groups.iter().zip(&job.plan.groups).filter(|(_, settings)| **settings == index);
        for file in groups.filter_map(|(group, _)| group.files.first()) {
            writeln!(out, "# for the project of {}", report::line(&file.display))?;
        }
        writeln!(out, "\n{}", text(args, settings, loaded)?)?;
    }
    Ok(out.flush()?)
}

fn text(args: &LintArgs, settings: &Settings, loaded: &Loaded) -> Result<String, CliError> {
    let mut config = loaded.config.clone();
    config.targets = Some(settings.targets.iter().collect());
    config.min_severity = Some(settings.min_severity);
    config.fail_on = Some(settings.fail_on);
    if !args.select.is_empty() {
        config.select = Some(args.select.clone());
    }
    if !args.ignore.is_empty() {
        config.ignore = Some(args.ignore.clone());
    }
    let table = toml::Table::try_from(&config).map_err(|error| CliError::Usage(error.to_string()))?;
    let mut text = String::new();
    let is_table = |value: &toml::Value| value.is_table() || value.as_array().is_some_and(|entries| entries.iter().any(toml::Value::is_table));
    // Keys come before tables, or they would be read as a part of one.
    for (key, value) in table.iter().filter(|(_, value)| !is_table(value)) {
        text.push_str(&format!("{key} = {value} # {}\n", origin(args, loaded, key)));
    }
    for (key, value) in table.iter().filter(|(_, value)| is_table(value)) {
        let single = toml::Table::from_iter([(key.clone(), value.clone())]);
        text.push_str(&format!("\n# {}\n{single}", origin(args, loaded, key)));
    }
    let names: Vec<String> = settings.described().map(|rule| rule.name.into_owned()).collect();
    Ok(format!("{text}\n# rules that run: {}\n", names.join(", ")))
}

/// Where a key comes from: the command line, the strongest file that has it (all of them, for what is joined), or the default.
fn origin(args: &LintArgs, loaded: &Loaded, key: &str) -> String {
    let option = match key {
        "targets" if !args.target.is_empty() => "--target",
        "select" if !args.select.is_empty() => "--select",
        "ignore" if !args.ignore.is_empty() => "--ignore",
        "min-severity" if args.min_severity.is_some() => "--min-severity",
        "fail-on" if args.fail_on.is_some() => "--fail-on",
        _ => "",
    };
    let has = |layer: &&Layer| toml::Table::try_from(&layer.config).is_ok_and(|table| table.contains_key(key));
    let mut names: Vec<&str> = loaded.layers.iter().filter(has).map(|layer| layer.name.as_str()).collect();
    if !["per-file-ignores", "severity", "rules", "allow", "rule"].contains(&key) {
        names.truncate(1);
    }
    match (option, names.is_empty()) {
        ("", true) => "default".to_owned(),
        ("", false) => names.join(", "),
        (option, _) => option.to_owned(),
    }
}

/// What would be linted, project by project.
pub(super) fn files(discovery: &Discovery) -> Result<(), CliError> {
    let mut out = output::open(None)?;
    for group in &discovery.groups {
        for file in &group.files {
            writeln!(out, "{}{}", file.display, if file.requested { "" } else { "  (context)" })?;
        }
        writeln!(out)?;
    }
    Ok(out.flush()?)
}
