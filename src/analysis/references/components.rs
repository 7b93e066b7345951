//! Mentions in data flows. Only Microsoft's components are read: others use the same names of properties for other things.

use std::borrow::Cow;

use super::control_flow::{add_expression, add_script, is_replaced};
use super::{Access, ExpressionKind, Owner, Place, References};
use crate::model::{Component, Executable, Properties};

pub(super) fn add<'s, 'a>(task: &'s Executable<'a>, component: &'s Component<'a>, owner: &Owner<'s>, found: &mut References<'s, 'a>) {
    let owner = Owner { object: &component.path, ..*owner };
    if let Some(script) = &component.script {
        add_script(script, &[], &owner, found);
    }
    if let Some((property, access)) = variable_property(component) {
        // Expressions on a component's properties stand on the data flow task.
        let replaced = is_replaced(&task.expressions, &format!("[{}].[{property}]", component.name.value));
        if let Some(text) = component.properties.get(property).filter(|_| !replaced) {
            found.add_name(text, access, Place::Setting, &owner.at(property));
        }
    }
    if is_any(component, &["OLEDBSource", "ExcelSource"]) && component.access_mode() == Some(2) {
        add_parameter_mapping(&component.properties, &owner.at("ParameterMapping"), found);
    }
    add_expressions(component, &owner, found);
}

fn is_any(component: &Component<'_>, classes: &[&str]) -> bool {
    component.class.starts_with("Microsoft.") && classes.iter().any(|class| component.is(class))
}

/// The property that names a variable in the access mode that the component has.
fn variable_property(component: &Component<'_>) -> Option<(&'static str, Access)> {
    if is_any(component, &["RowCount", "RecordsetDestination"]) {
        return Some(("VariableName", Access::Write));
    }
    let mode = component.access_mode()?;
    if is_any(component, &["OLEDBSource", "ExcelSource"]) {
        return match mode {
            1 => Some(("OpenRowsetVariable", Access::Read)),
            3 => Some(("SqlCommandVariable", Access::Read)),
            _ => None,
        };
    }
    if is_any(component, &["OLEDBDestination", "ExcelDestination"]) {
        return matches!(mode, 1 | 4).then_some(("OpenRowsetVariable", Access::Read));
    }
    if is_any(component, &["RawSource", "RawDestination"]) {
        return (mode == 1).then_some(("FileNameVariable", Access::Read));
    }
    (is_any(component, &["XmlSourceAdapter"]) && matches!(mode, 1 | 2)).then_some(("XMLDataVariable", Access::Read))
}

/// `"0",User::From;"1",{DTSID};`: the parameters of a statement, by name or by DTSID.
fn add_parameter_mapping<'s, 'a>(properties: &'s Properties<'a>, owner: &Owner<'s>, found: &mut References<'s, 'a>) {
    let Some(mapping) = properties.get("ParameterMapping") else { return };
    for entry in mapping.value.split(';') {
        let Some((parameter, variable)) = entry.rsplit_once("\",") else { continue };
        let access = if parameter.ends_with(":Output") { Access::Write } else { Access::Read };
        let variable = variable.trim();
        if variable.starts_with('{') {
            let resolution = found.names.by_id(variable);
            found.add_resolved(Cow::Borrowed(variable), resolution, mapping.span, access, Place::Setting, owner);
        } else {
            found.add_part(variable, mapping.span, access, Place::Setting, owner);
        }
    }
}

/// The columns of a Derived Column, new ones and replaced ones, and the conditions of a Conditional Split.
fn add_expressions<'s, 'a>(component: &'s Component<'a>, owner: &Owner<'s>, found: &mut References<'s, 'a>) {
    let owner = owner.at("Expression");
    let ports = component.inputs.iter().chain(&component.outputs).filter(|port| !port.is_error);
    if is_any(component, &["DerivedColumn"]) {
        for column in ports.flat_map(|port| &port.columns) {
            if let Some(text) = column.properties.get("Expression").filter(|text| !text.is_blank()) {
                add_expression(text, ExpressionKind::Column, &owner, found);
            }
        }
    } else if is_any(component, &["ConditionalSplit"]) {
        for port in ports {
            if let Some(text) = port.properties.get("Expression").filter(|text| !text.is_blank()) {
                add_expression(text, ExpressionKind::Split, &owner, found);
            }
        }
    }
}
