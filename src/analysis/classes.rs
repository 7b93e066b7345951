//! The classes that a document needs and that not every installation has: what the support matrix has something to say about.

use super::connections::Connections;
use crate::model::{Component, ConnectionManager, DocumentKind, Executable, Package, Project, Property, Task};
use crate::span::Span;
use crate::support::{self, ClassKind, Standing};

/// A class that something which can run, or is used, needs.
#[derive(Clone, Debug)]
pub struct ClassUse<'s> {
    /// What it is a class of.
    pub kind: ClassKind,
    /// Its name as written, without assembly.
    pub name: &'s str,
    /// Object path of what needs it.
    pub object: &'s str,
    /// Where that stands.
    pub span: Span,
    /// What is known of it: never a part that every installation has, never [`Standing::Unknown`].
    pub standing: Standing,
}

/// The uses in the document of that index, in document order.
#[must_use]
pub(super) fn of_document<'s, 'a>(project: &'s Project<'a>, index: usize, connections: &Connections<'s, 'a>) -> Vec<ClassUse<'s>> {
    let mut uses = Vec::new();
    match &project.documents[index].kind {
        DocumentKind::ConnectionManager(manager) if connections.is_used(manager) => uses.extend(of_connection(manager)),
        DocumentKind::Package(package) => {
            uses.extend(package.connections.iter().filter(|manager| connections.is_used(manager)).filter_map(of_connection));
            of_package(package, &mut uses);
        }
        _ => {}
    }
    uses
}

fn of_package<'s>(package: &'s Package<'_>, uses: &mut Vec<ClassUse<'s>>) {
    for (_, executable) in package.executables().filter(|(id, _)| package.is_enabled(*id)) {
        uses.extend(of_executable(executable));
        uses.extend(of_enumerator(executable));
        uses.extend(executable.data_flow().into_iter().flat_map(|flow| &flow.components).filter_map(of_component));
    }
    let providers = package.log_providers.iter();
    uses.extend(providers.filter_map(|provider| class_use(ClassKind::LogProvider, &provider.creation_name, &provider.path, provider.span)));
}

fn of_connection<'s>(manager: &'s ConnectionManager<'_>) -> Option<ClassUse<'s>> {
    class_use(ClassKind::Connection, manager.creation_name.as_str(), &manager.path, manager.span)
}

/// Event handlers are named after their event.
fn of_executable<'s>(executable: &'s Executable<'_>) -> Option<ClassUse<'s>> {
    let is_task = !executable.kind.is_container();
    is_task.then(|| class_use(ClassKind::Task, &executable.creation_name, &executable.path, executable.span))?
}

fn of_enumerator<'s>(executable: &'s Executable<'_>) -> Option<ClassUse<'s>> {
    let Task::ForEachLoop(for_each) = &executable.task else { return None };
    let enumerator = for_each.enumerator.as_ref()?;
    class_use(ClassKind::Enumerator, &enumerator.creation_name, &executable.path, enumerator.span)
}

/// A managed component is named by a property, with the assembly.
fn of_component<'s>(component: &'s Component<'_>) -> Option<ClassUse<'s>> {
    let managed = component.properties.get("UserComponentTypeName").filter(|name| !name.is_blank());
    let written = managed.map_or(&*component.class, |name| name.as_str());
    class_use(ClassKind::Component, written, &component.path, component.span)
}

fn class_use<'s>(kind: ClassKind, written: &'s str, object: &'s str, span: Span) -> Option<ClassUse<'s>> {
    let standing = support::class(kind, written);
    let is_everywhere = match standing {
        Standing::Microsoft(class) => class.title.is_empty(),
        Standing::Unknown => true,
        Standing::Product(_) | Standing::Custom => false,
    };
    let name = written.split(',').next().unwrap_or_default().trim();
    (!is_everywhere).then_some(ClassUse { kind, name, object, span, standing })
}

/// The file format for which a component of the Azure Feature Pack starts Java, with the property that says so.
#[must_use]
pub fn java_format<'m>(component: &'m Component<'m>) -> Option<(&'m Property<'m>, &'static str)> {
    let is_azure = || matches!(support::class(ClassKind::Component, &component.class), Standing::Microsoft(class) if class.azure_pack);
    if component.class.starts_with("Microsoft.") || !is_azure() {
        return None;
    }
    component.properties.iter().find_map(|property| Some((property, format_with_java(property)?)))
}

/// By the name of the format, or the ending of a file's name. Numbers of formats differ between adapters.
fn format_with_java(property: &Property<'_>) -> Option<&'static str> {
    let value = property.value.as_str().trim();
    let is_format = property.name.to_ascii_lowercase().contains("format");
    let ending = value.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["ORC", "Parquet"].into_iter().find(|format| (is_format && value.eq_ignore_ascii_case(format)) || ending.eq_ignore_ascii_case(format))
}
