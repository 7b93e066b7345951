//! What terms evaluate to.

use std::borrow::Cow;
use std::rc::Rc;

use serde_json::Value as Json;

/// A value, as far as possible borrowed from the object.
#[derive(Clone, Debug)]
pub(super) enum Value<'v> {
    Null,
    Bool(bool),
    Int(i64),
    Text(Cow<'v, str>),
    /// A list, a map or an object.
    Json(&'v Json),
    List(Rc<[Self]>),
}

impl<'v> Value<'v> {
    /// Whether both are the same scalar, or null.
    pub(super) fn equals(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Bool(left), Self::Bool(right)) => left == right,
            (Self::Int(left), Self::Int(right)) => left == right,
            (Self::Text(left), Self::Text(right)) => left == right,
            _ => false,
        }
    }

    /// The elements of a list, the names of a map; none for what has none.
    pub(super) fn elements(self) -> Option<Vec<Self>> {
        match self {
            Self::Json(Json::Array(list)) => Some(list.iter().map(of_json).collect()),
            Self::Json(Json::Object(fields)) => Some(fields.keys().map(|name| Value::Text(Cow::Borrowed(name.as_str()))).collect()),
            Self::List(list) => Some(list.to_vec()),
            _ => None,
        }
    }
}

/// What a field holds.
pub(super) fn of_json(json: &Json) -> Value<'_> {
    match json {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) => number.as_i64().map_or(Value::Null, Value::Int),
        Json::String(text) => Value::Text(Cow::Borrowed(text)),
        Json::Array(_) | Json::Object(_) => Value::Json(json),
    }
}
