//! Variables.

use super::{DTS, object};
use crate::model::{ExecutableId, Variable};
use crate::xml::Element;

/// Variables of the executable of that path.
pub(super) fn read_all<'a>(owner: Element<'_, 'a>, scope: ExecutableId, owner_path: &str) -> Vec<Variable<'a>> {
    object::members(owner, "Variables", "Variable").map(|element| read_one(element, scope, owner_path)).collect()
}

fn read_one<'a>(element: Element<'_, 'a>, scope: ExecutableId, owner_path: &str) -> Variable<'a> {
    let namespace = object::value(element, "Namespace");
    let name = object::property(element, "ObjectName").unwrap_or_default();
    let value = element.child(DTS, "VariableValue");
    let data_type = value.and_then(|value| value.attribute(DTS, "DataType")).and_then(|number| number.value().trim().parse().ok());
    Variable {
        path: format!("{owner_path}.Variables[{namespace}::{}]", object::escape_name(&name.value)),
        namespace,
        name,
        id: object::value(element, "DTSID"),
        scope,
        data_type,
        // The value of an object variable is a serialised .NET object, not text.
        value: value.filter(|value| value.children().next().is_none()).map(object::element_text),
        expression: object::property(element, "Expression").filter(|text| !text.is_blank()),
        evaluate_as_expression: object::flag(element, "EvaluateAsExpression", false),
        read_only: object::flag(element, "ReadOnly", false),
        description: object::property(element, "Description").filter(|text| !text.is_blank()),
        span: element.span(),
    }
}
