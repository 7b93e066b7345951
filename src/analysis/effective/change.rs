//! Who can give a property another value without a change of the package.

use super::{Effective, Input, Origin};
use crate::target::Target;

/// A way to give a property another value where a package runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Changer {
    /// The job step or the command line of dtexec: `/SET`, `/CONN`.
    JobStep,
    /// A package configuration.
    Configuration,
    /// A parameter: set in the catalog, by an environment or for one execution.
    CatalogParameter,
    /// A property of a connection manager, which the catalog shows beside the parameters.
    CatalogConnection,
    /// A property override of one execution in the catalog or of the activity.
    PropertyOverride,
    /// The package itself, while it runs.
    Package,
}

impl Changer {
    /// The word used by `inspect`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::JobStep => "job-step",
            Self::Configuration => "configuration",
            Self::CatalogParameter => "catalog-parameter",
            Self::CatalogConnection => "catalog-connection",
            Self::PropertyOverride => "property-override",
            Self::Package => "package",
        }
    }
}

/// Properties of a connection manager that the catalog shows as parameters of the deployed project (`CM.Name.Property` in its views).
const SHOWN_IN_CATALOG: [&str; 6] = ["ConnectionString", "ServerName", "InitialCatalog", "UserName", "Password", "RetainSameConnection"];

impl Effective<'_> {
    /// Who can give it another value on that target, sorted. An expression wins over whatever is set from outside, so there only its inputs count; a
    /// configuration is applied again after `/SET` and wins over it.
    #[must_use]
    pub fn changers(&self, target: Target, is_connection: bool) -> Vec<Changer> {
        let mut changers: Vec<Changer> = self.inputs.iter().filter_map(|input| by_input(input, target)).collect();
        if !matches!(self.origin, Origin::Expression(_)) && !changers.contains(&Changer::Configuration) {
            changers.extend(by_setting(self.property, target, is_connection));
        }
        changers.sort_unstable();
        changers.dedup();
        changers
    }
}

fn by_input(input: &Input, target: Target) -> Option<Changer> {
    match (input, target) {
        (Input::Configuration { .. }, _) => Some(Changer::Configuration),
        (Input::Parameter { .. }, Target::Ssisdb | Target::AzureSsis) => Some(Changer::CatalogParameter),
        (Input::Parameter { .. }, Target::Fabric) => Some(Changer::PropertyOverride),
        (Input::Parameter { .. }, Target::Agent) => Some(Changer::JobStep),
        (Input::Written(_), _) => Some(Changer::Package),
        (Input::Parameter { .. }, Target::Sql2022 | Target::Sql2025) | (Input::Run(_), _) => None,
    }
}

fn by_setting(property: &str, target: Target, is_connection: bool) -> Option<Changer> {
    match target {
        Target::Agent => Some(Changer::JobStep),
        Target::Ssisdb | Target::AzureSsis if is_connection && SHOWN_IN_CATALOG.contains(&property) => Some(Changer::CatalogConnection),
        Target::Ssisdb | Target::AzureSsis | Target::Fabric => Some(Changer::PropertyOverride),
        Target::Sql2022 | Target::Sql2025 => None,
    }
}
