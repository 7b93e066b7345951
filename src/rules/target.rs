//! Where packages are going to run, and how bad a rule is there.

use serde::{Deserialize, Serialize};

use crate::finding::Severity;

/// A place where packages run, or a version they are to be upgraded to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, clap::ValueEnum, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// SQL Server Agent or dtexec, running packages from the file system or msdb.
    Agent,
    /// The SSIS catalog, on premises.
    Ssisdb,
    /// The Azure-SSIS integration runtime.
    AzureSsis,
    /// The Invoke SSIS Package activity of Microsoft Fabric.
    Fabric,
    /// Upgrade to SQL Server 2022.
    Sql2022,
    /// Upgrade to SQL Server 2025.
    Sql2025,
}

impl Target {
    /// All targets, in the order of their declaration.
    pub const ALL: [Self; 6] = [Self::Agent, Self::Ssisdb, Self::AzureSsis, Self::Fabric, Self::Sql2022, Self::Sql2025];

    /// The word used on the command line and in every format.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Ssisdb => "ssisdb",
            Self::AzureSsis => "azure-ssis",
            Self::Fabric => "fabric",
            Self::Sql2022 => "sql2022",
            Self::Sql2025 => "sql2025",
        }
    }
}

/// A set of targets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TargetSet(u8);

impl TargetSet {
    /// The set of the targets given.
    #[must_use]
    pub fn of(targets: &[Target]) -> Self {
        Self(targets.iter().fold(0, |set, target| set | 1 << *target as u8))
    }

    /// Whether the target is selected.
    #[must_use]
    pub const fn contains(self, target: Target) -> bool {
        self.0 & (1 << target as u8) != 0
    }

    /// The targets, in the order of their declaration.
    pub fn iter(self) -> impl Iterator<Item = Target> {
        Target::ALL.into_iter().filter(move |target| self.contains(*target))
    }
}

impl Default for TargetSet {
    fn default() -> Self {
        Self::of(&[Target::Agent, Target::Ssisdb])
    }
}

/// Severity per target; none where a rule does not speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Severities([Option<Severity>; Target::ALL.len()]);

impl Severities {
    /// The same severity on every target.
    #[must_use]
    pub const fn new(severity: Severity) -> Self {
        Self([Some(severity); Target::ALL.len()])
    }

    /// Silent everywhere: to be followed by [`Severities::on`].
    #[must_use]
    pub const fn none() -> Self {
        Self([None; Target::ALL.len()])
    }

    /// Another severity on one target.
    #[must_use]
    pub const fn on(mut self, target: Target, severity: Severity) -> Self {
        self.0[target as usize] = Some(severity);
        self
    }

    /// Silent on one target.
    #[must_use]
    pub const fn off(mut self, target: Target) -> Self {
        self.0[target as usize] = None;
        self
    }

    /// The same, but nowhere above `limit`.
    #[must_use]
    pub fn at_most(self, limit: Severity) -> Self {
        Self(self.0.map(|severity| severity.map(|severity| severity.min(limit))))
    }

    /// Severity on one target.
    #[must_use]
    pub const fn get(self, target: Target) -> Option<Severity> {
        self.0[target as usize]
    }

    /// The highest severity over the selected targets; none when the rule is silent on all of them.
    #[must_use]
    pub fn highest(self, targets: TargetSet) -> Option<Severity> {
        targets.iter().filter_map(|target| self.get(target)).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_severity_of_the_selected_targets_counts() {
        let severities = Severities::none().on(Target::Agent, Severity::Info).on(Target::AzureSsis, Severity::Error);
        assert_eq!(severities.highest(TargetSet::default()), Some(Severity::Info));
        assert_eq!(severities.highest(TargetSet::of(&Target::ALL)), Some(Severity::Error));
        assert_eq!(severities.highest(TargetSet::of(&[Target::Fabric])), None);
    }
}
