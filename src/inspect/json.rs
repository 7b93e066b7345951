//! The JSON contract of `inspect`, version 1. Mirror structs: the model may change, this may not.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use super::entries::{self, ComponentEntry, ConfigurationEntry, ConnectionEntry, ConstraintEntry, EventHandlerEntry, ExecutableEntry};
use super::entries::{LogProviderEntry, ParameterEntry, VariableEntry};
use super::objects::{components, constraints, executables};
use crate::masks::Masks;
use crate::model::{ConfigurationFile, DeploymentModel, Document, DocumentKind, Package, Parameter, ProjectFile};

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
pub fn document(document: &Document<'_>, masks: &Masks<'_>) -> serde_json::Result<serde_json::Value> {
    let head = Head { kind: document.kind.as_str(), file: &document.file.file, member: document.file.member.as_deref() };
    match &document.kind {
        DocumentKind::Package(package) => serde_json::to_value(package_entry(head, package, masks)),
        DocumentKind::Project(project) => serde_json::to_value(project_entry(head, project, masks)),
        DocumentKind::ConnectionManager(manager) => serde_json::to_value(With { head, rest: entries::connection(manager, masks) }),
        DocumentKind::Parameters(parameters) => serde_json::to_value(ParametersEntry { head, parameters: all_parameters(parameters, masks) }),
        DocumentKind::ConfigurationFile(file) => serde_json::to_value(configuration_file(head, file, masks)),
    }
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Head<'d> {
    kind: &'static str,
    file: &'d str,
    member: Option<&'d str>,
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

fn package_entry<'d>(head: Head<'d>, package: &'d Package<'_>, masks: &Masks<'_>) -> PackageEntry<'d> {
    PackageEntry {
        head,
        format_version: package.format_version,
        generation: package.generation.as_str(),
        name: package.name().as_str(),
        id: package.id(),
        creator: package.creator(),
        product_version: package.product_version(),
        description: entries::property_description(&package.root().properties, masks),
        protection_level: Level { value: package.protection_level.as_str(), explicit: package.protection_level_text.is_some() },
        encrypted: package.encryption.as_str(),
        configurations_enabled: package.configurations_enabled(),
        connection_managers: package.connections.iter().map(|entry| entries::connection(entry, masks)).collect(),
        configurations: package.configurations.iter().map(|entry| entries::configuration(entry, masks)).collect(),
        variables: package.variables().map(|entry| entries::variable(package, entry, masks)).collect(),
        parameters: all_parameters(&package.parameters, masks),
        executables: executables(package, false).map(|entry| entries::executable(entry, masks)).collect(),
        constraints: constraints(package).map(|(owner, entry)| entries::constraint(package, owner, entry, masks)).collect(),
        components: components(package).map(|entry| entries::component(package, entry, masks)).collect(),
        event_handlers: executables(package, true).map(|entry| entries::event_handler(entry, masks)).collect(),
        log_providers: package.log_providers.iter().map(|entry| entries::log_provider(entry, masks)).collect(),
    }
}

fn all_parameters<'d>(parameters: &'d [Parameter<'_>], masks: &Masks<'_>) -> Vec<ParameterEntry<'d>> {
    parameters.iter().map(|entry| entries::parameter(entry, masks)).collect()
}

#[derive(Serialize)]
struct ParametersEntry<'d> {
    #[serde(flatten)]
    head: Head<'d>,
    parameters: Vec<ParameterEntry<'d>>,
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

fn project_entry<'d>(head: Head<'d>, project: &'d ProjectFile<'_>, masks: &Masks<'_>) -> ProjectEntry<'d> {
    ProjectEntry {
        head,
        name: project.name.as_str().trim(),
        deployment_model: match project.deployment_model {
            DeploymentModel::Project => "project",
            DeploymentModel::Package => "package",
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
            .map(|setting| SettingEntry { name: setting.name.as_str(), sensitive: setting.sensitive, value: masks.setting(setting) })
            .collect(),
    }
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

fn configuration_file<'d>(head: Head<'d>, file: &'d ConfigurationFile<'_>, masks: &Masks<'_>) -> ConfigurationFileEntry<'d> {
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
                value: masks.configured(entry.path.as_str(), entry.value.as_str()),
            })
            .collect(),
    }
}
