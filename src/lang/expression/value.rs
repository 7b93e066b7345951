//! Values of expressions.

use std::borrow::Cow;

use super::data_type::DataType;
use super::decimal::Decimal;
use super::moment::Moment;

/// The most characters that a string in an expression could have before SQL Server 2012. Longer literals and variables were refused (`0xC00470FF`,
/// `0xC0047100`), longer results cut.
pub const LONGEST_STRING_BEFORE_2012: usize = 4000;

/// A value with its type.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// Its type.
    pub data_type: DataType,
    /// What it holds.
    pub data: Data,
}

/// What a [`Value`] holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Data {
    /// NULL
    Null,
    /// `DT_BOOL`
    Bool(bool),
    /// An integer type.
    Integer(i128),
    /// `DT_R4`, `DT_R8`
    Real(f64),
    /// `DT_NUMERIC`, `DT_DECIMAL`, `DT_CY`
    Decimal(Decimal),
    /// `DT_STR`, `DT_WSTR`, `DT_TEXT`, `DT_NTEXT`, `DT_GUID`
    Text(String),
    /// A date, time or both.
    Moment(Moment),
}

impl Value {
    /// A value; whether the type suits what it holds is the caller's care.
    #[must_use]
    pub const fn new(data_type: DataType, data: Data) -> Self {
        Self { data_type, data }
    }

    /// A NULL of a type.
    #[must_use]
    pub const fn null(data_type: DataType) -> Self {
        Self::new(data_type, Data::Null)
    }

    /// A `DT_WSTR`.
    #[must_use]
    pub fn string(text: impl Into<String>) -> Self {
        Self::new(DataType::Wstr, Data::Text(text.into()))
    }

    /// A `DT_BOOL`.
    #[must_use]
    pub const fn bool(value: bool) -> Self {
        Self::new(DataType::Bool, Data::Bool(value))
    }

    /// A `DT_I4`.
    #[must_use]
    pub fn i4(value: i32) -> Self {
        Self::new(DataType::I4, Data::Integer(value.into()))
    }

    /// The value of a variable or parameter as a package saves it: its text and its type; none when the text cannot be read as that type without
    /// knowing the locale.
    #[must_use]
    pub fn of_variable(data_type: DataType, text: &str) -> Option<Self> {
        let data = match data_type {
            DataType::Wstr => Data::Text(text.to_owned()),
            DataType::Bool => Data::Bool(boolean(text)?),
            _ if data_type.is_integer() => Data::Integer(text.trim().parse().ok().filter(|&value| data_type.holds(value))?),
            DataType::Decimal | DataType::Cy => Data::Decimal(Decimal::parse(text.trim())?),
            DataType::R4 | DataType::R8 => Data::Real(text.trim().parse().ok().filter(|value: &f64| value.is_finite())?),
            _ if data_type.is_date() => Data::Moment(Moment::parse(text)?),
            _ => return None,
        };
        Some(Self::new(data_type, data))
    }

    /// The text of a string that is not NULL.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value as a property takes it: strings, Booleans and whole numbers; none for NULL and for types whose text depends on the locale.
    #[must_use]
    pub fn display(&self) -> Option<String> {
        match &self.data {
            Data::Text(text) => Some(text.clone()),
            Data::Bool(value) => Some((if *value { "True" } else { "False" }).to_owned()),
            Data::Integer(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// Length of a string that is not NULL in characters as SSIS counts them: UTF-16 code units.
    #[must_use]
    pub fn characters(&self) -> Option<usize> {
        self.as_str().map(length)
    }

    /// The value of a Boolean that is not NULL.
    #[must_use]
    pub const fn as_bool(&self) -> Option<bool> {
        match self.data {
            Data::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// Whether it is NULL.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self.data, Data::Null)
    }
}

impl Data {
    /// The number as floating-point; none for what is no number.
    #[expect(clippy::cast_precision_loss, reason = "the nearest number is asked for")]
    pub(super) fn to_f64(&self) -> Option<f64> {
        match self {
            Self::Integer(value) => Some(*value as f64),
            Self::Real(value) => Some(*value),
            Self::Decimal(value) => Some(value.to_f64()),
            _ => None,
        }
    }

    /// The number as exact decimal; none for floating-point and for what is no number.
    pub(super) fn to_decimal(&self) -> Option<Decimal> {
        match self {
            Self::Integer(value) => Decimal::new(*value, 0),
            Self::Decimal(value) => Some(*value),
            _ => None,
        }
    }
}

/// Packages write Booleans as `True`, `False`, `-1`, `1`, `0`.
fn boolean(text: &str) -> Option<bool> {
    match text.trim() {
        "-1" | "1" => Some(true),
        "0" => Some(false),
        word if word.eq_ignore_ascii_case("true") => Some(true),
        word if word.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// Characters as SSIS counts them: UTF-16 code units.
pub(super) fn length(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.encode_utf16().count() }
}

/// The part of `text` of at most `count` UTF-16 code units from the one at `start`; half a character becomes U+FFFD.
pub(super) fn slice(text: &str, start: usize, count: usize) -> Cow<'_, str> {
    if text.is_ascii() {
        let start = start.min(text.len());
        let end = start.saturating_add(count).min(text.len());
        return Cow::Borrowed(&text[start..end]);
    }
    let units: Vec<u16> = text.encode_utf16().skip(start).take(count).collect();
    Cow::Owned(String::from_utf16_lossy(&units))
}
