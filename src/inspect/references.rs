//! Who reads and who writes which variable and parameter, for `inspect --references`.

use std::io::{self, Write};

use serde::Serialize;

use crate::analysis::Facts;
use crate::analysis::references::{Reference, References, Resolution};
use crate::model::{Document, Project};
use crate::report::line;

/// One mention, as `inspect` shows it.
#[derive(Serialize)]
struct Entry<'d> {
    name: &'d str,
    resolution: &'static str,
    target: Option<&'d str>,
    access: &'static str,
    object: &'d str,
    property: &'d str,
    offset: u32,
    length: u32,
    enabled: bool,
}

/// The mentions in a document of that index, in the order in which they were found.
///
/// # Errors
///
/// When a value cannot be written as JSON, which no document makes happen.
pub fn references(facts: &Facts<'_, '_>, index: usize) -> serde_json::Result<serde_json::Value> {
    let entries: Vec<_> = facts.references(index).into_iter().flat_map(|found| &found.entries).map(entry).collect();
    serde_json::to_value(entries)
}

fn entry<'d>(reference: &'d Reference<'_, '_>) -> Entry<'d> {
    Entry {
        name: &reference.name,
        resolution: word(&reference.resolution),
        target: target(&reference.resolution),
        access: reference.access.as_str(),
        object: reference.object,
        property: reference.property,
        offset: reference.span.start,
        length: reference.span.len(),
        enabled: reference.enabled,
    }
}

const fn word(resolution: &Resolution<'_, '_>) -> &'static str {
    match resolution {
        Resolution::Variable(_) => "variable",
        Resolution::Parameter(_) => "parameter",
        Resolution::System => "system",
        Resolution::CaseDiffers(_) => "case-differs",
        Resolution::Ambiguous => "ambiguous",
        Resolution::Missing => "missing",
        Resolution::Unknown => "unknown",
    }
}

fn target<'d>(resolution: &'d Resolution<'_, '_>) -> Option<&'d str> {
    match resolution {
        Resolution::Variable(variable) => Some(&variable.path),
        Resolution::Parameter(parameter) => Some(&parameter.path),
        Resolution::CaseDiffers(name) => Some(name),
        _ => None,
    }
}

/// Writes who reads and who writes each variable and parameter of every requested document of a project.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write_references(project: &Project<'_>, out: &mut dyn Write) -> io::Result<()> {
    let facts = Facts::new(project);
    for (index, document) in project.documents.iter().enumerate().filter(|(_, document)| document.requested) {
        let Some(found) = facts.references(index) else { continue };
        if document.package().is_some() || !found.entries.is_empty() {
            write_document(project, document, found, out)?;
        }
    }
    Ok(())
}

fn write_document(project: &Project<'_>, document: &Document<'_>, found: &References<'_, '_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}  ({})", line(&document.file.to_string()), document.kind.as_str())?;
    for variable in document.package().into_iter().flat_map(crate::model::Package::variables) {
        writeln!(out, "  {}", line(&variable.path))?;
        write_mentions(found.of_variable(variable), out)?;
    }
    let own = document.package().into_iter().flat_map(|package| &package.parameters);
    for parameter in own.chain(project.parameters().map(|(_, parameter)| parameter)) {
        writeln!(out, "  {}", line(&parameter.path))?;
        write_mentions(found.of_parameter(parameter), out)?;
    }
    for entry in found.entries.iter().filter(|entry| !matches!(entry.resolution, Resolution::Variable(_) | Resolution::Parameter(_) | Resolution::System)) {
        writeln!(out, "  {}  ({})", line(&entry.name), word(&entry.resolution))?;
        write_mentions(std::iter::once(entry), out)?;
    }
    writeln!(out)
}

fn write_mentions<'e, 's: 'e, 'a: 's>(entries: impl Iterator<Item = &'e Reference<'s, 'a>>, out: &mut dyn Write) -> io::Result<()> {
    for entry in entries {
        let disabled = if entry.enabled { "" } else { "  (disabled)" };
        writeln!(out, "    {:10}  {}  {}{disabled}", entry.access.as_str(), line(entry.object), line(entry.property))?;
    }
    Ok(())
}
