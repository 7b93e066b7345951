//! What a team has decided about findings: other severities, rules that do not count for some files, suppressions.

use std::collections::BTreeMap;

use super::{Outcome, Settings};
use crate::finding::{Finding, Severity};
use crate::paths::FileGlob;
use crate::suppress::{self, Allowance, Day, Suppressed, Suppressions};

/// Decisions about findings, from the configuration.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// Other severities by the name of the rule.
    pub severities: BTreeMap<String, OtherSeverity>,
    /// Rules that do not count for some files.
    pub per_file_ignores: Vec<FileIgnore>,
    /// Findings that are accepted.
    pub allowances: Vec<Allowance>,
    /// Names of the team's own rules, whether or not they run.
    pub custom: Vec<String>,
    /// The day of the run.
    pub today: Day,
}

/// Another severity for a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OtherSeverity {
    /// The severity of the rule itself on the selected targets; none when it is silent there.
    pub own: Option<Severity>,
    /// What the team wants it to be.
    pub wanted: Severity,
}

impl OtherSeverity {
    /// The severity of a finding. One that the rule weighs less, since something may replace the value for instance, stays as many steps below the others;
    /// a rule that is lowered raises none.
    #[must_use]
    pub fn of(self, finding: Severity) -> Severity {
        let steps = (self.wanted as u8).saturating_sub(self.own.unwrap_or(finding) as u8);
        let raised = (0..steps).fold(finding, |severity, _| severity.next());
        raised.min(self.wanted)
    }
}

/// Rules that do not count for some files.
#[derive(Clone, Debug)]
pub struct FileIgnore {
    /// The files.
    pub glob: FileGlob,
    /// The glob as written.
    pub pattern: String,
    /// Rules by name, id or category.
    pub rules: Vec<String>,
}

/// Applies the policy to what was found in one project. `index` is that of the settings.
pub(super) fn apply(outcome: &mut Outcome, settings: &Settings, index: usize) {
    let policy = &settings.policy;
    let mut findings = Vec::new();
    for finding in std::mem::take(&mut outcome.findings) {
        match policy.per_file_ignores.iter().find(|ignore| ignore.covers(&finding)) {
            Some(ignore) => {
                let reason = format!("per-file-ignores of `{}`", ignore.pattern);
                outcome.suppressed.push(Suppressed { finding, reason, in_source: false });
            }
            None => findings.push(finding),
        }
    }
    let directives = std::mem::take(&mut outcome.directives);
    let parted = suppress::part(findings, &suppressions(settings, &directives));
    outcome.suppressed.extend(parted.suppressed);
    outcome.used_allowances.extend(parted.used.into_iter().map(|allowance| (index, allowance)));
    outcome.findings = parted.kept;
    outcome.findings.iter_mut().for_each(|finding| finding.severity = policy.severity(&finding.rule, finding.severity));
}

/// Findings about allowances that no project needs.
pub(super) fn useless_allowances(outcome: &Outcome, settings: &Settings, index: usize) -> Vec<Finding> {
    let used = outcome.used_allowances.iter().filter(|(settings, _)| *settings == index).map(|(_, allowance)| *allowance).collect();
    let mut findings = suppressions(settings, &[]).useless_allowances(&used);
    findings.iter_mut().for_each(|finding| finding.severity = settings.policy.severity(&finding.rule, finding.severity));
    findings
}

fn suppressions<'s>(settings: &'s Settings, directives: &'s [suppress::Directive]) -> Suppressions<'s> {
    let policy = &settings.policy;
    let rules = settings.described().collect();
    Suppressions { directives, allowances: &policy.allowances, today: policy.today, rules, custom: &policy.custom, targets: settings.targets }
}

impl Policy {
    /// The severity that counts for a rule's findings of some severity.
    pub(super) fn severity(&self, rule: &str, own: Severity) -> Severity {
        self.severities.get(rule).map_or(own, |other| other.of(own))
    }
}

impl FileIgnore {
    fn covers(&self, finding: &Finding) -> bool {
        self.rules.iter().any(|word| word.eq_ignore_ascii_case("all") || suppress::selects(word, finding)) && self.glob.matches(&finding.file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Severity::{Error, Info, Warning};

    #[test]
    fn what_a_rule_weighs_less_stays_below() {
        for (own, wanted, of_findings) in [
            // Of findings that are an info, a warning and an error by themselves.
            (Info, Error, [Error, Error, Error]),
            (Warning, Error, [Warning, Error, Error]),
            (Error, Error, [Info, Warning, Error]),
            (Info, Warning, [Warning, Warning, Warning]),
            (Warning, Warning, [Info, Warning, Warning]),
            (Error, Warning, [Info, Warning, Warning]),
            (Error, Info, [Info, Info, Info]),
        ] {
            let other = OtherSeverity { own: Some(own), wanted };
            assert_eq!([Info, Warning, Error].map(|finding| other.of(finding)), of_findings, "{own} to {wanted}");
        }
        assert_eq!(OtherSeverity { own: None, wanted: Error }.of(Info), Error);
    }
}
