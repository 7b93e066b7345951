//! `invalid-suppression`: a suppression names no rule or gives no reason.

use crate::finding::Severity::Warning;
use crate::rules::{Category, Check, Rule, RuleSet, Severities};

/// The rule. Its findings are made when suppressions are applied.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0007",
    name: "invalid-suppression",
    category: Category::Input,
    severity: Severities::new(Warning),
    set: RuleSet::Default,
    summary: "a suppression names no rule or gives no reason",
    page: include_str!("../../../rules/invalid-suppression.md"),
    check: Check::Input,
};
