//! Runs the rules over projects and turns what they say into findings.

mod decrypted;
mod excerpt;
mod input;
mod policy;
mod project;
mod select;

pub use input::InputRule;
pub use policy::Policy;
pub use project::{Linted, lint_project, with_project};
pub use select::{Selection, UnknownSelector, similar};

use rayon::prelude::*;

use crate::discover::{Discovery, Group};
use crate::finding::{Finding, InputError, Severity};
use crate::rules::{Rule, TargetSet};
use crate::secret::Secret;
use crate::source;
use crate::suppress::{Directive, Suppressed};
use crate::xml;

/// What to lint for.
pub struct Settings {
    /// Where the packages are going to run.
    pub targets: TargetSet,
    /// The rules to run, in order of their ids.
    pub rules: Vec<&'static Rule>,
    /// Findings below are counted, not reported.
    pub min_severity: Severity,
    /// Limits on files and archives.
    pub source_limits: source::Limits,
    /// Limits on XML.
    pub xml_limits: xml::Limits,
    /// What standard input held, when it stands in for a file.
    pub stdin: Option<Vec<u8>>,
    /// Opens what is encrypted with a password.
    pub password: Option<Secret>,
    /// What a team has decided about findings.
    pub policy: Policy,
}

/// Everything a run found.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Findings to report, sorted by file, offset and rule.
    pub findings: Vec<Finding>,
    /// Documents that could not be read at all.
    pub errors: Vec<InputError>,
    /// Requested files read.
    pub files: usize,
    /// Requested packages read, members of archives included.
    pub packages: usize,
    /// Findings below the smallest severity asked for.
    pub below_threshold: usize,
    /// Findings that were accepted.
    pub suppressed: Vec<Suppressed>,
    /// Suppressions in the descriptions of objects.
    pub directives: Vec<Directive>,
}

/// Lints every project that was discovered, in parallel; the outcome does not depend on the number of threads.
#[must_use]
pub fn run(discovery: &Discovery, settings: &Settings) -> Outcome {
    let mut outcome: Outcome = discovery.groups.par_iter().map(|group| lint_group(group, settings)).reduce(Outcome::default, Outcome::join);
    outcome.errors.extend(discovery.errors.iter().cloned());
    outcome.findings.extend(discovery.problems.iter().filter_map(|problem| input::finding_of_problem(problem, settings)));
    outcome.directives.sort_by(|a, b| (&a.file, a.location).cmp(&(&b.file, b.location)));
    policy::apply(&mut outcome, settings);
    outcome.drop_below(settings.min_severity);
    outcome.findings.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    outcome.suppressed.sort_by(|a, b| a.finding.sort_key().cmp(&b.finding.sort_key()));
    outcome.errors.sort();
    outcome
}

fn lint_group(group: &Group, settings: &Settings) -> Outcome {
    let loaded = source::load(group, &settings.source_limits, settings.stdin.as_deref());
    let complete = group.complete && loaded.problems.is_empty() && loaded.errors.is_empty();
    let linted = lint_project(&loaded.sources, complete, settings);
    let mut findings = linted.findings;
    let mut errors = loaded.errors;
    errors.extend(linted.errors);
    findings.extend(loaded.problems.iter().filter_map(|problem| input::finding_of_problem(problem, settings)));
    Outcome {
        findings,
        errors,
        files: group.files.iter().filter(|file| file.requested).count(),
        packages: linted.packages,
        directives: linted.directives,
        ..Outcome::default()
    }
}

impl Outcome {
    fn join(mut self, other: Self) -> Self {
        self.findings.extend(other.findings);
        self.errors.extend(other.errors);
        self.files += other.files;
        self.packages += other.packages;
        self.directives.extend(other.directives);
        self
    }

    fn drop_below(&mut self, min_severity: Severity) {
        let before = self.findings.len();
        self.findings.retain(|finding| finding.severity >= min_severity);
        self.below_threshold = before - self.findings.len();
    }

    /// How many findings have that severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}
