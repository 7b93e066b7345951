//! What may replace a written value before the package runs: property expressions and package configurations.

use crate::model::{ConfigurationKind, ConnectionManager, DocumentKind, ExecutableId, Package, Project};

/// What replaces a written value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Override {
    /// A property expression.
    Expression,
    /// A configuration that names exactly this property.
    Configuration(String),
    /// A configuration whose content is not at hand: a file, a table, something named by the environment.
    Possibly(String),
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
    if !package.configurations_enabled() {
        return None;
    }
    let mut possibly = None;
    for configuration in &package.configurations {
        let name = || configuration.name.value.to_string();
        match configuration.kind {
            None | Some(ConfigurationKind::SqlServer | ConfigurationKind::IndirectSqlServer | ConfigurationKind::IndirectXmlFile) => {
                possibly.get_or_insert_with(|| Override::Possibly(name()));
            }
            Some(ConfigurationKind::XmlFile) => match file_sets(project, &configuration.string.value, path, property) {
                Some(true) => return Some(Override::Configuration(name())),
                Some(false) => {}
                None => {
                    possibly.get_or_insert_with(|| Override::Possibly(name()));
                }
            },
            _ if is_target(&configuration.target.value, path, property) => return Some(Override::Configuration(name())),
            _ => {}
        }
    }
    possibly
}

/// Whether the `.dtsConfig` of that path sets the property; none when it is not among the documents of the project.
fn file_sets(project: &Project<'_>, file: &str, path: &str, property: &str) -> Option<bool> {
    let name = file.rsplit(['\\', '/']).next().unwrap_or_default();
    let found = project.documents.iter().find_map(|document| match &document.kind {
        DocumentKind::ConfigurationFile(content) if document.file.name().eq_ignore_ascii_case(name) => Some(content),
        _ => None,
    })?;
    Some(found.entries.iter().any(|entry| is_target(&entry.path.value, path, property)))
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
