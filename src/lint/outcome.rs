//! Everything a run found.

use std::collections::{BTreeMap, BTreeSet};

use super::Settings;
use crate::finding::{Finding, InputError, Severity};
use crate::suppress::{Directive, Suppressed};

/// Everything a run found.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Findings to report, sorted by file, offset and rule.
    pub findings: Vec<Finding>,
    /// Documents that could not be read at all, or not fully linted because of a bug.
    pub errors: Vec<InputError>,
    /// Requested files read.
    pub files: usize,
    /// Requested packages read, members of archives included.
    pub packages: usize,
    /// Findings below the smallest severity asked for.
    pub below_threshold: usize,
    /// Findings that were accepted.
    pub suppressed: Vec<Suppressed>,
    /// Suppressions in the descriptions of objects that are still to be applied.
    pub(super) directives: Vec<Directive>,
    /// Indices of settings and of their allowances that matched a finding.
    pub(super) used_allowances: BTreeSet<(usize, usize)>,
    /// From which severity on findings in a file make the run fail.
    pub(super) fail_on: BTreeMap<String, Severity>,
}

impl Outcome {
    pub(super) fn join(mut self, other: Self) -> Self {
        self.findings.extend(other.findings);
        self.errors.extend(other.errors);
        self.files += other.files;
        self.packages += other.packages;
        self.below_threshold += other.below_threshold;
        self.suppressed.extend(other.suppressed);
        self.directives.extend(other.directives);
        self.used_allowances.extend(other.used_allowances);
        self.fail_on.extend(other.fail_on);
        self
    }

    /// Takes findings, those below the threshold by their number only.
    pub(super) fn take(&mut self, findings: Vec<Finding>, settings: &Settings) {
        for finding in findings {
            if finding.severity < settings.min_severity {
                self.below_threshold += 1;
            } else {
                self.fail_on.insert(finding.file.file.clone(), settings.fail_on);
                self.findings.push(finding);
            }
        }
    }

    pub(super) fn sort(&mut self) {
        self.findings.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        self.suppressed.sort_by(|a, b| a.finding.sort_key().cmp(&b.finding.sort_key()));
        self.errors.sort();
    }

    /// How many findings have that severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// Whether a finding is bad enough to make the run fail.
    #[must_use]
    pub fn fails(&self) -> bool {
        self.findings.iter().any(|finding| self.fail_on.get(&finding.file.file).is_some_and(|fail_on| finding.severity >= *fail_on))
    }
}
