//! What to lint for.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Policy;
use crate::custom;
use crate::finding::Severity;
use crate::rules::select::Selection;
use crate::rules::{self, Described, Options, Rule, Target, TargetSet};
use crate::secret::Secret;
use crate::{source, xml};

/// What to lint for.
pub struct Settings {
    /// Where the packages are going to run.
    pub targets: TargetSet,
    /// The built-in rules to run, in order of their ids.
    pub rules: Vec<&'static Rule>,
    /// The team's own rules to run.
    pub custom: Vec<Arc<custom::Rule>>,
    /// Options of single rules.
    pub options: Options,
    /// Findings below are counted, not reported.
    pub min_severity: Severity,
    /// Findings of this severity or above make the run fail.
    pub fail_on: Severity,
    /// Limits on files and archives.
    pub source_limits: source::Limits,
    /// Limits on XML.
    pub xml_limits: xml::Limits,
    /// What standard input held, when it stands in for a file.
    pub stdin: Option<Arc<[u8]>>,
    /// Opens what is encrypted with a password.
    pub password: Option<Arc<Secret>>,
    /// Whether findings come with the lines that they are about, which only some formats show.
    pub excerpts: bool,
    /// What a team has decided about findings.
    pub policy: Policy,
}

impl Default for Settings {
    /// The program's own when no option is given and no configuration is found.
    fn default() -> Self {
        Self {
            targets: TargetSet::default(),
            rules: Selection::default().rules().unwrap_or_default(),
            custom: Vec::new(),
            options: Options::default(),
            min_severity: Severity::Info,
            fail_on: Severity::Warning,
            source_limits: source::Limits::default(),
            xml_limits: xml::Limits::default(),
            stdin: None,
            password: None,
            excerpts: true,
            policy: Policy::default(),
        }
    }
}

impl Settings {
    /// All rules to run, those of the team last.
    pub fn described(&self) -> impl Iterator<Item = Described<'_>> {
        self.rules.iter().map(|rule| rule.described()).chain(self.custom.iter().map(|rule| rule.described()))
    }
}

/// The settings of a run over projects that may have different ones.
pub struct Plan {
    /// All settings; never empty. The first one is for what has none of its own.
    pub settings: Vec<Settings>,
    /// For each group of the discovery the index of its settings.
    pub groups: Vec<usize>,
    /// For each problem of the discovery the index of its settings.
    pub problems: Vec<usize>,
}

impl Plan {
    /// The targets that some project is linted for.
    #[must_use]
    pub fn targets(&self) -> TargetSet {
        let selected: Vec<Target> = Target::ALL.into_iter().filter(|target| self.used().any(|settings| settings.targets.contains(*target))).collect();
        TargetSet::of(&selected)
    }

    /// The rules that run on some project, in order of their ids.
    #[must_use]
    pub fn rules(&self) -> Vec<Described<'_>> {
        let all: BTreeMap<_, _> = self.used().flat_map(Settings::described).map(|rule| (rule.id.clone(), rule)).collect();
        all.into_values().collect()
    }

    /// Whether a rule that there is runs on every project that has it.
    #[must_use]
    pub fn runs_wherever_known(&self, name: &str) -> bool {
        let is_known = |settings: &Settings| rules::find(name).is_some() || settings.policy.custom.iter().any(|known| known == name);
        let runs = |settings: &Settings| settings.rules.iter().any(|rule| rule.name == name) || settings.custom.iter().any(|rule| rule.name() == name);
        self.used().all(|settings| !is_known(settings) || runs(settings))
    }

    /// The settings that something is linted by; the first ones when there is nothing to lint.
    pub fn used(&self) -> impl Iterator<Item = &Settings> {
        self.settings.iter().enumerate().filter(|(index, _)| self.is_used(*index)).map(|(_, settings)| settings)
    }

    /// Whether something is linted by the settings of that index.
    #[must_use]
    pub fn is_used(&self, index: usize) -> bool {
        let nothing = self.groups.is_empty() && self.problems.is_empty();
        self.groups.contains(&index) || self.problems.contains(&index) || (nothing && index == 0)
    }
}
