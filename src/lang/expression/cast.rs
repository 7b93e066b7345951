//! Casts.
//!
//! `Ok(None)` is a value that cannot be known here: it depends on the locale, on rounding that is not documented, or on the clock.

use super::data_type::{DataType, TypeParameter};
use super::decimal::{Decimal, MAX_DIGITS};
use super::error::ErrorKind;
use super::moment::{Moment, SECOND, parse_time};
use super::value::{Data, Value, length, slice};

/// The parameters of a type, as far as they are known.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Parameters {
    length: Option<usize>,
    code_page: Option<i128>,
    precision: Option<i128>,
    scale: Option<u8>,
}

impl Parameters {
    /// Checks the parameters of a type; `None` stands for a value that is not known.
    pub(super) fn new(data_type: DataType, values: &[Option<i128>]) -> Result<Self, ErrorKind> {
        let mut checked = Self::default();
        for (meaning, value) in data_type.parameters().0.iter().zip(values) {
            let Some(value) = *value else { continue };
            match meaning {
                TypeParameter::Length if value < 0 => return Err(ErrorKind::NegativeLength(data_type)),
                TypeParameter::Length => checked.length = usize::try_from(value).ok(),
                TypeParameter::CodePage => checked.code_page = Some(value),
                TypeParameter::Precision if !(1..=i128::from(MAX_DIGITS)).contains(&value) => return Err(ErrorKind::Precision(data_type)),
                TypeParameter::Precision => checked.precision = Some(value),
                TypeParameter::Scale => checked.scale = Some(scale(data_type, checked.precision.unwrap_or(28), value)?),
                TypeParameter::FractionalSeconds => checked.scale = Some(scale(data_type, 7, value)?),
            }
        }
        Ok(checked)
    }
}

fn scale(data_type: DataType, most: i128, value: i128) -> Result<u8, ErrorKind> {
    u8::try_from(value).ok().filter(|&scale| i128::from(scale) <= most).ok_or(ErrorKind::Scale(data_type))
}

/// Converts a value to another type.
pub(super) fn cast(value: Value, to: DataType, parameters: Parameters) -> Result<Option<Data>, ErrorKind> {
    if value.is_null() {
        return Ok(Some(Data::Null));
    }
    if to.is_string() || matches!(to, DataType::Text | DataType::NText) {
        return Ok(to_text(value, to, parameters).map(Data::Text));
    }
    if to.is_integer() {
        return to_integer(&value, to).map(|number| number.filter(|&number| to.holds(number)).map(Data::Integer));
    }
    Ok(match to {
        DataType::R4 | DataType::R8 => to_real(&value, to)?,
        DataType::Numeric | DataType::Decimal | DataType::Cy => to_decimal(&value, to, parameters)?,
        DataType::Bool => to_bool(&value),
        _ if to.is_date() || to.is_time() => to_moment(&value, to)?,
        _ if to == value.data_type => Some(value.data),
        _ => None,
    })
}

fn to_text(value: Value, to: DataType, parameters: Parameters) -> Option<String> {
    let limit = parameters.length.unwrap_or(usize::MAX);
    let from = value.data_type;
    let text = match value.data {
        // A string that is too long is cut without a warning at run time.
        Data::Text(text) if from != DataType::Guid => {
            if length(&text) <= limit {
                text
            } else {
                slice(&text, 0, limit).into_owned()
            }
        }
        Data::Integer(number) => number.to_string(),
        Data::Bool(value) => (if value { "True" } else { "False" }).to_owned(),
        Data::Decimal(number) if number.scale() == 0 => number.to_string(),
        Data::Moment(moment) => moment_text(moment, from)?,
        _ => return None,
    };
    let readable = to == DataType::Wstr || to == DataType::NText || text.chars().all(|character| survives(character, parameters.code_page));
    (readable && length(&text) <= limit).then_some(text)
}

/// Whether a character comes through a code page unchanged, as far as that is sure.
const fn survives(character: char, code_page: Option<i128>) -> bool {
    character.is_ascii() || (matches!(code_page, Some(1252)) && matches!(character, '\u{a0}'..='\u{ff}'))
}

/// Fractions of a second are written with a number of digits that depends on the type; `DT_DATE` follows the locale.
fn moment_text(moment: Moment, from: DataType) -> Option<String> {
    let text = moment.to_string();
    match from {
        DataType::DbDate => Some(text[..10].to_owned()),
        DataType::DbTime => Some(text[11..].to_owned()),
        DataType::DbTimestamp if moment.ticks() % SECOND == 0 => Some(text),
        _ => None,
    }
}

