//! Data flows. Everything below `pipeline` has no namespace, in all generations; new files name things by refId, old ones by number.

use std::borrow::Cow;

use super::{NONE, names, object, script};
use crate::model::{Column, Component, ComponentConnection, DataFlow, DataPath, Port, Properties, Property, ReferenceKind, Text};
use crate::xml::{Attribute, Element};

/// Reads the `pipeline` of the Data Flow Task of that path.
pub(super) fn read<'a>(pipeline: Element<'_, 'a>, task_path: &str) -> DataFlow<'a> {
    let components = pipeline.children_named(NONE, "components").flat_map(|components| components.children_named(NONE, "component"));
    let paths = pipeline.children_named(NONE, "paths").flat_map(|paths| paths.children_named(NONE, "path"));
    DataFlow {
        properties: attributes(pipeline),
        components: components.map(|component| read_component(component, task_path)).collect(),
        paths: paths.map(read_path).collect(),
    }
}

fn read_path<'a>(path: Element<'_, 'a>) -> DataPath<'a> {
    DataPath { id: id(path), name: value(path, "name"), start: value(path, "startId"), end: value(path, "endId"), span: path.tag_span() }
}

/// refId, or the number that stands for it in old files.
fn id<'a>(element: Element<'_, 'a>) -> Cow<'a, str> {
    element.attribute(NONE, "refId").or_else(|| element.attribute(NONE, "id")).map(Attribute::value).unwrap_or_default()
}

fn attributes<'a>(element: Element<'_, 'a>) -> Properties<'a> {
    let own = element.attributes().filter(|attribute| attribute.namespace() == NONE);
    Properties(own.map(|attribute| Property { name: Cow::Borrowed(attribute.local_name()), value: object::attribute_text(attribute) }).collect())
}

fn value<'a>(element: Element<'_, 'a>, name: &str) -> Cow<'a, str> {
    element.attribute(NONE, name).map(Attribute::value).unwrap_or_default()
}

fn is_true(element: Element<'_, '_>, name: &str) -> Option<bool> {
    element.attribute(NONE, name).and_then(|attribute| crate::model::flag(&attribute.value()))
}

fn read_component<'a>(element: Element<'_, 'a>, task_path: &str) -> Component<'a> {
    let name = element.attribute(NONE, "name").map(object::attribute_text).unwrap_or_default();
    let class_id = element.attribute(NONE, "componentClassID").map(object::attribute_text).unwrap_or_default();
    let path = match element.attribute(NONE, "refId") {
        Some(id) => id.value(),
        None => Cow::Owned(format!("{task_path}\\{}", object::escape_name(&name.value))),
    };
    let properties: Vec<_> = property_elements(element).collect();
    Component {
        class: class(&class_id.value, &properties),
        name,
        class_id,
        description: element.attribute(NONE, "description").map(object::attribute_text).filter(|text| !text.is_blank()),
        // -1 is no locale of its own.
        locale: element.attribute(NONE, "localeId").and_then(|attribute| attribute.raw().parse().ok()),
        validate_external_metadata: is_true(element, "validateExternalMetadata").unwrap_or(true),
        properties: Properties(properties.iter().copied().filter(|property| !is_code(*property)).map(read_property).collect()),
        connections: connections(element),
        inputs: ports(element, "inputs", "input", "inputColumns", "inputColumn"),
        outputs: ports(element, "outputs", "output", "outputColumns", "outputColumn"),
        script: script::read_component(&properties),
        span: element.tag_span(),
        id: id(element),
        path,
    }
}

/// The canonical class: a managed component is known by its type name, not by the host that all of them share.
fn class<'a>(class_id: &Cow<'a, str>, properties: &[Element<'_, 'a>]) -> Cow<'a, str> {
    let class = names::component_class(class_id);
    if !class.eq_ignore_ascii_case(names::MANAGED_HOST) {
        return class;
    }
    let type_name = properties.iter().find(|property| value(**property, "name") == "UserComponentTypeName").map(|property| property.text());
    type_name.filter(|name| !name.trim().is_empty()).map_or(class, |name| names::type_name(&name))
}

/// Source and binaries of a Script Component: its script has the source, nobody asks for the binary.
fn is_code(property: Element<'_, '_>) -> bool {
    property.attribute(NONE, "name").is_some_and(|name| matches!(name.raw(), "SourceCode" | "BinaryCode"))
}

fn property_elements<'t, 'a>(element: Element<'t, 'a>) -> impl Iterator<Item = Element<'t, 'a>> {
    element.children_named(NONE, "properties").flat_map(|properties| properties.children_named(NONE, "property"))
}

fn properties<'a>(element: Element<'_, 'a>) -> Properties<'a> {
    Properties(property_elements(element).map(read_property).collect())
}

fn read_property<'a>(element: Element<'_, 'a>) -> Property<'a> {
    let mut text = object::element_text(element);
    if is_true(element, "isArray") == Some(true) {
        let parts: Vec<_> = script::array(element).into_iter().map(|part| part.value).collect();
        text.value = Cow::Owned(parts.join("\n"));
    } else if element.attribute(NONE, "state").is_some_and(|state| state.raw() == "escaped") {
        text.value = unescape(text.value);
    }
    Property { name: value(element, "name"), value: text }
}

