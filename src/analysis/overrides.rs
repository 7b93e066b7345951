//! What may replace a written value before the package runs: property expressions and package configurations.

use crate::model::{ConnectionManager, ExecutableId, Package, Project, Variable};

/// What replaces a written value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Override {
    /// A property expression.
    Expression,
    /// A configuration that names exactly this property.
    Configuration(String),
    /// A configuration whose content is not at hand: a file, a table, something named by the environment.
    Possibly(String),
    /// A parameter, by the name that expressions use: its default counts until somebody sets a value.
    Parameter(String),
}

impl Override {
    /// Whether it is known to replace the value; what is not at hand may hold anything and mostly holds something else.
    #[must_use]
    pub const fn is_certain(&self) -> bool {
        !matches!(self, Self::Possibly(_))
    }
}

/// Properties that each say where a connection manager connects to.
pub const ENDPOINT: [&str; 5] = ["ConnectionString", "ServerName", "ExcelFilePath", "SmtpServer", "ServerURL"];

/// What replaces one of the properties of a connection manager of a package, the surest first.
#[must_use]
pub fn of_connection(project: &Project<'_>, package: Option<&Package<'_>>, manager: &ConnectionManager<'_>, properties: &[&str]) -> Option<Override> {
    if manager.has_expression_on(properties) {
        return Some(Override::Expression);
    }
    let package = package?;
    let path = format!("\\Package.Connections[{}]", manager.name.value);
    properties.iter().find_map(|property| configured(project, package, &path, property))
}

/// What replaces a property of an executable, by documented name.
#[must_use]
pub fn of_executable(project: &Project<'_>, package: &Package<'_>, id: ExecutableId, property: &str) -> Option<Override> {
    let executable = package.executable(id);
    if executable.expression(property).is_some() {
        return Some(Override::Expression);
    }
    let path = if id == ExecutableId::PACKAGE { "\\Package".to_owned() } else { format!("\\{}", executable.path) };
    configured(project, package, &path, property)
}

/// What replaces a property of the object of that configuration path, as `\Package.Connections[DW]` or `\Package\Task`.
#[must_use]
pub fn configured(project: &Project<'_>, package: &Package<'_>, path: &str, property: &str) -> Option<Override> {
    match configuration(project, package, path, property) {
        Configured::No => None,
        Configured::Value { name, .. } | Configured::Unknown { name } => Some(Override::Configuration(name.to_owned())),
        Configured::Possibly { name } => Some(Override::Possibly(name.to_owned())),
    }
}

/// What the configurations of a package do to a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Configured<'p> {
    /// Nothing.
    No,
    /// One sets it to a value that is at hand.
    Value {
        /// Name of the configuration.
        name: &'p str,
        /// The value.
        text: &'p str,
    },
    /// One sets it to a value that only the machine knows: of a registry key, an environment variable, a parent's variable.
    Unknown {
        /// Name of the configuration.
        name: &'p str,
    },
    /// One may set it, whose content is not at hand.
    Possibly {
        /// Name of the configuration.
        name: &'p str,
    },
}

/// What the configurations of a package do to a property of the object of that configuration path. They are applied in their order, so the last one that
/// is sure to set it counts.
#[must_use]
pub fn configuration<'p>(project: &'p Project<'_>, package: &'p Package<'_>, path: &str, property: &str) -> Configured<'p> {
    let configurations = &package.configurations;
    if configurations.is_empty() || !package.configurations_enabled() {
        return Configured::No;
    }
    let by_file = project.configuration_files_of(package).find_map(|(place, file)| {
        let (_, entry) = file.entries.naming(path, property).next_back()?;
        Some((place, Configured::Value { name: configurations.get(place)?.name.as_str(), text: entry.value.as_str() }))
    });
    let by_name = configurations.naming(path, property).map(|(place, configuration)| (place, Configured::Unknown { name: configuration.name.as_str() }));
    let certain = by_file.into_iter().chain(by_name).max_by_key(|(place, _)| *place).map(|(_, configured)| configured);
    let missing = project.missing_configuration_file(package).and_then(|place| Some((place, configurations.get(place)?)));
    let first = missing.into_iter().chain(configurations.unread().next()).min_by_key(|(place, _)| *place);
    let possibly = first.map(|(_, configuration)| Configured::Possibly { name: configuration.name.as_str() });
    certain.or(possibly).unwrap_or(Configured::No)
}

/// The path by which configurations name a variable.
#[must_use]
pub fn variable_path(variable: &Variable<'_>) -> String {
    format!("\\{}", variable.path)
}
