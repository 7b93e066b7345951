//! `ssislint rules`: the list of all rules.

use std::io::Write;

use serde::Serialize;

use super::{CLEAN, CliError, ListFormat, RulesArgs, output};
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
        ListFormat::Json => {
            serde_json::to_writer(&mut out, &ALL.iter().map(|rule| entry(rule)).collect::<Vec<_>>())?;
            writeln!(out)?;
        }
        ListFormat::Human => ALL.iter().try_for_each(|rule| {
            let off = if rule.set == RuleSet::Default { "" } else { "  (off by default)" };
            writeln!(out, "{}  {:<30} {}{off}", rule.id, rule.name, rule.summary)
        })?,
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
