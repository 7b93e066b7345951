//! Single objects with their fields as `inspect --format json` shows them, for the rules that teams write themselves.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::json;
use crate::model::{Document, DocumentKind, Executable, ExecutableId, ExecutableKind, Package};
use crate::span::Span;

/// A kind of object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ObjectKind {
    /// Packages.
    Package,
    /// Connection managers, of packages and of the project.
    Connection,
    /// Containers and tasks.
    Executable,
    /// Sources, transformations and destinations of data flows.
    Component,
    /// Variables of all scopes.
    Variable,
    /// Parameters, of packages and of the project.
    Parameter,
    /// Package configurations.
    Configuration,
    /// Precedence constraints.
    Constraint,
    /// Event handlers.
    EventHandler,
    /// Log providers.
    LogProvider,
    /// Project files.
    Project,
}

/// An object and where it is.
#[derive(Debug)]
pub struct Object {
    /// Its object path.
    pub path: String,
    /// Where it stands in its document; the name, where it has one.
    pub span: Span,
    /// Its fields, with secrets masked.
    pub fields: Value,
}

impl ObjectKind {
    /// As configurations call it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Package => "package",
            Self::Connection => "connection",
            Self::Executable => "executable",
            Self::Component => "component",
            Self::Variable => "variable",
            Self::Parameter => "parameter",
            Self::Configuration => "configuration",
            Self::Constraint => "constraint",
            Self::EventHandler => "event-handler",
            Self::LogProvider => "log-provider",
            Self::Project => "project",
        }
    }

    /// Whether such objects have a package or a project around them.
    #[must_use]
    pub const fn has_package(self) -> bool {
        !matches!(self, Self::Project)
    }

    /// JSON Schema of the fields.
    #[must_use]
    pub fn schema(self) -> Value {
        let generator = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true).into_generator();
        let schema: Schema = match self {
            Self::Package => generator.into_root_schema_for::<json::PackageEntry<'static>>(),
            Self::Connection => generator.into_root_schema_for::<json::ConnectionEntry<'static>>(),
            Self::Executable => generator.into_root_schema_for::<json::ExecutableEntry<'static>>(),
            Self::Component => generator.into_root_schema_for::<json::ComponentEntry<'static>>(),
            Self::Variable => generator.into_root_schema_for::<json::VariableEntry<'static>>(),
            Self::Parameter => generator.into_root_schema_for::<json::ParameterEntry<'static>>(),
            Self::Configuration => generator.into_root_schema_for::<json::ConfigurationEntry<'static>>(),
            Self::Constraint => generator.into_root_schema_for::<json::ConstraintEntry<'static>>(),
            Self::EventHandler => generator.into_root_schema_for::<json::EventHandlerEntry<'static>>(),
            Self::LogProvider => generator.into_root_schema_for::<json::LogProviderEntry<'static>>(),
            Self::Project => generator.into_root_schema_for::<json::ProjectEntry<'static>>(),
        };
        schema.to_value()
    }
}

/// All objects of a kind in a document, in its order.
#[must_use]
pub fn objects(document: &Document<'_>, kind: ObjectKind) -> Vec<Object> {
    match (&document.kind, kind) {
        (DocumentKind::Package(package), ObjectKind::Package) => whole(document, "Package", package.name().span),
        (DocumentKind::Project(file), ObjectKind::Project) => whole(document, "Project", file.name.span),
        (DocumentKind::Package(package), kind) => of_package(package, kind),
        (DocumentKind::ConnectionManager(manager), ObjectKind::Connection) => vec![object(&*manager.path, manager.name.span, &json::connection(manager))],
        (DocumentKind::Parameters(parameters), ObjectKind::Parameter) => {
            parameters.iter().map(|entry| object(&entry.path, entry.name.span, &json::parameter(entry))).collect()
        }
        _ => Vec::new(),
    }
}

/// A document is shown as one object.
fn whole(document: &Document<'_>, path: &str, span: Span) -> Vec<Object> {
    vec![Object { path: path.to_owned(), span, fields: json::document(document).unwrap_or_default() }]
}

fn of_package(package: &Package<'_>, kind: ObjectKind) -> Vec<Object> {
    match kind {
        ObjectKind::Connection => package.connections.iter().map(|entry| object(&*entry.path, entry.name.span, &json::connection(entry))).collect(),
        ObjectKind::Executable => executables(package, false).map(|entry| object(&*entry.path, entry.name.span, &json::executable(entry))).collect(),
        ObjectKind::EventHandler => executables(package, true).map(|entry| object(&*entry.path, entry.name.span, &json::event_handler(entry))).collect(),
        ObjectKind::Component => {
            let all = package.executables.iter().filter_map(Executable::data_flow).flat_map(|flow| &flow.components);
            all.map(|entry| object(&*entry.path, entry.name.span, &json::component(package, entry))).collect()
        }
        ObjectKind::Variable => package.variables().map(|entry| object(&entry.path, entry.name.span, &json::variable(package, entry))).collect(),
        ObjectKind::Parameter => package.parameters.iter().map(|entry| object(&entry.path, entry.name.span, &json::parameter(entry))).collect(),
        ObjectKind::Configuration => package.configurations.iter().map(|entry| object(&entry.path, entry.span, &json::configuration(entry))).collect(),
        ObjectKind::Constraint => {
            let all = package.executables.iter().flat_map(|owner| owner.constraints.iter().map(move |entry| (owner, entry)));
            all.map(|(owner, entry)| object(&*entry.path, entry.span, &json::constraint(package, owner, entry))).collect()
        }
        ObjectKind::LogProvider => package.log_providers.iter().map(|entry| object(&entry.path, entry.name.span, &json::log_provider(entry))).collect(),
        ObjectKind::Package | ObjectKind::Project => Vec::new(),
    }
}

/// Event handlers, or what is neither one nor the package itself.
pub(super) fn executables<'p, 'a>(package: &'p Package<'a>, event_handlers: bool) -> impl Iterator<Item = &'p Executable<'a>> {
    let below = package.executables().filter(|(id, _)| *id != ExecutableId::PACKAGE).map(|(_, entry)| entry);
    below.filter(move |entry| (entry.kind == ExecutableKind::EventHandler) == event_handlers)
}

/// No value of ours fails to become JSON.
fn object(path: impl Into<String>, span: Span, fields: &impl Serialize) -> Object {
    Object { path: path.into(), span, fields: serde_json::to_value(fields).unwrap_or_default() }
}
