//! The types of fields, read from the JSON Schema of what `inspect` shows.

use std::fmt;
use std::rc::Rc;

use serde_json::Value;

/// The type of an expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Type {
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Int,
    /// A text.
    Text,
    /// `null`.
    Null,
    /// A list of elements of one type.
    List(Box<Self>),
    /// Values of one type by names that are not known beforehand.
    Map(Box<Self>),
    /// Fields by name.
    Record(Rc<[(String, Self)]>),
    /// What may be `null`.
    Nullable(Box<Self>),
    /// Element of a list that has none.
    Never,
}

impl Type {
    /// From a JSON Schema without references.
    pub(super) fn of_schema(schema: &Value) -> Self {
        if let Some(options) = schema["anyOf"].as_array() {
            let some = options.iter().find(|option| option["type"] != "null");
            return some.map_or(Self::Null, Self::of_schema).or_null();
        }
        match &schema["type"] {
            Value::Array(words) => {
                let some = words.iter().filter_map(Value::as_str).find(|word| *word != "null");
                Self::of_word(some.unwrap_or_default(), schema).or_null()
            }
            word => Self::of_word(word.as_str().unwrap_or_default(), schema),
        }
    }

    fn of_word(word: &str, schema: &Value) -> Self {
        match word {
            "boolean" => Self::Bool,
            "integer" => Self::Int,
            "string" => Self::Text,
            "array" => Self::List(Box::new(Self::of_schema(&schema["items"]))),
            "object" => match schema["properties"].as_object() {
                Some(fields) => Self::Record(fields.iter().map(|(name, field)| (name.clone(), Self::of_schema(field))).collect()),
                None => Self::Map(Box::new(Self::of_schema(&schema["additionalProperties"]))),
            },
            _ => Self::Null,
        }
    }

    /// The same, or null.
    pub(super) fn or_null(self) -> Self {
        match self {
            Self::Nullable(_) | Self::Null => self,
            some => Self::Nullable(Box::new(some)),
        }
    }

    /// What it is when it is not null.
    pub(super) fn some(&self) -> &Self {
        match self {
            Self::Nullable(some) => some,
            other => other,
        }
    }

    /// Whether it may be null.
    pub(super) const fn may_be_null(&self) -> bool {
        matches!(self, Self::Nullable(_) | Self::Null)
    }

    /// Whether it can be compared with others and put into a text.
    pub(super) fn is_scalar(&self) -> bool {
        matches!(self.some(), Self::Bool | Self::Int | Self::Text)
    }

    /// The type of values that may be of either; none when they have nothing in common.
    pub(super) fn join(&self, other: &Self) -> Option<Self> {
        match (self, other) {
            (Self::Never, some) | (some, Self::Never) => Some(some.clone()),
            (Self::Null, some) | (some, Self::Null) => Some(some.clone().or_null()),
            (Self::List(left), Self::List(right)) => Some(Self::List(Box::new(left.join(right)?))),
            (left, right) if left.may_be_null() || right.may_be_null() => Some(left.some().join(right.some())?.or_null()),
            (left, right) => (left == right).then(|| left.clone()),
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.some() {
            Self::Bool => "a Boolean",
            Self::Int => "a number",
            Self::Text => "a string",
            Self::List(_) => "a list",
            Self::Map(_) => "a map",
            Self::Record(_) => "an object",
            Self::Null | Self::Nullable(_) | Self::Never => "null",
        })
    }
}
