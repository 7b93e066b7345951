//! Numeric literals.

use super::data_type::DataType;
use super::decimal::Decimal;
use super::error::ErrorKind;
use super::lexer::TokenKind;

/// Reads the number at the start of `text`, which begins with a digit or with a point and a digit; also gives its length in bytes.
pub(super) fn read<'a>(text: &str) -> (Result<TokenKind<'a>, ErrorKind>, usize) {
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")).map_or(0, |rest| prefix(rest, |byte| byte.is_ascii_hexdigit()));
    if digits > 0 {
        return hexadecimal(text, digits);
    }
    let whole = prefix(text, |byte| byte.is_ascii_digit());
    let fraction = text[whole..].strip_prefix('.').map_or(0, |rest| 1 + prefix(rest, |byte| byte.is_ascii_digit()));
    let mantissa = whole + fraction;
    let end = mantissa + exponent(&text[mantissa..]);
    let suffix = text[end..].bytes().next().unwrap_or_default().to_ascii_lowercase();
    match suffix {
        b'f' => (real(&text[..end], DataType::R4), end + 1),
        b'l' if end > whole => (real(&text[..end], DataType::R8), end + 1),
        _ if end > mantissa => (real(&text[..end], DataType::R8), end),
        _ if fraction > 0 => (numeric(&text[..end]), end),
        _ => integer(text, whole),
    }
}

fn integer<'a>(text: &str, digits: usize) -> (Result<TokenKind<'a>, ErrorKind>, usize) {
    let suffix = prefix(&text[digits..], |byte| matches!(byte, b'l' | b'L' | b'u' | b'U')).min(2);
    let written = text[digits..digits + suffix].to_ascii_lowercase();
    let (data_type, length) = match written.as_str() {
        "ul" | "lu" => (DataType::Ui8, 2),
        _ if written.starts_with('u') => (DataType::Ui4, 1),
        _ if written.starts_with('l') => (DataType::I8, 1),
        _ => (DataType::I4, 0),
    };
    let value = text[..digits].parse().map_err(|_| ErrorKind::LiteralOverflow(data_type));
    (value.map(|value| TokenKind::Integer { value, data_type, hexadecimal: false }), digits + length)
}

fn hexadecimal<'a>(text: &str, digits: usize) -> (Result<TokenKind<'a>, ErrorKind>, usize) {
    let end = 2 + digits;
    let unsigned = matches!(text.as_bytes().get(end), Some(b'u' | b'U'));
    let data_type = if unsigned { DataType::Ui4 } else { DataType::I4 };
    let value = u64::from_str_radix(&text[2..end], 16).map_err(|_| ErrorKind::LiteralOverflow(data_type));
    (value.map(|value| TokenKind::Integer { value, data_type, hexadecimal: true }), end + usize::from(unsigned))
}

fn numeric<'a>(text: &str) -> Result<TokenKind<'a>, ErrorKind> {
    Decimal::parse(text).map(TokenKind::Numeric).ok_or(ErrorKind::LiteralOverflow(DataType::Numeric))
}

fn real<'a>(text: &str, data_type: DataType) -> Result<TokenKind<'a>, ErrorKind> {
    let value: f64 = text.parse().map_err(|_| ErrorKind::LiteralOverflow(data_type))?;
    let limit = if data_type == DataType::R4 { f32::MAX.into() } else { f64::MAX };
    if value <= limit { Ok(TokenKind::Real { value, data_type }) } else { Err(ErrorKind::LiteralOverflow(data_type)) }
}

/// Length of `e5`, `E-13`, `e+2`; 0 without digits.
fn exponent(text: &str) -> usize {
    let Some(rest) = text.strip_prefix(['e', 'E']) else { return 0 };
    let sign = usize::from(rest.starts_with(['+', '-']));
    match prefix(&rest[sign..], |byte| byte.is_ascii_digit()) {
        0 => 0,
        digits => 1 + sign + digits,
    }
}

fn prefix(text: &str, belongs: impl Fn(u8) -> bool) -> usize {
    text.bytes().take_while(|&byte| belongs(byte)).count()
}
