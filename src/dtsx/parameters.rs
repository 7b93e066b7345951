//! Parameters: of packages, and `Project.params`.

use super::{DTS, SSIS, object, protection};
use crate::model::{Parameter, ProtectedValue, Text};
use crate::xml::{Element, Tree};

/// Parameters of a package.
pub(super) fn read_package_parameters<'a>(root: Element<'_, 'a>) -> Vec<Parameter<'a>> {
    object::members(root, "PackageParameters", "PackageParameter").map(read_package_parameter).collect()
}

fn read_package_parameter<'a>(element: Element<'_, 'a>) -> Parameter<'a> {
    let name = object::property(element, "ObjectName").unwrap_or_default();
    let value = value_element(element);
    let sensitive = object::flag(element, "Sensitive", false);
    let data_type = element.attribute(DTS, "DataType").and_then(|number| number.value().trim().parse().ok());
    let readable = value.filter(|value| !sensitive && value.children().next().is_none() && !object::is_sensitive(*value));
    Parameter {
        path: format!("Package.Parameters[{}]", object::escape_name(&name.value)),
        name,
        id: object::value(element, "DTSID"),
        data_type,
        required: object::flag(element, "Required", false),
        sensitive,
        value: readable.map(object::element_text),
        description: object::property(element, "Description").filter(|text| !text.is_blank()),
        span: element.tag_span(),
    }
}

fn value_element<'t, 'a>(parameter: Element<'t, 'a>) -> Option<Element<'t, 'a>> {
    parameter.children_named(DTS, "Property").find(|child| object::name_of(*child) == "ParameterValue")
}

/// What is protected, or ought to be, of a parameter of a package.
pub(super) fn collect_protected<'a>(element: Element<'_, 'a>, parameter: &Parameter<'a>, values: &mut Vec<ProtectedValue<'a>>) {
    protection::collect(element, &parameter.path, values);
    if parameter.sensitive {
        values.extend(value_element(element).and_then(|value| protection::unmarked(value, &parameter.path)));
    }
}

/// Reads a `Project.params` document. One that is encrypted as a whole has no parameters to show, but one protected value.
pub(super) fn read_project_parameters<'a>(tree: &Tree<'a>, values: &mut Vec<ProtectedValue<'a>>) -> Vec<Parameter<'a>> {
    let root = tree.root();
    if let Some(protection) = protection::whole_element(root) {
        values.push(ProtectedValue { object: "Project.Parameters".into(), property: "".into(), protection, blank: false, span: root.tag_span() });
        return Vec::new();
    }
    root.children_named(SSIS, "Parameter").map(|element| read_project_parameter(element, values)).collect()
}

fn read_project_parameter<'a>(element: Element<'_, 'a>, values: &mut Vec<ProtectedValue<'a>>) -> Parameter<'a> {
    let name = element.attribute(SSIS, "Name").map(object::attribute_text).unwrap_or_default();
    let path = format!("Project.Parameters[{}]", object::escape_name(&name.value));
    protection::collect(element, &path, values);
    let sensitive = setting(element, "Sensitive").is_some_and(|text| crate::model::flag(text.as_str()) == Some(true));
    if sensitive {
        values.extend(setting_element(element, "Value").and_then(|value| protection::unmarked(value, &path)));
    }
    Parameter {
        path,
        name,
        id: setting(element, "ID").map(|text| text.value).unwrap_or_default(),
        data_type: setting(element, "DataType").and_then(|text| text.value.trim().parse().ok()).and_then(from_type_code),
        required: setting(element, "Required").is_some_and(|text| crate::model::flag(text.as_str()) == Some(true)),
        sensitive,
        value: setting(element, "Value").filter(|_| !sensitive),
        description: setting(element, "Description").filter(|text| !text.is_blank()),
        span: element.tag_span(),
    }
}

/// The property of that name in a parameter of a project file.
pub(super) fn setting<'a>(parameter: Element<'_, 'a>, name: &str) -> Option<Text<'a>> {
    setting_element(parameter, name).map(object::element_text)
}

fn setting_element<'t, 'a>(parameter: Element<'t, 'a>, name: &str) -> Option<Element<'t, 'a>> {
    let properties = parameter.child(SSIS, "Properties")?;
    properties.children_named(SSIS, "Property").find(|property| property.attribute(SSIS, "Name").is_some_and(|candidate| candidate.value() == name))
}

/// Project files write .NET type codes, packages VARTYPE numbers: 18 is String in one and Char in the other.
fn from_type_code(code: u16) -> Option<u16> {
    Some(match code {
        3 => 11,
        4 => 18,
        5 => 16,
        6 => 17,
        7 => 2,
        8 => 18,
        9 => 3,
        10 => 19,
        11 => 20,
        12 => 21,
        13 => 4,
        14 => 5,
        15 => 14,
        16 => 7,
        18 => 8,
        _ => return None,
    })
}
