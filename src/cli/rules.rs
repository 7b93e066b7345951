//! `ssislint rules`: the list of all rules, those of a team last.

use std::io::Write;

use serde::Serialize;

use super::configurations::own_rules;
use super::{CLEAN, CliError, RulesArgs, RulesFormat, output};
use crate::finding::Severity;
use crate::report::{harmless_json, line, markdown_text};
use crate::rules::{ALL, Category, Described, RuleSet, Target};

#[derive(Serialize)]
struct Entry<'r> {
    id: &'r str,
    name: &'r str,
    category: &'static str,
    set: &'static str,
    summary: &'r str,
    severity: Vec<OnTarget>,
}

#[derive(Serialize)]
struct OnTarget {
    target: &'static str,
    severity: &'static str,
}

/// A configuration that cannot be used takes nothing from the list of what is built in, in which somebody may be looking for the right name.
pub(super) fn run(args: &RulesArgs) -> Result<u8, CliError> {
    let own = if args.no_config { Ok(Vec::new()) } else { own_rules(args.config.as_deref()) };
    let rules: Vec<Described<'_>> = ALL.iter().map(|rule| rule.described()).chain(own.iter().flatten().map(|rule| rule.described())).collect();
    let mut out = output::open(None)?;
    write(&rules, args.format, &mut out)?;
    out.flush()?;
    own.map(|_| CLEAN)
}

fn write(rules: &[Described<'_>], format: RulesFormat, out: &mut impl Write) -> Result<(), CliError> {
    match format {
        RulesFormat::Json => {
            harmless_json(&rules.iter().map(entry).collect::<Vec<_>>(), out)?;
            writeln!(out)?;
        }
        RulesFormat::Human => rules.iter().try_for_each(|rule| {
            let off = if rule.set == RuleSet::Default { "" } else { "  (off by default)" };
            writeln!(out, "{}  {:<30} {}{off}", rule.id, rule.name, line(rule.summary))
        })?,
        RulesFormat::Markdown => {
            writeln!(out, "| rule | id | severity | what it finds |\n|---|---|---|---|")?;
            rules.iter().try_for_each(|rule| writeln!(out, "{}", row(rule)))?;
        }
    }
    Ok(())
}

fn entry<'r>(rule: &'r Described<'_>) -> Entry<'r> {
    let severity = Target::ALL
        .into_iter()
        .filter_map(|target| rule.severity.get(target).map(|severity| OnTarget { target: target.as_str(), severity: severity.as_str() }))
        .collect();
    Entry { id: &rule.id, name: &rule.name, category: rule.category.as_str(), set: set_name(rule.set), summary: rule.summary, severity }
}

const fn set_name(set: RuleSet) -> &'static str {
    match set {
        RuleSet::Default => "default",
        RuleSet::Pedantic => "pedantic",
        RuleSet::Preview => "preview",
    }
}

/// The pages are linked as they lie below the README; a team's own rule has none there.
fn row(rule: &Described<'_>) -> String {
    let off = match rule.set {
        RuleSet::Default => String::new(),
        set => format!(" (off unless selected: `{}`)", set_name(set)),
    };
    let (name, summary) = match rule.category {
        Category::Custom => (rule.name.to_string(), markdown_text(rule.summary)),
        _ => (format!("[{0}](rules/{0}.md)", rule.name), rule.summary.replace('|', "\\|")),
    };
    format!("| {name} | {} | {} | {summary}{off} |", rule.id, severities(rule))
}

/// The worst first; a severity that holds on all targets names none.
fn severities(rule: &Described<'_>) -> String {
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
