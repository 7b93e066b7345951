//! `rules/PARITY.md`: the rules that it names exist, and no check stands there without a rule or a reason.

use std::fs;

use ssislint::rules;

use crate::support::{assert_none, repository};

fn parity() -> String {
    fs::read_to_string(repository().join("rules/PARITY.md")).expect("the table is there")
}

/// Texts and targets of the links to pages.
fn links(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let links = text.split("](").zip(text.split("](").skip(1));
    links.filter_map(|(before, after)| Some((before.rsplit('[').next()?, after.split(')').next()?.strip_suffix(".md")?)))
}

/// Examples are rules of a team's own, below `rules/examples`.
#[test]
fn examples_that_parity_names_exist() {
    let text = parity();
    let files: Vec<&str> = text.split("](examples/").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    let missing = |file: &&str| !repository().join("rules/examples").join(file).is_file();
    assert!(files.len() >= 10);
    assert_none(&files.into_iter().filter(missing).map(str::to_owned).collect::<Vec<_>>());
}

#[test]
fn rules_that_parity_names_exist() {
    let text = parity();
    let wrong = |(text, name): (&str, &str)| (text != name || rules::find(name).is_none()).then(|| format!("[{text}]({name}.md)"));
    assert!(links(&text).count() > 100);
    assert_none(&links(&text).filter_map(wrong).collect::<Vec<_>>());
}

/// Cells of the rows of all tables, headings left out.
fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    let lines =
        text.lines().zip(text.lines().skip(1).chain([""])).filter(|(line, next)| line.starts_with('|') && !line.starts_with("|-") && !next.starts_with("|-"));
    lines.map(|(line, _)| line.trim_matches('|').split('|').map(str::trim).collect())
}

#[test]
fn every_check_has_a_rule_or_a_reason() {
    let text = parity();
    let bare = |cells: &Vec<&str>| cells.len() != 3 || cells[0].is_empty() || (links(cells[1]).next().is_none() && cells[2].is_empty());
    assert!(rows(&text).count() > 60);
    assert_none(&rows(&text).filter(bare).map(|cells| cells.join(" | ")).collect::<Vec<_>>());
}
