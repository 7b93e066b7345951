//! Single objects in the JSON contract of `inspect`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::masks::Masks;
use crate::model::{
    Component, Configuration, ConnectionManager, Executable, ExecutableId, LogProvider, Package, Parameter, PrecedenceConstraint, Properties,
    PropertyExpression, Text, Variable,
};

fn description<'d>(text: Option<&'d Text<'_>>, masks: &Masks<'_>) -> Cow<'d, str> {
    masks.text(text.map_or("", Text::as_str))
}

pub(super) fn property_description<'d>(properties: &'d Properties<'_>, masks: &Masks<'_>) -> Cow<'d, str> {
    masks.text(properties.text("Description"))
}

#[derive(Serialize, JsonSchema)]
pub(super) struct ConnectionEntry<'d> {
    object: &'d str,
    name: &'d str,
    id: &'d str,
    r#type: &'d str,
    creation_name: &'d str,
    connection_string: Option<Cow<'d, str>>,
    retain_same_connection: Flag,
    delay_validation: bool,
    expressions: BTreeMap<&'d str, Cow<'d, str>>,
    description: Cow<'d, str>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Flag {
    value: bool,
    explicit: bool,
}

pub(super) fn connection<'d>(manager: &'d ConnectionManager<'_>, masks: &Masks<'_>) -> ConnectionEntry<'d> {
    let (value, explicit) = manager.retain_same_connection();
    ConnectionEntry {
        object: &manager.path,
        name: manager.name.as_str(),
        id: &manager.id,
        r#type: manager.kind(),
        creation_name: manager.creation_name.as_str(),
        connection_string: manager.connection_string().map(|text| masks.text(text.as_str())),
        retain_same_connection: Flag { value, explicit },
        delay_validation: manager.delay_validation(),
        expressions: expressions(&manager.expressions, masks),
        description: property_description(&manager.properties, masks),
    }
}

fn expressions<'d>(expressions: &'d [PropertyExpression<'_>], masks: &Masks<'_>) -> BTreeMap<&'d str, Cow<'d, str>> {
    expressions.iter().map(|entry| (&*entry.property, masks.named(&entry.property, entry.expression.as_str()))).collect()
}

#[derive(Serialize, JsonSchema)]
pub(super) struct ConfigurationEntry<'d> {
    name: &'d str,
    r#type: Option<&'static str>,
    string: Cow<'d, str>,
    target: &'d str,
}

pub(super) fn configuration<'d>(entry: &'d Configuration<'_>, masks: &Masks<'_>) -> ConfigurationEntry<'d> {
    ConfigurationEntry {
        name: entry.name.as_str(),
        r#type: entry.kind.map(|kind| kind.as_str()),
        string: masks.text(entry.string.as_str()),
        target: entry.target.as_str(),
    }
}

#[derive(Serialize, JsonSchema)]
pub(super) struct VariableEntry<'d> {
    object: &'d str,
    name: String,
    scope: &'d str,
    r#type: &'static str,
    value: Option<Cow<'d, str>>,
    expression: Option<Cow<'d, str>>,
    evaluate_as_expression: bool,
    description: Cow<'d, str>,
}

pub(super) fn variable<'d>(package: &'d Package<'_>, entry: &'d Variable<'_>, masks: &Masks<'_>) -> VariableEntry<'d> {
    VariableEntry {
        object: &entry.path,
        name: entry.qualified_name(),
        scope: &package.executable(entry.scope).path,
        r#type: entry.type_name(),
        value: masks.variable(entry),
        expression: entry.expression.as_ref().map(|text| masks.named(entry.name.as_str(), text.as_str())),
        evaluate_as_expression: entry.evaluate_as_expression,
        description: description(entry.description.as_ref(), masks),
    }
}

#[derive(Serialize, JsonSchema)]
pub(super) struct ParameterEntry<'d> {
    name: &'d str,
    r#type: &'static str,
    required: bool,
    sensitive: bool,
    value: Option<Cow<'d, str>>,
    description: Cow<'d, str>,
}