fn to_integer(value: &Value, to: DataType) -> Result<Option<i128>, ErrorKind> {
    Ok(match &value.data {
        Data::Integer(number) => Some(*number),
        // Documented: the expression language converts True to -1.
        Data::Bool(true) => to.is_signed().then_some(-1),
        Data::Bool(false) => Some(0),
        Data::Decimal(number) => (number.rescale(0).and_then(|whole| whole.rescale(number.scale())) == Some(*number)).then(|| number.truncate()),
        Data::Text(text) => whole_number(text, value.data_type, to)?,
        _ => None,
    })
}

/// A plain whole number; anything else that has a digit may follow the locale.
fn whole_number(text: &str, from: DataType, to: DataType) -> Result<Option<i128>, ErrorKind> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) && text.is_ascii() {
        return Err(ErrorKind::Conversion { from, to });
    }
    Ok(text.trim().parse().ok())
}

fn to_real(value: &Value, to: DataType) -> Result<Option<Data>, ErrorKind> {
    let number = match &value.data {
        Data::Text(text) => whole_number(text, value.data_type, to)?.and_then(|number| Data::Integer(number).to_f64()),
        data => data.to_f64(),
    };
    Ok(number.map(|number| Data::Real(round_real(number, to))).filter(|data| data.to_f64().is_some_and(f64::is_finite)))
}

/// To the precision of `DT_R4`, if that is the type.
#[expect(clippy::cast_possible_truncation, reason = "DT_R4 is less precise")]
pub(super) fn round_real(number: f64, data_type: DataType) -> f64 {
    if data_type == DataType::R4 { f64::from(number as f32) } else { number }
}

fn to_decimal(value: &Value, to: DataType, parameters: Parameters) -> Result<Option<Data>, ErrorKind> {
    let number = match &value.data {
        Data::Text(text) => whole_number(text, value.data_type, to)?.and_then(|number| Decimal::new(number, 0)),
        data => data.to_decimal(),
    };
    let scale = parameters.scale.unwrap_or(if to == DataType::Cy { 4 } else { 0 });
    let exact = number.and_then(|number| Some((number, number.rescale(scale)?)));
    let fits = |scaled: Decimal| parameters.precision.is_none_or(|precision| i128::from(scaled.digits()) <= precision);
    Ok(exact.filter(|(number, scaled)| number.compare(*scaled).is_eq() && fits(*scaled)).map(|(_, scaled)| Data::Decimal(scaled)))
}

fn to_bool(value: &Value) -> Option<Data> {
    match &value.data {
        Data::Bool(value) => Some(Data::Bool(*value)),
        Data::Integer(number) => Some(Data::Bool(*number != 0)),
        Data::Text(text) if text.eq_ignore_ascii_case("true") => Some(Data::Bool(true)),
        Data::Text(text) if text.eq_ignore_ascii_case("false") => Some(Data::Bool(false)),
        _ => None,
    }
}

fn to_moment(value: &Value, to: DataType) -> Result<Option<Data>, ErrorKind> {
    let from = value.data_type;
    let moment = match &value.data {
        Data::Text(text) if text.is_ascii() && !text.bytes().any(|byte| byte.is_ascii_digit()) => {
            return Err(ErrorKind::Conversion { from, to });
        }
        Data::Text(text) if to.is_time() => parse_time(text.trim()).and_then(|ticks| Moment::date(1, 1, 1)?.at(ticks)),
        Data::Text(text) => Moment::parse(text),
        // A time becomes a date with the day of the run; an offset moves the clock.
        Data::Moment(moment) if from.is_time() == to.is_time() && from != DataType::DbTimestampOffset => Some(*moment),
        Data::Moment(moment) if to.is_time() && from != DataType::DbTimestampOffset => Moment::date(1, 1, 1).and_then(|day| day.at(moment.ticks())),
        _ => None,
    };
    Ok(moment.and_then(|moment| cut(moment, to)).map(Data::Moment))
}

/// Leaves out what the type cannot hold.
fn cut(moment: Moment, to: DataType) -> Option<Moment> {
    match to {
        DataType::DbDate => Some(moment.midnight()),
        DataType::DbTime => moment.at(moment.ticks() / SECOND * SECOND),
        _ => Some(moment),
    }
}
