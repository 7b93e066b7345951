//! What the properties will be when the packages run, for `inspect --effective`.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value};

use crate::analysis::Facts;
use crate::analysis::effective::{Changeable, Effective, Input, Origin, UNKNOWN};
use crate::masks::{MASK, Masks};
use crate::model::Project;
use crate::report::line;
use crate::target::Target;

/// One property, as `inspect` shows it.
#[derive(Serialize)]
struct Entry<'d> {
    object: &'d str,
    property: &'d str,
    design: Option<String>,
    /// The value with `…` for what is not known; none when SSIS would refuse the expression.
    value: Option<String>,
    known: bool,
    expression: Option<String>,
    configuration: Option<String>,
    depends_on: Vec<String>,
    changed_by: Map<String, Value>,
}

/// Where packages run; the upgrade goals are no places.
const PLACES: [Target; 4] = [Target::Agent, Target::Ssisdb, Target::AzureSsis, Target::Fabric];

/// Every property of the document of that index that an expression or a configuration sets.
///
/// # Errors
///
/// When a value cannot be written as JSON, which no document makes happen.
pub fn effective(facts: &Facts<'_, '_>, project: &Project<'_>, index: usize, masks: &Masks<'_>) -> serde_json::Result<Value> {
    serde_json::to_value(entries(facts, project, index, masks))
}

fn entries<'d>(facts: &Facts<'_, '_>, project: &'d Project<'_>, index: usize, masks: &Masks<'_>) -> Vec<Entry<'d>> {
    let Some(values) = facts.values(index) else { return Vec::new() };
    values.changeable(&project.documents[index]).into_iter().map(|found| entry(&found, values.of(&found.setting), masks)).collect()
}

fn entry<'d>(found: &Changeable<'d>, value: Option<Effective<'d>>, masks: &Masks<'_>) -> Entry<'d> {
    let is_secret = masks.hides(found.setting.property) || found.variable.is_some_and(|name| masks.hides(name));
    let shown = |text: &str| if is_secret && !text.is_empty() { MASK.to_owned() } else { masks.text(&text.replace(UNKNOWN, "…")).into_owned() };
    let changed_by = |value: &Effective<'_>| {
        let words = |target: Target| value.changers(target, found.is_connection).into_iter().map(|changer| changer.as_str().into()).collect();
        PLACES.into_iter().map(|target| (target.as_str().to_owned(), Value::Array(words(target)))).collect()
    };
    Entry {
        object: found.object,
        property: found.setting.property,
        design: found.setting.design.map(|text| shown(text.as_str())),
        known: value.as_ref().is_some_and(|value| value.known().is_some()),
        expression: found.setting.expression.map(|text| shown(text.as_str())),
        configuration: value.as_ref().and_then(configuration),
        depends_on: value.iter().flat_map(|value| &value.inputs).map(depends_on).collect(),
        changed_by: value.as_ref().map(changed_by).unwrap_or_default(),
        value: value.map(|value| shown(&value.text())),
    }
}

fn configuration(value: &Effective<'_>) -> Option<String> {
    match &value.origin {
        Origin::Configuration(name) => Some(name.clone()),
        _ => None,
    }
}

fn depends_on(input: &Input) -> String {
    match input {
        Input::Parameter { name, known: true } => format!("{name} (its default)"),
        Input::Parameter { name, known: false } | Input::Run(name) => name.clone(),
        Input::Configuration { name, known: true } => format!("configuration {name}"),
        Input::Configuration { name, known: false } => format!("configuration {name} (not at hand)"),
        Input::Written(path) => format!("{path} (written while the package runs)"),
    }
}

/// Writes what the properties of every requested document of a project will be.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write_effective(project: &Project<'_>, masks: &Masks<'_>, out: &mut dyn Write) -> io::Result<()> {
    let is_secret = |name: &str| masks.hides(name);
    let facts = Facts::hiding(project, &is_secret);
    for (index, document) in project.documents.iter().enumerate().filter(|(_, document)| document.requested) {
        let entries = entries(&facts, project, index, masks);
        if !entries.is_empty() {
            writeln!(out, "{}  ({})", line(&document.file.to_string()), document.kind.as_str())?;
            entries.iter().try_for_each(|entry| write_entry(entry, out))?;
            writeln!(out)?;
        }
    }
    Ok(())
}

fn write_entry(entry: &Entry<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "  {}  {}", line(entry.object), line(entry.property))?;
    let entry_line = |out: &mut dyn Write, name: &str, text: &str| writeln!(out, "    {name:13}  {}", line(text));
    let lines = [("design", &entry.design), ("expression", &entry.expression), ("configuration", &entry.configuration), ("value", &entry.value)];
    lines.into_iter().filter_map(|(name, text)| Some((name, text.as_ref()?))).try_for_each(|(name, text)| entry_line(out, name, text))?;
    if !entry.depends_on.is_empty() {
        entry_line(out, "depends on", &entry.depends_on.join(", "))?;
    }
    for (target, words) in entry.changed_by.iter().filter_map(|(target, words)| Some((target, words.as_array()?))) {
        let words: Vec<Cow<'_, str>> = words.iter().filter_map(|word| word.as_str().map(Cow::Borrowed)).collect();
        if !words.is_empty() {
            entry_line(out, "changed by", &format!("{target}: {}", words.join(", ")))?;
        }
    }
    Ok(())
}