pub(super) fn parameter<'d>(entry: &'d Parameter<'_>, masks: &Masks<'_>) -> ParameterEntry<'d> {
    ParameterEntry {
        name: entry.name.as_str(),
        r#type: entry.type_name(),
        required: entry.required,
        sensitive: entry.sensitive,
        value: masks.parameter(entry),
        description: description(entry.description.as_ref(), masks),
    }
}

#[derive(Serialize, JsonSchema)]
pub(super) struct ExecutableEntry<'d> {
    object: &'d str,
    name: &'d str,
    kind: &'static str,
    creation_name: &'d str,
    disabled: bool,
    delay_validation: bool,
    description: Cow<'d, str>,
}

pub(super) fn executable<'d>(entry: &'d Executable<'_>, masks: &Masks<'_>) -> ExecutableEntry<'d> {
    ExecutableEntry {
        object: &entry.path,
        name: entry.name.as_str(),
        kind: entry.kind.as_str(),
        creation_name: &entry.creation_name,
        disabled: entry.disabled(),
        delay_validation: entry.properties.flag("DelayValidation", false),
        description: property_description(&entry.properties, masks),
    }
}

#[derive(Serialize, JsonSchema)]
pub(super) struct ConstraintEntry<'d> {
    container: &'d str,
    from: Option<&'d str>,
    to: Option<&'d str>,
    value: &'static str,
    eval_op: &'static str,
    logical_and: bool,
    expression: Option<Cow<'d, str>>,
    description: Cow<'d, str>,
}

pub(super) fn constraint<'d>(
    package: &'d Package<'_>,
    owner: &'d Executable<'_>,
    entry: &'d PrecedenceConstraint<'_>,
    masks: &Masks<'_>,
) -> ConstraintEntry<'d> {
    let path = |id: Option<ExecutableId>| id.map(|id| &*package.executable(id).path);
    ConstraintEntry {
        container: &owner.path,
        from: path(entry.from),
        to: path(entry.to),
        value: entry.value.as_str(),
        eval_op: entry.eval_op.as_str(),
        logical_and: entry.logical_and,
        expression: entry.expression.as_ref().map(|text| masks.text(text.as_str())),
        description: description(entry.description.as_ref(), masks),
    }
}

#[derive(Serialize, JsonSchema)]
pub(super) struct ComponentEntry<'d> {
    object: &'d str,
    name: &'d str,
    class: &'d str,
    connections: Vec<&'d str>,
    description: Cow<'d, str>,
}

pub(super) fn component<'d>(package: &'d Package<'_>, entry: &'d Component<'_>, masks: &Masks<'_>) -> ComponentEntry<'d> {
    ComponentEntry {
        object: &entry.path,
        name: entry.name.as_str(),
        class: &entry.class,
        connections: entry.connections.iter().map(|slot| connection_path(package, &slot.target.value, &slot.reference)).collect(),
        description: description(entry.description.as_ref(), masks),
    }
}

/// Old files name connection managers by DTSID: shown as the object path all the same.
fn connection_path<'d>(package: &'d Package<'_>, target: &'d str, reference: &'d str) -> &'d str {
    if !reference.is_empty() {
        return reference;
    }
    package.connections.iter().find(|manager| manager.id.eq_ignore_ascii_case(target)).map_or(target, |manager| &manager.path)
}

#[derive(Serialize, JsonSchema)]
pub(super) struct EventHandlerEntry<'d> {
    object: &'d str,
    event: &'d str,
    description: Cow<'d, str>,
}

pub(super) fn event_handler<'d>(entry: &'d Executable<'_>, masks: &Masks<'_>) -> EventHandlerEntry<'d> {
    EventHandlerEntry { object: &entry.path, event: entry.name.as_str(), description: property_description(&entry.properties, masks) }
}

#[derive(Serialize, JsonSchema)]
pub(super) struct LogProviderEntry<'d> {
    name: &'d str,
    r#type: &'d str,
    description: Cow<'d, str>,
}

pub(super) fn log_provider<'d>(entry: &'d LogProvider<'_>, masks: &Masks<'_>) -> LogProviderEntry<'d> {
    LogProviderEntry { name: entry.name.as_str(), r#type: &entry.kind, description: description(entry.description.as_ref(), masks) }
}
