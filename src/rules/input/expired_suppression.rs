//! `expired-suppression`: a suppression was meant to hold until a day that has passed.

use crate::finding::Severity::Warning;
use crate::rules::{Category, Check, Rule, RuleSet, Severities};

/// The rule. Its findings are made when suppressions are applied.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0006",
    name: "expired-suppression",
    category: Category::Input,
    severity: Severities::new(Warning),
    set: RuleSet::Default,
    summary: "a suppression was meant to hold until a day that has passed",
    page: include_str!("../../../rules/expired-suppression.md"),
    check: Check::Input,
};
