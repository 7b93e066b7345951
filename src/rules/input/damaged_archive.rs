//! `damaged-archive`: an archive is damaged, or different readers would see different packages in it.

use crate::finding::Severity::Error;
use crate::rules::{Category, Check, Rule, RuleSet, Severities};

/// The rule. Its findings are made while reading.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0004",
    name: "damaged-archive",
    category: Category::Input,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "an archive is damaged, or different readers would see different packages in it",
    page: include_str!("../../../rules/damaged-archive.md"),
    check: Check::Input,
};
