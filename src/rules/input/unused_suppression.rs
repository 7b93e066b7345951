//! `unused-suppression`: a suppression matches no finding.

use crate::finding::Severity::Warning;
use crate::rules::{Category, Check, Rule, RuleSet, Severities};

/// The rule. Its findings are made when suppressions are applied.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0005",
    name: "unused-suppression",
    category: Category::Input,
    severity: Severities::new(Warning),
    set: RuleSet::Default,
    summary: "a suppression matches no finding",
    page: include_str!("../../../rules/unused-suppression.md"),
    check: Check::Input,
};
