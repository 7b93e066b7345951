//! `ssislint rules`: the list of all rules.

use std::io::Write;

use serde::Serialize;

use super::{CLEAN, CliError, RulesArgs, RulesFormat, output};
use crate::finding::Severity;
use crate::rules::{ALL, Rule, RuleSet, Target};

#[derive(Serialize)]
struct Entry {
    id: &'static str,
    name: &'static str,
    category: &'static str,
    set: &'static str,
    summary: &'static str,
    severity: Vec<OnTarget>,
}

#[derive(Serialize)]
struct OnTarget {
    target: &'static str,
    severity: &'static str,
}

pub(super) fn run(args: &RulesArgs) -> Result<u8, CliError> {
    let mut out = output::open(None)?;
    match args.format {
        RulesFormat::Json => {
            serde_json::to_writer(&mut out, &ALL.iter().map(|rule| entry(rule)).collect::<Vec<_>>())?;
            writeln!(out)?;
        }
        RulesFormat::Human => ALL.iter().try_for_each(|rule| {
            let off = if rule.set == RuleSet::Default { "" } else { "  (off by default)" };
            writeln!(out, "{}  {:<30} {}{off}", rule.id, rule.name, rule.summary)
        })?,
        RulesFormat::Markdown => {
            writeln!(out, "| rule | id | severity | what it finds |\n|---|---|---|---|")?;
            ALL.iter().try_for_each(|rule| writeln!(out, "{}", row(rule)))?;
        }
    }
    out.flush()?;
    Ok(CLEAN)
}

fn entry(rule: &Rule) -> Entry {
    let severity = Target::ALL
        .into_iter()
        .filter_map(|target| rule.severity.get(target).map(|severity| OnTarget { target: target.as_str(), severity: severity.as_str() }))
        .collect();
    Entry { id: rule.id, name: rule.name, category: rule.category.as_str(), set: set_name(rule.set), summary: rule.summary, severity }
}

const fn set_name(set: RuleSet) -> &'static str {
    match set {
        RuleSet::Default => "default",
        RuleSet::Pedantic => "pedantic",
        RuleSet::Preview => "preview",
    }
}

/// The pages are linked as they lie below the README.
fn row(rule: &Rule) -> String {
    let off = match rule.set {
        RuleSet::Default => String::new(),
        set => format!(" (off unless selected: `{}`)", set_name(set)),
    };
    let summary = rule.summary.replace('|', "\\|");
    format!("| [{name}](rules/{name}.md) | {} | {} | {summary}{off} |", rule.id, severities(rule), name = rule.name)
}

/// The worst first; a severity that holds on all targets names none.
fn severities(rule: &Rule) -> String {
    let on = |severity: Severity| {
        let targets: Vec<&str> = Target::ALL.into_iter().filter(|target| rule.severity.get(*target) == Some(severity)).map(Target::as_str).collect();
        match targets.len() {
            0 => None,
            all if all == Target::ALL.len() => Some(severity.to_string()),
            _ => Some(format!("{severity}: {}", targets.join(", "))),
        }
    };
    [Severity::Error, Severity::Warning, Severity::Info].into_iter().filter_map(on).collect::<Vec<_>>().join("; ")
}
