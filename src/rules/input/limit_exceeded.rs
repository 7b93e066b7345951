//! `limit-exceeded`: a document exceeds a limit, so it was not read.

use crate::finding::Severity::Warning;
use crate::rules::{Category, Check, Rule, RuleSet, Severities};

/// The rule. Its findings are made while reading.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0003",
    name: "limit-exceeded",
    category: Category::Input,
    severity: Severities::new(Warning),
    set: RuleSet::Default,
    summary: "a document exceeds a limit, so it was not read",
    page: include_str!("../../../rules/limit-exceeded.md"),
    check: Check::Input,
};
