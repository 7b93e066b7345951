//! The JSON contract of `inspect`, version 1. Mirror structs: the model may change, this may not.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::objects::executables;
use super::{MASK, masked, named_value, parameter_value, variable_value};
use crate::model::{
    Component, Configuration, ConfigurationFile, ConnectionManager, Document, DocumentKind, Executable, ExecutableId, LogProvider, Package, Parameter,
    PrecedenceConstraint, ProjectFile, Properties, PropertyExpression, Text, Variable,
};

/// Everything that was read, document by document.
#[derive(Debug, Serialize)]
pub struct Inventory {
    /// Version of this format.
    pub version: u32,
    /// One object per document.
    pub documents: Vec<serde_json::Value>,
}

/// The inventory of one document.
///
/// # Errors
///
/// When a value cannot be written as JSON, which no document makes happen.
pub fn document(document: &Document<'_>) -> serde_json::Result<serde_json::Value> {
    let head = Head { kind: document.kind.as_str(), file: &document.file.file, member: document.file.member.as_deref() };
    match &document.kind {
        DocumentKind::Package(package) => serde_json::to_value(package_entry(head, package)),
        DocumentKind::Project(project) => serde_json::to_value(project_entry(head, project)),
        DocumentKind::ConnectionManager(manager) => serde_json::to_value(With { head, rest: connection(manager) }),
        DocumentKind::Parameters(parameters) => serde_json::to_value(ParametersEntry { head, parameters: parameters.iter().map(parameter).collect() }),
        DocumentKind::ConfigurationFile(file) => serde_json::to_value(configuration_file(head, file)),
    }
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Head<'d> {
    kind: &'static str,
    file: &'d str,
    member: Option<&'d str>,
}

fn description<'d>(text: Option<&'d Text<'_>>) -> Cow<'d, str> {
    masked(text.map_or("", Text::as_str))
}

fn property_description<'d>(properties: &'d Properties<'_>) -> Cow<'d, str> {
    masked(properties.text("Description"))
}

#[derive(Serialize)]
struct With<'d, T> {
    #[serde(flatten)]
    head: Head<'d>,
    #[serde(flatten)]
    rest: T,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct PackageEntry<'d> {
    #[serde(flatten)]
    head: Head<'d>,
    format_version: Option<u32>,
    generation: &'static str,
    name: &'d str,
    id: &'d str,
    creator: &'d str,
    product_version: &'d str,
    description: Cow<'d, str>,
    protection_level: Level,
    encrypted: &'static str,
    configurations_enabled: bool,
    connection_managers: Vec<ConnectionEntry<'d>>,
    configurations: Vec<ConfigurationEntry<'d>>,
    variables: Vec<VariableEntry<'d>>,
    parameters: Vec<ParameterEntry<'d>>,
    executables: Vec<ExecutableEntry<'d>>,
    constraints: Vec<ConstraintEntry<'d>>,
    components: Vec<ComponentEntry<'d>>,
    event_handlers: Vec<EventHandlerEntry<'d>>,
    log_providers: Vec<LogProviderEntry<'d>>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Level {
    value: &'static str,
    explicit: bool,
}

fn package_entry<'d>(head: Head<'d>, package: &'d Package<'_>) -> PackageEntry<'d> {
    PackageEntry {
        head,
        format_version: package.format_version,
        generation: package.generation.as_str(),
        name: package.name().as_str(),
        id: package.id(),
        creator: package.creator(),
        product_version: package.product_version(),
        description: property_description(&package.root().properties),
        protection_level: Level { value: package.protection_level.as_str(), explicit: package.protection_level_text.is_some() },
        encrypted: package.encryption.as_str(),
        configurations_enabled: package.configurations_enabled(),
        connection_managers: package.connections.iter().map(connection).collect(),
        configurations: package.configurations.iter().map(configuration).collect(),
        variables: package.variables().map(|entry| variable(package, entry)).collect(),
        parameters: package.parameters.iter().map(parameter).collect(),
        executables: executables(package, false).map(executable).collect(),
        constraints: package.executables.iter().flat_map(|owner| owner.constraints.iter().map(|entry| constraint(package, owner, entry))).collect(),
        components: components(package),
        event_handlers: executables(package, true).map(event_handler).collect(),
        log_providers: package.log_providers.iter().map(log_provider).collect(),
    }
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