/// Undoes the second escape layer, `_xHHHH_` as .NET's XML names have it, of properties in state `escaped`.
fn unescape(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains("_x") {
        return text;
    }
    let mut units: Vec<u16> = Vec::with_capacity(text.len());
    let mut rest = &*text;
    while let Some(position) = rest.find("_x") {
        units.extend(rest[..position].encode_utf16());
        let code = rest.get(position + 2..position + 6).and_then(|digits| u16::from_str_radix(digits, 16).ok());
        match code.filter(|_| rest.as_bytes().get(position + 6) == Some(&b'_')) {
            Some(code) => {
                units.push(code);
                rest = &rest[position + 7..];
            }
            None => {
                units.extend("_x".encode_utf16());
                rest = &rest[position + 2..];
            }
        }
    }
    units.extend(rest.encode_utf16());
    Cow::Owned(String::from_utf16_lossy(&units))
}

fn connections<'a>(element: Element<'_, 'a>) -> Vec<ComponentConnection<'a>> {
    element.children_named(NONE, "connections").flat_map(|connections| connections.children_named(NONE, "connection")).map(read_connection).collect()
}

fn read_connection<'a>(element: Element<'_, 'a>) -> ComponentConnection<'a> {
    let mut target = element.attribute(NONE, "connectionManagerID").map(object::attribute_text).unwrap_or_default();
    let kind = reference_kind(&mut target);
    ComponentConnection { name: value(element, "name"), target, reference: value(element, "connectionManagerRefId"), kind, span: element.tag_span() }
}

/// Takes the marks `:invalid` (the manager was deleted) and `:external` (it belongs to the project) off a DTSID.
fn reference_kind(target: &mut Text<'_>) -> ReferenceKind {
    for (mark, kind) in [(":invalid", ReferenceKind::Invalid), (":external", ReferenceKind::External)] {
        if target.value.ends_with(mark) {
            let length = target.value.len() - mark.len();
            match &mut target.value {
                Cow::Borrowed(text) => *text = &text[..length],
                Cow::Owned(text) => text.truncate(length),
            }
            return kind;
        }
    }
    ReferenceKind::Any
}

fn ports<'a>(component: Element<'_, 'a>, wrapper: &'static str, port: &'static str, columns: &'static str, column: &'static str) -> Vec<Port<'a>> {
    component.children_named(NONE, wrapper).flat_map(|ports| ports.children_named(NONE, port)).map(|port| read_port(port, columns, column)).collect()
}

fn read_port<'a>(element: Element<'_, 'a>, columns: &'static str, column: &'static str) -> Port<'a> {
    let mut port = Port { span: element.tag_span(), ..Port::default() };
    for attribute in element.attributes() {
        match attribute.local_name() {
            "refId" | "id" if port.id.is_empty() => port.id = attribute.value(),
            "name" => port.name = attribute.value(),
            "isErrorOut" => port.is_error = crate::model::flag(&attribute.value()) == Some(true),
            "dangling" => port.is_dangling = crate::model::flag(&attribute.value()) == Some(true),
            "isSorted" => port.is_sorted = crate::model::flag(&attribute.value()) == Some(true),
            "synchronousInputId" => port.synchronous_input = attribute.value(),
            "errorRowDisposition" => port.error_disposition = attribute.value(),
            "truncationRowDisposition" => port.truncation_disposition = attribute.value(),
            _ => {}
        }
    }
    for child in element.children() {
        match child.local_name() {
            name if name == columns => port.columns = child.children_named(NONE, column).map(read_column).collect(),
            "externalMetadataColumns" => {
                port.uses_external_columns = is_true(child, "isUsed") == Some(true);
                port.external_columns = child.children_named(NONE, "externalMetadataColumn").map(read_column).collect();
            }
            "properties" => port.properties = properties(element),
            _ => {}
        }
    }
    port
}

fn read_column<'a>(element: Element<'_, 'a>) -> Column<'a> {
    let mut column = Column { span: element.tag_span(), ..Column::default() };
    for attribute in element.attributes() {
        let number = || attribute.raw().parse().unwrap_or(0);
        match attribute.local_name() {
            "refId" | "id" if column.id.is_empty() => column.id = attribute.value(),
            "name" | "cachedName" => column.name = attribute.value(),
            "dataType" | "cachedDataType" => column.data_type = attribute.value(),
            "lineageId" => column.lineage = attribute.value(),
            "externalMetadataColumnId" => column.external = attribute.value(),
            "errorRowDisposition" => column.error_disposition = attribute.value(),
            "truncationRowDisposition" => column.truncation_disposition = attribute.value(),
            "length" | "cachedLength" => column.length = number(),
            "precision" | "cachedPrecision" => column.precision = number(),
            "scale" | "cachedScale" => column.scale = number(),
            "codePage" | "cachedCodepage" => column.code_page = number(),
            "sortKeyPosition" => column.sort_key = attribute.raw().parse().unwrap_or(0),
            "comparisonFlags" => column.comparison_flags = number(),
            "usageType" => column.read_write = attribute.raw().eq_ignore_ascii_case("readWrite"),
            _ => {}
        }
    }
    if element.children().next().is_some() {
        column.properties = properties(element);
    }
    column
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_escape_layer_is_undone() {
        assert_eq!(unescape("_x003C_none_x003E_".into()), "<none>");
        assert_eq!(unescape("a_xZZZZ_b_x00".into()), "a_xZZZZ_b_x00");
        assert_eq!(unescape("_x00E9_é".into()), "éé");
    }

    #[test]
    fn marks_of_references_are_taken_off() {
        let mut target = Text { value: "{A}:external".into(), span: crate::span::Span::default() };
        assert_eq!(reference_kind(&mut target), ReferenceKind::External);
        assert_eq!(target.value, "{A}");
    }
}
