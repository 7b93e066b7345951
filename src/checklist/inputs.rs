//! What decides a value, in words.

use crate::analysis::effective::{Effective, Input, Setting, UNKNOWN, Values};
use crate::analysis::overrides::{self, ENDPOINT, Override};
use crate::model::ConnectionManager;

use super::builder::Source;

/// The properties that say where a database connection goes.
const PARTS: [&str; 4] = ["ConnectionString", "ServerName", "InitialCatalog", "UserName"];

/// Of several configurations whose content is not at hand nobody can tell which one sets a value.
const PERHAPS: &str = "perhaps a configuration that is not at hand";

/// A value as a person reads it, with `…` for what is not known, and what decides it.
#[derive(Clone, Debug, Default)]
pub(super) struct Value {
    pub(super) text: String,
    pub(super) set_by: Vec<String>,
}

/// The value of a property. Where nothing at all is known of what an expression gives, the saved one stands in for it, marked.
pub(super) fn value(values: &Values<'_, '_, '_>, setting: &Setting<'_>) -> Option<Value> {
    let effective = values.of(setting);
    let written = || setting.design.map(|text| text.value.trim()).filter(|text| !text.is_empty());
    match &effective {
        Some(effective) if is_told(effective) => Some(Value { text: shown(effective), set_by: words(&effective.inputs) }),
        Some(effective) if !effective.parts.is_empty() => {
            let mut set_by = words(&effective.inputs);
            set_by.extend(written().map(|text| format!("saved in the package: {text}")));
            Some(Value { text: "…".to_owned(), set_by })
        }
        Some(_) => None,
        None => written().map(|text| Value { text: text.to_owned(), set_by: Vec::new() }),
    }
}

/// Whether any piece of the value is known.
pub(super) fn is_told(effective: &Effective<'_>) -> bool {
    effective.text().chars().any(|character| character != UNKNOWN && !character.is_whitespace())
}

fn shown(effective: &Effective<'_>) -> String {
    marked(&effective.text())
}

/// A text of a value with `…` for each run of pieces that are not known.
pub(super) fn marked(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.trim().chars() {
        match character {
            UNKNOWN | '…' if shown.ends_with('…') => {}
            UNKNOWN => shown.push('…'),
            character => shown.push(character),
        }
    }
    shown
}

/// What a value depends on.
pub(super) fn words(inputs: &[Input]) -> Vec<String> {
    inputs.iter().map(word).collect()
}

fn word(input: &Input) -> String {
    match input {
        Input::Parameter { name, known: true } => format!("parameter {name} (its default here)"),
        Input::Parameter { name, known: false } => format!("parameter {name}"),
        Input::Configuration { name, known: true } => format!("configuration {name}"),
        Input::Configuration { known: false, .. } => PERHAPS.to_owned(),
        Input::Written(path) => format!("{path}, which may change while the package runs"),
        Input::Run(name) if name.starts_with('$') => format!("parameter {name} (not at hand)"),
        Input::Run(name) => format!("{name}, known when the package runs"),
    }
}

/// What replaces a value, for values that were not computed piece by piece; none for an expression whose inputs are told already.
pub(super) fn replacement(replaced: &Override) -> String {
    match replaced {
        Override::Expression => "an expression".to_owned(),
        Override::Configuration(name) => format!("configuration {name}"),
        Override::Possibly(_) => PERHAPS.to_owned(),
        Override::Parameter(name) => format!("parameter {name} (its default here)"),
    }
}

/// What decides where a connection manager connects to.
pub(super) fn of_connection(source: &Source<'_, '_>, document: usize, manager: &ConnectionManager<'_>) -> Vec<String> {
    let Some(values) = source.facts.values(document) else { return Vec::new() };
    let properties = ENDPOINT.iter().chain(&["InitialCatalog", "UserName"]);
    let computed = properties.filter_map(|property| Some(Setting::of_connection(manager, property)).filter(|setting| setting.expression.is_some()));
    let effective: Vec<Effective<'_>> = computed.filter_map(|setting| values.of(&setting)).collect();
    let mut set_by: Vec<String> = effective.iter().flat_map(|effective| words(&effective.inputs)).collect();
    if effective.iter().any(|effective| effective.property == ENDPOINT[0] && !is_told(effective)) {
        set_by.push("the saved value is shown".to_owned());
    }
    let package = source.document(document).package();
    let configured = PARTS.iter().filter_map(|part| overrides::of_connection(source.project, package, manager, &[part]));
    set_by.extend(configured.filter(|replaced| *replaced != Override::Expression).map(|replaced| replacement(&replaced)));
    set_by
}