pub(super) fn connection<'d>(manager: &'d ConnectionManager<'_>) -> ConnectionEntry<'d> {
    let (value, explicit) = manager.retain_same_connection();
    ConnectionEntry {
        object: &manager.path,
        name: manager.name.as_str(),
        id: &manager.id,
        r#type: manager.kind(),
        creation_name: manager.creation_name.as_str(),
        connection_string: manager.connection_string().map(|text| masked(text.as_str())),
        retain_same_connection: Flag { value, explicit },
        delay_validation: manager.delay_validation(),
        expressions: expressions(&manager.expressions),
        description: property_description(&manager.properties),
    }
}

fn expressions<'d>(expressions: &'d [PropertyExpression<'_>]) -> BTreeMap<&'d str, Cow<'d, str>> {
    expressions.iter().map(|entry| (&*entry.property, named_value(&entry.property, entry.expression.as_str()))).collect()
}

#[derive(Serialize, JsonSchema)]
pub(super) struct ConfigurationEntry<'d> {
    name: &'d str,
    r#type: Option<&'static str>,
    string: Cow<'d, str>,
    target: &'d str,
}

pub(super) fn configuration<'d>(entry: &'d Configuration<'_>) -> ConfigurationEntry<'d> {
    ConfigurationEntry {
        name: entry.name.as_str(),
        r#type: entry.kind.map(|kind| kind.as_str()),
        string: masked(entry.string.as_str()),
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

pub(super) fn variable<'d>(package: &'d Package<'_>, entry: &'d Variable<'_>) -> VariableEntry<'d> {
    VariableEntry {
        object: &entry.path,
        name: entry.qualified_name(),
        scope: &package.executable(entry.scope).path,
        r#type: entry.type_name(),
        value: variable_value(entry),
        expression: entry.expression.as_ref().map(|text| named_value(entry.name.as_str(), text.as_str())),
        evaluate_as_expression: entry.evaluate_as_expression,
        description: description(entry.description.as_ref()),
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

pub(super) fn parameter<'d>(entry: &'d Parameter<'_>) -> ParameterEntry<'d> {
    ParameterEntry {
        name: entry.name.as_str(),
        r#type: entry.type_name(),
        required: entry.required,
        sensitive: entry.sensitive,
        value: parameter_value(entry),
        description: description(entry.description.as_ref()),
    }
}

#[derive(Serialize)]
struct ParametersEntry<'d> {
    #[serde(flatten)]
    head: Head<'d>,
    parameters: Vec<ParameterEntry<'d>>,
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

pub(super) fn executable<'d>(entry: &'d Executable<'_>) -> ExecutableEntry<'d> {
    ExecutableEntry {
        object: &entry.path,
        name: entry.name.as_str(),
        kind: entry.kind.as_str(),
        creation_name: &entry.creation_name,
        disabled: entry.disabled(),
        delay_validation: entry.properties.flag("DelayValidation", false),
        description: property_description(&entry.properties),
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

pub(super) fn constraint<'d>(package: &'d Package<'_>, owner: &'d Executable<'_>, entry: &'d PrecedenceConstraint<'_>) -> ConstraintEntry<'d> {
    let path = |id: Option<ExecutableId>| id.map(|id| &*package.executable(id).path);
    ConstraintEntry {
        container: &owner.path,
        from: path(entry.from),
        to: path(entry.to),
        value: entry.value.as_str(),
        eval_op: entry.eval_op.as_str(),
        logical_and: entry.logical_and,
        expression: entry.expression.as_ref().map(|text| masked(text.as_str())),
        description: description(entry.description.as_ref()),
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

fn components<'d>(package: &'d Package<'_>) -> Vec<ComponentEntry<'d>> {
    let all = package.executables.iter().filter_map(Executable::data_flow).flat_map(|flow| &flow.components);
    all.map(|entry| component(package, entry)).collect()
}

pub(super) fn component<'d>(package: &'d Package<'_>, entry: &'d Component<'_>) -> ComponentEntry<'d> {
    ComponentEntry {
        object: &entry.path,
        name: entry.name.as_str(),
        class: &entry.class,
        connections: entry.connections.iter().map(|slot| connection_path(package, &slot.target.value, &slot.reference)).collect(),
        description: description(entry.description.as_ref()),
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

pub(super) fn event_handler<'d>(entry: &'d Executable<'_>) -> EventHandlerEntry<'d> {
    EventHandlerEntry { object: &entry.path, event: entry.name.as_str(), description: property_description(&entry.properties) }
}

#[derive(Serialize, JsonSchema)]
pub(super) struct LogProviderEntry<'d> {
    name: &'d str,
    r#type: &'d str,
    description: Cow<'d, str>,
}

pub(super) fn log_provider<'d>(entry: &'d LogProvider<'_>) -> LogProviderEntry<'d> {
    LogProviderEntry { name: entry.name.as_str(), r#type: &entry.kind, description: description(entry.description.as_ref()) }
}

#[derive(Serialize, JsonSchema)]
pub(super) struct ProjectEntry<'d> {
    #[serde(flatten)]
    head: Head<'d>,
    name: &'d str,
    deployment_model: &'static str,
    protection_level: Option<&'static str>,
    encrypted: &'static str,
    target_server_versions: Vec<&'d str>,
    packages: Vec<&'d str>,
    connection_managers: Vec<&'d str>,
    parts: Vec<&'d str>,
    settings: Vec<SettingEntry<'d>>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct SettingEntry<'d> {
    name: &'d str,
    sensitive: bool,
    value: Option<Cow<'d, str>>,
}

fn project_entry<'d>(head: Head<'d>, project: &'d ProjectFile<'_>) -> ProjectEntry<'d> {
    ProjectEntry {
        head,
        name: project.name.as_str().trim(),
        deployment_model: match project.deployment_model {
            crate::model::DeploymentModel::Project => "project",
            crate::model::DeploymentModel::Package => "package",
        },
        protection_level: project.protection_level.map(|level| level.as_str()),
        encrypted: project.encryption.as_str(),
        target_server_versions: project.target_server_versions.iter().map(|text| text.as_str()).collect(),
        packages: project.packages.iter().map(|entry| entry.name.as_str()).collect(),
        connection_managers: project.connection_managers.iter().map(|text| text.as_str()).collect(),
        parts: project.parts.iter().map(|text| text.as_str()).collect(),
        settings: project
            .settings
            .iter()
            .map(|setting| SettingEntry { name: setting.name.as_str(), sensitive: setting.sensitive, value: setting_value(setting) })
            .collect(),
    }
}

fn setting_value<'d>(setting: &'d crate::model::ProjectSetting<'_>) -> Option<Cow<'d, str>> {
    let value = setting.value.as_ref()?.as_str();
    let name = setting.name.as_str().rsplit(['.', ':']).next().unwrap_or_default();
    Some(if setting.sensitive { Cow::Borrowed(MASK) } else { named_value(name, value) })
}

#[derive(Serialize)]
struct ConfigurationFileEntry<'d> {
    #[serde(flatten)]
    head: Head<'d>,
    generated_by: &'d str,
    package_name: &'d str,
    entries: Vec<ConfiguredEntry<'d>>,
}

#[derive(Serialize)]
struct ConfiguredEntry<'d> {
    path: &'d str,
    value_type: &'d str,
    value: Cow<'d, str>,
}

fn configuration_file<'d>(head: Head<'d>, file: &'d ConfigurationFile<'_>) -> ConfigurationFileEntry<'d> {
    ConfigurationFileEntry {
        head,
        generated_by: &file.generated_by,
        package_name: &file.package_name,
        entries: file
            .entries
            .iter()
            .map(|entry| ConfiguredEntry {
                path: entry.path.as_str(),
                value_type: entry.value_type.as_str(),
                value: super::configured_value(entry.path.as_str(), entry.value.as_str()),
            })
            .collect(),
    }
}
