//! What a team has decided about findings: other severities, rules that do not count for some files, suppressions.

use std::collections::BTreeMap;

use globset::GlobMatcher;

use super::{Outcome, Settings};
use crate::finding::{Finding, Severity};
use crate::suppress::{self, Allowance, Suppressions};

/// Decisions about findings, from the configuration.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// Severities by the name of the rule.
    pub severities: BTreeMap<&'static str, Severity>,
    /// Rules, by name, id or category, that do not count for the files of a glob.
    pub per_file_ignores: Vec<(GlobMatcher, Vec<String>)>,
    /// Findings that are accepted.
    pub allowances: Vec<Allowance>,
    /// The configuration file, as findings show it.
    pub config_file: String,
    /// Whether everything that the configuration is about is linted.
    pub whole: bool,
    /// Year, month and day.
    pub today: (u16, u8, u8),
}

/// Applies the policy to what was found.
pub(super) fn apply(outcome: &mut Outcome, settings: &Settings) {
    let policy = &settings.policy;
    let mut findings = std::mem::take(&mut outcome.findings);
    findings.retain(|finding| !policy.ignores(finding));
    let suppressions = Suppressions {
        directives: &outcome.directives,
        allowances: &policy.allowances,
        config_file: &policy.config_file,
        whole: policy.whole,
        today: policy.today,
        rules: &settings.rules,
        targets: settings.targets,
    };
    let (mut kept, suppressed) = suppress::apply(findings, &suppressions);
    for finding in &mut kept {
        finding.severity = policy.severities.get(finding.rule).copied().unwrap_or(finding.severity);
    }
    outcome.findings = kept;
    outcome.suppressed = suppressed;
}

impl Policy {
    fn ignores(&self, finding: &Finding) -> bool {
        let named =
            |words: &[String]| words.iter().any(|word| [finding.rule, finding.id, finding.category, "all"].iter().any(|name| name.eq_ignore_ascii_case(word)));
        self.per_file_ignores.iter().any(|(glob, words)| glob.is_match(&finding.file.file) && named(words))
    }
}
