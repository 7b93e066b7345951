//! Where packages are going to run.

use serde::{Deserialize, Serialize};

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
