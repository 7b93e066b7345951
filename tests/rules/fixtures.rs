//! Every entry of `testdata/rules/NAME` says in its name what the rule NAME does with it.

use std::collections::BTreeSet;
use std::path::Path;

use ssislint::finding::Severity;
use ssislint::rules::{self, Rule};

use crate::support::{all_rules, assert_none, default_rules_and, entries, home_targets, line, lint_fixture, name, targets_of, test_data};

#[test]
fn fixtures_do_what_their_names_say() {
    let mut complaints = Vec::new();
    for folder in &entries(&test_data("rules")) {
        let rule = rules::find(name(folder)).unwrap_or_else(|| panic!("{} is no rule", folder.display()));
        complaints.extend(entries(folder).iter().filter_map(|case| complaint(rule, case)));
    }
    assert_none(&complaints);
}

/// `fires-…`: the rule, and where it is at home no other default rule at warning or error. `silent-…`: anything but the rule.
fn complaint(rule: &Rule, case: &Path) -> Option<String> {
    let outcome = lint_fixture(case, &all_rules(&targets_of(rule)));
    let fires = name(case).starts_with("fires-");
    assert!(fires || name(case).starts_with("silent-"), "{}: neither fires nor silent", case.display());
    let found = outcome.findings.iter().any(|finding| finding.rule == rule.name);
    let others = if fires { others_at_home(rule, case) } else { Vec::new() };
    if found == fires && others.is_empty() && outcome.errors.is_empty() {
        return None;
    }
    let own = outcome.findings.iter().filter(|finding| finding.rule == rule.name).map(line);
    let findings: Vec<String> = own.chain(others).collect();
    Some(format!("{}/{}: {:?}\n{}", rule.name, name(case), outcome.errors, findings.join("\n")))
}

/// Cases of one rule that are cases of another as well.
const CASES_OF_BOTH: [(&str, &str, &str); 1] = [("encrypt-default-change", "fires-ado-net.dtsx", "sqlclient-choice")];

/// What other default rules say at warning or error about a case of a rule.
fn others_at_home(rule: &Rule, case: &Path) -> Vec<String> {
    let outcome = lint_fixture(case, &default_rules_and(rule, &home_targets(rule)));
    let is_both = |other: &str| CASES_OF_BOTH.contains(&(rule.name, name(case), other));
    let disturbing = outcome.findings.iter().filter(|finding| finding.rule != rule.name && finding.severity >= Severity::Warning && !is_both(&finding.rule));
    disturbing.map(line).collect()
}

/// Needs a configuration file, which `tests/suppress.rs` writes.
const NO_FIXTURES: &str = "expired-suppression";

#[test]
fn every_rule_has_cases_of_both_kinds() {
    for rule in rules::ALL.iter().filter(|rule| rule.name != NO_FIXTURES) {
        let cases = entries(&test_data("rules").join(rule.name));
        let kinds: BTreeSet<&str> = cases.iter().filter_map(|case| name(case).split('-').next()).collect();
        assert_eq!(kinds, BTreeSet::from(["fires", "silent"]), "{}", rule.name);
    }
}
