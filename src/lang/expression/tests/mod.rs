//! Tests of the language as a whole.

mod casts;
mod errors;
mod functions;
mod literals;
mod operators;
mod properties;

use super::{Ast, Data, DataType, Environment, Evaluated, ExprError, Lookup, Value, evaluate};

/// A few variables of every kind; what it does not know is missing.
struct Variables;

impl Environment for Variables {
    fn variable(&self, name: &str) -> Lookup {
        match name.strip_prefix("User::").unwrap_or(name) {
            "Folder" => Lookup::Value(Value::string("C:\\data")),
            "Five" => Lookup::Value(Value::i4(5)),
            "Yes" => Lookup::Value(Value::bool(true)),
            "Text" => Lookup::Type(DataType::Wstr),
            "Number" => Lookup::Type(DataType::I4),
            "Flag" => Lookup::Type(DataType::Bool),
            "System::StartTime" => Lookup::Type(DataType::Date),
            "Object" => Lookup::Unknown,
            "Twice" => Lookup::Ambiguous,
            _ => Lookup::Missing,
        }
    }
}

fn compute(text: &str) -> Result<Evaluated, ExprError> {
    evaluate(&Ast::parse(text)?, &Variables)
}

fn value(text: &str) -> Value {
    match compute(text) {
        Ok(Evaluated::Known(value)) => value,
        other => panic!("{text} should have a value: {other:?}"),
    }
}

/// The value in plain text, with its type.
fn shown(text: &str) -> String {
    let value = value(text);
    let data = match value.data {
        Data::Null => "NULL".to_owned(),
        Data::Bool(value) => value.to_string(),
        Data::Integer(value) => value.to_string(),
        Data::Real(value) => value.to_string(),
        Data::Decimal(value) => value.to_string(),
        Data::Text(value) => format!("{value:?}"),
        Data::Moment(value) => value.to_string(),
    };
    format!("{data} {}", value.data_type)
}

fn unknown(text: &str) -> Vec<String> {
    match compute(text) {
        Ok(Evaluated::Unknown { depends_on, .. }) => depends_on,
        other => panic!("{text} should be unknown: {other:?}"),
    }
}

fn fails(text: &str) -> ExprError {
    compute(text).expect_err(text)
}

/// Checks pairs of an expression and its value.
fn all_shown(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(shown(text), *expected, "{text}");
    }
}
