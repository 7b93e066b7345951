//! `unsupported-file`: a file holds nothing that SSIS writes.

use crate::finding::Severity::Warning;
use crate::rules::{Category, Check, Rule, RuleSet, Severities};

/// The rule. Its findings are made while reading.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0002",
    name: "unsupported-file",
    category: Category::Input,
    severity: Severities::new(Warning),
    set: RuleSet::Default,
    summary: "a file holds nothing that SSIS writes",
    page: include_str!("../../../rules/unsupported-file.md"),
    check: Check::Input,
};
