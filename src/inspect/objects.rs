//! Single objects with their fields as `inspect --format json` shows them, for the rules that teams write themselves.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{entries, json};
use crate::masks::Masks;
use crate::model::{Component, ConnectionManager, Document, DocumentKind, Executable, ExecutableId, ExecutableKind, Package, Parameter, PrecedenceConstraint};
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
            Self::Connection => generator.into_root_schema_for::<entries::ConnectionEntry<'static>>(),
            Self::Executable => generator.into_root_schema_for::<entries::ExecutableEntry<'static>>(),
            Self::Component => generator.into_root_schema_for::<entries::ComponentEntry<'static>>(),
            Self::Variable => generator.into_root_schema_for::<entries::VariableEntry<'static>>(),
            Self::Parameter => generator.into_root_schema_for::<entries::ParameterEntry<'static>>(),
            Self::Configuration => generator.into_root_schema_for::<entries::ConfigurationEntry<'static>>(),
            Self::Constraint => generator.into_root_schema_for::<entries::ConstraintEntry<'static>>(),
            Self::EventHandler => generator.into_root_schema_for::<entries::EventHandlerEntry<'static>>(),
            Self::LogProvider => generator.into_root_schema_for::<entries::LogProviderEntry<'static>>(),
            Self::Project => generator.into_root_schema_for::<json::ProjectEntry<'static>>(),
        };
        schema.to_value()
    }
}

/// All objects of a kind in a document, in its order.
#[must_use]
pub fn objects(document: &Document<'_>, kind: ObjectKind, masks: &Masks<'_>) -> Vec<Object> {
    let manager = |entry: &ConnectionManager<'_>| object(&*entry.path, entry.name.span, &entries::connection(entry, masks));
    let parameter = |entry: &Parameter<'_>| object(&entry.path, entry.name.span, &entries::parameter(entry, masks));
    match (&document.kind, kind) {
        (DocumentKind::Package(package), ObjectKind::Package) => whole(document, "Package", package.name().span, masks),
        (DocumentKind::Project(file), ObjectKind::Project) => whole(document, "Project", file.name.span, masks),
        (DocumentKind::Package(package), ObjectKind::Connection) => package.connections.iter().map(manager).collect(),
        (DocumentKind::Package(package), ObjectKind::Parameter) => package.parameters.iter().map(parameter).collect(),
        (DocumentKind::Package(package), kind) => of_package(package, kind, masks),
        (DocumentKind::ConnectionManager(entry), ObjectKind::Connection) => vec![manager(entry)],
        (DocumentKind::Parameters(parameters), ObjectKind::Parameter) => parameters.iter().map(parameter).collect(),
        _ => Vec::new(),
    }
}

/// A document is shown as one object.
fn whole(document: &Document<'_>, path: &str, span: Span, masks: &Masks<'_>) -> Vec<Object> {
    vec![Object { path: path.to_owned(), span, fields: json::document(document, masks).unwrap_or_default() }]
}

fn of_package(package: &Package<'_>, kind: ObjectKind, masks: &Masks<'_>) -> Vec<Object> {
    match kind {
        ObjectKind::Executable => executables(package, false).map(|entry| object(&*entry.path, entry.name.span, &entries::executable(entry, masks))).collect(),
        ObjectKind::EventHandler => {
            executables(package, true).map(|entry| object(&*entry.path, entry.name.span, &entries::event_handler(entry, masks))).collect()
        }
        ObjectKind::Component => components(package).map(|entry| object(&*entry.path, entry.name.span, &entries::component(package, entry, masks))).collect(),
        ObjectKind::Variable => package.variables().map(|entry| object(&entry.path, entry.name.span, &entries::variable(package, entry, masks))).collect(),
        ObjectKind::Configuration => {
            package.configurations.iter().map(|entry| object(&entry.path, entry.span, &entries::configuration(entry, masks))).collect()
        }
        ObjectKind::Constraint => {
            constraints(package).map(|(owner, entry)| object(&*entry.path, entry.span, &entries::constraint(package, owner, entry, masks))).collect()
        }
        ObjectKind::LogProvider => {
            package.log_providers.iter().map(|entry| object(&entry.path, entry.name.span, &entries::log_provider(entry, masks))).collect()
        }
        ObjectKind::Package | ObjectKind::Project | ObjectKind::Connection | ObjectKind::Parameter => Vec::new(),
    }
}

/// The components of all data flows.
pub(super) fn components<'p, 'a>(package: &'p Package<'a>) -> impl Iterator<Item = &'p Component<'a>> {
    package.executables.iter().filter_map(Executable::data_flow).flat_map(|flow| &flow.components)
}

/// All precedence constraints, with what they stand in.
pub(super) fn constraints<'p, 'a>(package: &'p Package<'a>) -> impl Iterator<Item = (&'p Executable<'a>, &'p PrecedenceConstraint<'a>)> {
    package.executables.iter().flat_map(|owner| owner.constraints.iter().map(move |entry| (owner, entry)))
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
