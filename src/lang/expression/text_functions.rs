//! String functions. `Ok(None)` is a value that cannot be known here.

use super::data_type::DataType;
use super::error::ErrorKind;
use super::function::Function;
use super::value::{Data, length, slice};

type Computed = Result<Option<Data>, ErrorKind>;

/// Longest string that a function may make; SSIS itself is content with 4,000 before 2012.
const LONGEST: usize = 1 << 20;

/// Functions of one string.
pub(super) fn one(function: Function, text: String) -> Option<Data> {
    use Function as F;
    Some(match function {
        F::CodePoint => text.encode_utf16().next().map_or(Data::Null, |unit| Data::Integer(unit.into())),
        F::Len => Data::Integer(count(length(&text))),
        F::Lower => Data::Text(text.chars().map(lower).collect()),
        F::Upper => Data::Text(text.chars().map(upper).collect()),
        // Only the blank is trimmed, no other white space.
        F::LTrim => Data::Text(text.trim_start_matches(' ').to_owned()),
        F::RTrim => Data::Text(text.trim_end_matches(' ').to_owned()),
        F::Trim => Data::Text(text.trim_matches(' ').to_owned()),
        F::Reverse => Data::Text(text.chars().rev().collect()),
        _ => return None,
    })
}

/// Windows maps one character to one.
fn upper(character: char) -> char {
    let mut mapped = character.to_uppercase();
    if mapped.len() == 1 { mapped.next().unwrap_or(character) } else { character }
}

fn lower(character: char) -> char {
    let mut mapped = character.to_lowercase();
    if mapped.len() == 1 { mapped.next().unwrap_or(character) } else { character }
}

pub(super) fn left(text: &str, wanted: i128) -> Computed {
    let wanted = usize::try_from(wanted.min(i128::from(u32::MAX))).map_err(|_| ErrorKind::SideLength("LEFT"))?;
    Ok(Some(Data::Text(slice(text, 0, wanted).into_owned())))
}

pub(super) fn right(text: &str, wanted: i128) -> Computed {
    let wanted = usize::try_from(wanted.min(i128::from(u32::MAX))).map_err(|_| ErrorKind::SideLength("RIGHT"))?;
    Ok(Some(Data::Text(slice(text, length(text).saturating_sub(wanted), wanted).into_owned())))
}

pub(super) fn substring(text: &str, start: i128, wanted: i128) -> Computed {
    let most = i128::from(u32::MAX);
    let start = usize::try_from(start.min(most) - 1).map_err(|_| ErrorKind::StartIndex("SUBSTRING"))?;
    let wanted = usize::try_from(wanted.min(most)).map_err(|_| ErrorKind::SubstringLength("SUBSTRING"))?;
    Ok(Some(Data::Text(slice(text, start, wanted).into_owned())))
}

pub(super) fn replicate(text: &str, times: i128) -> Computed {
    let times = usize::try_from(times.min(i128::from(u32::MAX))).map_err(|_| ErrorKind::RepeatCount("REPLICATE"))?;
    let fits = text.len().checked_mul(times).is_some_and(|length| length <= LONGEST);
    Ok(fits.then(|| Data::Text(text.repeat(times))))
}

pub(super) fn find_string(text: &str, wanted: &str, occurrence: i128) -> Computed {
    if occurrence < 1 {
        return Err(ErrorKind::Occurrence("FINDSTRING"));
    }
    if wanted.is_empty() {
        return Ok(None);
    }
    let skipped = usize::try_from(occurrence - 1).unwrap_or(usize::MAX);
    let found = text.match_indices(wanted).nth(skipped);
    Ok(Some(Data::Integer(found.map_or(0, |(at, _)| count(length(&text[..at])) + 1))))
}

pub(super) fn replace(text: &str, wanted: &str, replacement: &str) -> Computed {
    if wanted.is_empty() {
        return Err(ErrorKind::Function("REPLACE"));
    }
    let longest = text.len() / wanted.len() * replacement.len();
    Ok((longest <= LONGEST.max(text.len())).then(|| Data::Text(text.replace(wanted, replacement))))
}

/// The tokens of a string: what stands between delimiters, of which several in a row count as one.
fn tokens<'t>(text: &'t str, delimiters: &str) -> impl Iterator<Item = &'t str> {
    text.split(move |character| delimiters.contains(character)).filter(|token| !token.is_empty())
}

pub(super) fn token(text: &str, delimiters: &str, occurrence: i128) -> Option<Data> {
    // What comes out when there are fewer tokens is documented as NULL and, by an example, as an empty string.
    let skipped = usize::try_from(occurrence.checked_sub(1)?).ok()?;
    tokens(text, delimiters).nth(skipped).map(|token| Data::Text(token.to_owned()))
}

pub(super) fn token_count(text: &str, delimiters: &str) -> Data {
    Data::Integer(count(tokens(text, delimiters).count()))
}

/// Capital hexadecimal digits, of a negative number in two's complement of its width.
pub(super) fn hex(value: i128, data_type: DataType) -> Option<Data> {
    let bits = data_type.integer_bits()?;
    let unsigned = if value < 0 { value + (1i128 << bits) } else { value };
    Some(Data::Text(format!("{unsigned:X}")))
}

fn count(number: usize) -> i128 {
    number.try_into().unwrap_or(i128::MAX)
}
