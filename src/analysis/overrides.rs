//! What may replace a written value before the package runs: property expressions and package configurations.

use crate::model::{Configuration, ConfigurationFile, ConfigurationKind, ConnectionManager, DocumentKind, ExecutableId, Package, Project, Variable};

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
    let configurations = package.configurations.iter().filter(|_| package.configurations_enabled());
    configurations.fold(Configured::No, |before, configuration| match (one(project, configuration, path, property), before) {
        (Configured::No, before) => before,
        (Configured::Possibly { .. }, before @ (Configured::Value { .. } | Configured::Unknown { .. } | Configured::Possibly { .. })) => before,
        (effect, _) => effect,
    })
}

fn one<'p>(project: &'p Project<'_>, configuration: &'p Configuration<'_>, path: &str, property: &str) -> Configured<'p> {
    let name = configuration.name.as_str();
    match configuration.kind {
        None | Some(ConfigurationKind::SqlServer | ConfigurationKind::IndirectSqlServer | ConfigurationKind::IndirectXmlFile) => Configured::Possibly { name },
        Some(ConfigurationKind::XmlFile) => match file(project, &configuration.string.value) {
            None => Configured::Possibly { name },
            Some(file) => {
                let entry = file.entries.iter().rev().find(|entry| is_target(&entry.path.value, path, property));
                entry.map_or(Configured::No, |entry| Configured::Value { name, text: entry.value.as_str() })
            }
        },
        _ if is_target(&configuration.target.value, path, property) => Configured::Unknown { name },
        _ => Configured::No,
    }
}

/// The `.dtsConfig` of that path, if it is among the documents of the project.
fn file<'p, 'a>(project: &'p Project<'a>, path: &str) -> Option<&'p ConfigurationFile<'a>> {
    let name = path.rsplit(['\\', '/']).next().unwrap_or_default();
    project.documents.iter().find_map(|document| match &document.kind {
        DocumentKind::ConfigurationFile(content) if document.file.name().eq_ignore_ascii_case(name) => Some(content),
        _ => None,
    })
}

/// The path by which configurations name a variable.
#[must_use]
pub fn variable_path(variable: &Variable<'_>) -> String {
    format!("\\{}", variable.path)
}

/// `\Package.Connections[DW].Properties[ConnectionString]`, or the older `\Package.Connections[DW].ConnectionString`.
fn is_target(target: &str, path: &str, property: &str) -> bool {
    let rest = target.trim().strip_prefix(path);
    rest.is_some_and(|rest| rest == format!(".Properties[{property}]") || rest.strip_prefix('.') == Some(property))
}

#[cfg(test)]
mod tests {
    use super::is_target;

    #[test]
    fn both_spellings_of_a_target_are_known() {
        let path = "\\Package.Connections[DW]";
        assert!(is_target("\\Package.Connections[DW].Properties[ConnectionString]", path, "ConnectionString"));
        assert!(is_target("\\Package.Connections[DW].ConnectionString", path, "ConnectionString"));
        assert!(!is_target("\\Package.Connections[DW2].Properties[ConnectionString]", path, "ConnectionString"));
        assert!(!is_target("\\Package.Connections[DW].Properties[Password]", path, "ConnectionString"));
    }
}
