//! `malformed-xml`: a document is not well-formed XML.

use crate::finding::Severity::Error;
use crate::rules::{Category, Check, Rule, RuleSet, Severities};

/// The rule. Its findings are made while reading.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0001",
    name: "malformed-xml",
    category: Category::Input,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "a document is not well-formed XML",
    page: include_str!("../../../rules/malformed-xml.md"),
    check: Check::Input,
};
