//! The list of rules: ids, names, pages.

use std::collections::BTreeSet;
use std::fs;

use ssislint::rules::{self, Category, Options, Rule, Severities, Target};

use crate::support::{assert_none, entries, name, repository};

/// The file in `rules/` that is no page.
const PARITY: &str = "PARITY.md";
const HEADINGS: [&str; 6] = ["## What it does", "## Why it fails", "## Example", "## How to fix", "## When it is silent", "## References"];
/// Comes after "How to fix" on the pages of rules that have options.
const OPTIONS: &str = "## Options";

/// Names of the pages on disk.
fn pages() -> BTreeSet<String> {
    let files = entries(&repository().join("rules"));
    let pages = files.iter().map(|file| name(file)).filter(|file| file.ends_with(".md") && *file != PARITY);
    pages.map(|file| file.trim_end_matches(".md").to_owned()).collect()
}

const fn block(category: Category) -> &'static str {
    match category {
        Category::Input => "00",
        Category::Protection => "01",
        Category::Connection => "02",
        Category::Path => "03",
        Category::Configuration => "04",
        Category::Excel => "05",
        Category::Concurrency => "06",
        Category::Azure => "07",
        Category::Upgrade => "08",
        Category::ControlFlow => "09",
        Category::DataFlow => "10",
        Category::Performance => "11",
        Category::Project => "12",
        Category::Logging => "13",
        Category::Custom => "of no built-in rule",
    }
}

#[test]
fn ids_and_names_are_unique_and_ids_are_in_order() {
    let ids: Vec<&str> = rules::ALL.iter().map(|rule| rule.id).collect();
    let names: BTreeSet<&str> = rules::ALL.iter().map(|rule| rule.name).collect();
    let wrong = ids.windows(2).find(|pair| pair[0] >= pair[1]);
    assert_eq!(wrong, None, "src/rules/list.rs is in order of ids, and has none twice");
    assert_eq!(names.len(), rules::ALL.len());
}

#[test]
fn ids_begin_with_the_block_of_their_category() {
    for rule in rules::ALL {
        let number = rule.id.strip_prefix("SSIS").and_then(|id| id.strip_prefix(block(rule.category)));
        assert!(number.is_some_and(|digits| digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit())), "{} {}", rule.id, rule.name);
        assert!(rule.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'), "{}", rule.name);
    }
}

#[test]
fn every_rule_has_its_page_and_every_page_its_rule() {
    let rules: BTreeSet<String> = rules::ALL.iter().map(|rule| rule.name.to_owned()).collect();
    let odd: Vec<_> = rules.symmetric_difference(&pages()).cloned().collect();
    assert!(odd.is_empty(), "a rule in src/rules/list.rs without rules/NAME.md, or the other way round: {odd:?}");
    for rule in rules::ALL {
        let page = fs::read_to_string(repository().join("rules").join(format!("{}.md", rule.name))).expect("a page");
        assert_eq!(rule.page, page, "{} embeds another page", rule.name);
    }
}

#[test]
fn front_matter_says_what_the_rule_says() {
    let mut complaints = Vec::new();
    for rule in rules::ALL {
        let written = (front_matter(rule.page, "id"), front_matter(rule.page, "severity"), front_matter(rule.page, "since").is_some());
        if written != (Some(rule.id), Some(severities(rule.severity).as_str()), true) {
            complaints.push(format!("{}: the page says {written:?}, the rule {} {}", rule.name, rule.id, severities(rule.severity)));
        }
    }
    assert_none(&complaints);
}

fn front_matter<'p>(page: &'p str, key: &str) -> Option<&'p str> {
    let (head, _) = page.strip_prefix("---\n")?.split_once("\n---\n")?;
    head.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(": "))
}

fn severities(severities: Severities) -> String {
    let on = |target: Target| severities.get(target).map(|severity| format!("{} {severity}", target.as_str()));
    Target::ALL.into_iter().filter_map(on).collect::<Vec<_>>().join(", ")
}

#[test]
fn pages_have_their_title_and_headings_in_order() {
    let mut complaints = Vec::new();
    let schema = serde_json::to_value(schemars::schema_for!(Options)).expect("JSON");
    for rule in rules::ALL {
        let mut headings: Vec<&str> = rule.page.lines().filter(|line| line.starts_with("## ")).collect();
        let place = headings.iter().position(|heading| *heading == OPTIONS);
        place.map(|place| headings.remove(place));
        let documented = place == schema["properties"].get(rule.name).map(|_| 4);
        if headings != HEADINGS || !documented || !has_title(rule) {
            complaints.push(format!("{}: has {headings:?} and should have `# {0}: …`, {HEADINGS:?}", rule.name));
        }
    }
    assert_none(&complaints);
}

fn has_title(rule: &Rule) -> bool {
    rule.page.lines().any(|line| line.strip_prefix("# ").and_then(|title| title.strip_prefix(rule.name)).is_some_and(|rest| rest.starts_with(": ")))
}
