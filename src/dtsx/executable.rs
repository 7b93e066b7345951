//! Executables of every kind at any depth.
//!
//! An explicit stack stands in for recursion: how deep containers nest is the file's choice.

use std::borrow::Cow;

use super::{DTS, NONE, Unread, constraint, names, object, paths, protection, task, variable};
use crate::model::{Executable, ExecutableId, ExecutableKind, LoggingOptions, ProtectedValue, Text};
use crate::xml::Element;

/// An executable that is still to be read.
struct Pending<'t, 'a> {
    element: Element<'t, 'a>,
    parent: Option<ExecutableId>,
    is_handler: bool,
}

/// Reads the package and everything in it that can run, in document order, event handlers after the children of their owner.
pub(super) fn read_tree<'a>(root: Element<'_, 'a>, mut protected: Option<&mut Vec<ProtectedValue<'a>>>) -> Result<Vec<Executable<'a>>, Unread> {
    let mut executables: Vec<Executable<'a>> = Vec::new();
    let mut containers = Vec::new();
    let mut pending = vec![Pending { element: root, parent: None, is_handler: false }];
    while let Some(next) = pending.pop() {
        let id = ExecutableId(u32::try_from(executables.len()).expect("internal error: the limit on elements is below 2^32"));
        let executable = read_one(&next, id, &executables)?;
        if let Some(values) = protected.as_deref_mut() {
            collect_protected(next.element, &executable, values);
        }
        if let Some(parent) = next.parent {
            let parent = &mut executables[parent.0 as usize];
            if next.is_handler { parent.event_handlers.push(id) } else { parent.children.push(id) }
        }
        executables.push(executable);
        containers.push((id, next.element));
        push_members(next.element, id, &mut pending);
    }
    for (id, element) in containers {
        executables[id.0 as usize].constraints = constraint::read_all(element, id, &executables);
    }
    Ok(executables)
}

fn push_members<'t, 'a>(element: Element<'t, 'a>, id: ExecutableId, pending: &mut Vec<Pending<'t, 'a>>) {
    let start = pending.len();
    let members = |collection, member| object::members(element, collection, member);
    // The ends of old precedence constraints have the same name; only real executables have a type.
    let children = members("Executables", "Executable").filter(|child| child.attribute(NONE, "IDREF").is_none());
    pending.extend(children.map(|element| Pending { element, parent: Some(id), is_handler: false }));
    pending.extend(members("EventHandlers", "EventHandler").map(|element| Pending { element, parent: Some(id), is_handler: true }));
    pending[start..].reverse();
}

fn read_one<'a>(pending: &Pending<'_, 'a>, id: ExecutableId, before: &[Executable<'a>]) -> Result<Executable<'a>, Unread> {
    let element = pending.element;
    let creation_name = creation_name(element);
    let kind = match pending {
        Pending { is_handler: true, .. } => ExecutableKind::EventHandler,
        Pending { parent: None, .. } => ExecutableKind::Package,
        _ => names::executable_kind(&creation_name),
    };
    let name = name(element, pending.is_handler);
    let path = path(pending, &name.value, before);
    // Before it is written out for everything that it holds.
    paths::check(&path, element.tag_span())?;
    let mut executable = Executable {
        variables: variable::read_all(element, id, &path),
        path,
        name,
        id: object::value(element, "DTSID"),
        creation_name,
        kind,
        parent: pending.parent,
        properties: object::properties(element),
        expressions: object::expressions(element),
        logging: element.child(DTS, "LoggingOptions").map(read_logging),
        span: element.tag_span(),
        ..Executable::default()
    };
    task::read_into(element, &mut executable);
    Ok(executable)
}

fn creation_name<'a>(element: Element<'_, 'a>) -> Cow<'a, str> {
    let written = element.attribute(DTS, "ExecutableType").map(|attribute| attribute.value()).filter(|written| !written.trim().is_empty());
    written.unwrap_or_else(|| object::value(element, "CreationName"))
}

/// An event handler is known by its event: two designers' files have a GUID for its creation name.
fn name<'a>(element: Element<'_, 'a>, is_handler: bool) -> Text<'a> {
    let event = is_handler.then(|| object::property(element, "EventName").or_else(|| object::property(element, "CreationName"))).flatten();
    event.or_else(|| object::property(element, "ObjectName")).unwrap_or_default()
}

fn path<'a>(pending: &Pending<'_, 'a>, name: &str, before: &[Executable<'a>]) -> Cow<'a, str> {
    if let Some(id) = pending.element.attribute(DTS, "refId") {
        return id.value();
    }
    let Some(parent) = pending.parent else { return Cow::Borrowed("Package") };
    let owner = &before[parent.0 as usize].path;
    if pending.is_handler {
        Cow::Owned(format!("{owner}.EventHandlers[{}]", object::escape_name(name)))
    } else {
        Cow::Owned(format!("{owner}\\{}", object::escape_name(name)))
    }
}

fn read_logging<'a>(element: Element<'_, 'a>) -> LoggingOptions<'a> {
    let providers = object::members(element, "SelectedLogProviders", "SelectedLogProvider")
        .map(|provider| provider.attribute(DTS, "InstanceID").map_or_else(|| object::value(provider, "InstanceID"), |id| id.value()))
        .filter(|id| !id.is_empty())
        .collect();
    LoggingOptions { properties: object::properties(element), providers }
}

/// Sensitive places of the task itself: in its data, and among its properties.
fn collect_protected<'a>(element: Element<'_, 'a>, executable: &Executable<'a>, values: &mut Vec<ProtectedValue<'a>>) {
    for data in element.children_named(DTS, "ObjectData") {
        protection::collect(data, &executable.path, values);
    }
    for property in element.children_named(DTS, "Property").filter(|property| object::is_sensitive(*property)) {
        protection::collect(property, &executable.path, values);
    }
}
