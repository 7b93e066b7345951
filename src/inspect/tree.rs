//! The tree for people: containers, tasks, components, and what each connects to.

use std::io::{self, Write};

use foldhash::HashMap;

use crate::analysis::connections::{Connections, Resolution, User};
use crate::masks::Masks;
use crate::model::{ConnectionManager, Document, DocumentKind, ExecutableId, ExecutableKind, Package, Parameter, Project};
use crate::report::line;

/// Writes the tree of every requested document of a project.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write_tree(project: &Project<'_>, masks: &Masks<'_>, out: &mut dyn Write) -> io::Result<()> {
    let connections = Connections::new(project);
    for (index, document) in project.documents.iter().enumerate().filter(|(_, document)| document.requested) {
        write_document(index, document, &connections, masks, out)?;
        writeln!(out)?;
    }
    Ok(())
}

fn write_document(index: usize, document: &Document<'_>, connections: &Connections<'_, '_>, masks: &Masks<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}  ({})", line(&document.file.to_string()), document.kind.as_str())?;
    match &document.kind {
        DocumentKind::Package(package) => write_package(index, package, connections, masks, out),
        DocumentKind::Project(file) => {
            for package in &file.packages {
                writeln!(out, "  package     {}", line(package.name.as_str()))?;
            }
            file.connection_managers.iter().try_for_each(|name| writeln!(out, "  connection  {}", line(name.as_str())))
        }
        DocumentKind::ConnectionManager(manager) => write_connection(manager, masks, out),
        DocumentKind::Parameters(parameters) => parameters.iter().try_for_each(|parameter| write_parameter(parameter, masks, out)),
        DocumentKind::ConfigurationFile(file) => file.entries.iter().try_for_each(|entry| {
            let value = masks.configured(entry.path.as_str(), entry.value.as_str());
            writeln!(out, "  {} = {}", line(entry.path.as_str()), line(&value))
        }),
    }
}

fn write_package(index: usize, package: &Package<'_>, connections: &Connections<'_, '_>, masks: &Masks<'_>, out: &mut dyn Write) -> io::Result<()> {
    let format = package.format_version.map_or_else(|| "?".to_owned(), |version| version.to_string());
    let written = if package.protection_level_text.is_some() { "" } else { ", by default" };
    writeln!(out, "  format {format}, {}{written}, encrypted: {}", package.protection_level, package.encryption.as_str())?;
    package.connections.iter().try_for_each(|manager| write_connection(manager, masks, out))?;
    for configuration in &package.configurations {
        let kind = configuration.kind.map_or("unknown", |kind| kind.as_str());
        writeln!(out, "  configuration {}  {kind}  {}", line(configuration.name.as_str()), line(&masks.text(configuration.string.as_str())))?;
    }
    package.parameters.iter().try_for_each(|parameter| write_parameter(parameter, masks, out))?;
    for variable in package.variables() {
        let value = masks.variable(variable).unwrap_or_default();
        writeln!(out, "  variable {}  {}  {}", line(&variable.qualified_name()), variable.type_name(), shorten(&line(&value)))?;
    }
    write_executables(package, &targets(index, connections), out)
}

/// What each executable and component connects to, by its object path.
fn targets(index: usize, connections: &Connections<'_, '_>) -> HashMap<Target, Vec<String>> {
    let mut targets: HashMap<Target, Vec<String>> = HashMap::default();
    for reference in connections.of_document(index).iter() {
        let key = match reference.user {
            User::Executable(id) => Target::Executable(id),
            User::Component(id, component) => Target::Component(id, component.path.to_string()),
            User::LogProvider(_) | User::Configuration(_) => continue,
        };
        let name = match connections.manager(reference.resolution) {
            Some((_, manager)) => manager.name.value.to_string(),
            None if reference.resolution == Resolution::Unknown => format!("{} (of the project)", reference.target),
            None => format!("{} (not found)", reference.target),
        };
        targets.entry(key).or_default().push(line(&name));
    }
    targets
}

#[derive(PartialEq, Eq, Hash)]
enum Target {
    Executable(ExecutableId),
    Component(ExecutableId, String),
}

fn write_executables(package: &Package<'_>, targets: &HashMap<Target, Vec<String>>, out: &mut dyn Write) -> io::Result<()> {
    for (id, executable) in package.executables() {
        let indent = "  ".repeat(package.ancestors(id).count().min(40));
        let disabled = if executable.disabled() { "  (disabled)" } else { "" };
        let name = if id == ExecutableId::PACKAGE { "Package".to_owned() } else { line(executable.name.as_str()) };
        let kind = if executable.kind == ExecutableKind::Other { line(&executable.creation_name) } else { executable.kind.as_str().to_owned() };
        writeln!(out, "{indent}{name}  [{kind}]{disabled}{}", arrow(targets.get(&Target::Executable(id))))?;
        for component in executable.data_flow().into_iter().flat_map(|flow| &flow.components) {
            let target = arrow(targets.get(&Target::Component(id, component.path.to_string())));
            writeln!(out, "{indent}  {}  [{}]{target}", line(component.name.as_str()), line(&component.class))?;
        }
    }
    Ok(())
}

fn arrow(names: Option<&Vec<String>>) -> String {
    names.map(|names| format!("  -> {}", names.join(", "))).unwrap_or_default()
}

fn write_connection(manager: &ConnectionManager<'_>, masks: &Masks<'_>, out: &mut dyn Write) -> io::Result<()> {
    let target = manager.connection_string().map(|text| masks.text(text.as_str())).unwrap_or_default();
    writeln!(out, "  connection {}  {}  {}", line(manager.name.as_str()), line(manager.kind()), shorten(&line(&target)))
}

fn write_parameter(parameter: &Parameter<'_>, masks: &Masks<'_>, out: &mut dyn Write) -> io::Result<()> {
    let required = if parameter.required { "  (required)" } else { "" };
    let value = masks.parameter(parameter).unwrap_or_default();
    writeln!(out, "  parameter {}  {}{required}  {}", line(parameter.name.as_str()), parameter.type_name(), shorten(&line(&value)))
}

/// The first 100 characters.
fn shorten(text: &str) -> String {
    match text.char_indices().nth(100) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
