//! Codes in the notations in which people meet them.

use std::sync::LazyLock;

use regex::Regex;

/// The one way in which the index writes a code: `0xC0016016` for 32 bits, however they were written, `27184` for numbers of the catalog and the
/// service, `IM002` for ODBC. None when the text is no code.
pub(super) fn canonical(text: &str) -> Option<String> {
    let text = text.trim();
    let hexadecimal = |digits: &str| u32::from_str_radix(digits, 16).ok().map(hex);
    if let Some(digits) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        return hexadecimal(digits);
    }
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) && !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return hexadecimal(text);
    }
    if text.len() == 5 && text.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("im")) {
        return Some(text.to_ascii_uppercase());
    }
    decimal(text)
}

/// Negative numbers and those beyond 31 bits are 32 bits in another notation.
fn decimal(text: &str) -> Option<String> {
    let number: i64 = text.parse().ok()?;
    if number < 0 {
        return i32::try_from(number).ok().map(|number| hex(number.cast_unsigned()));
    }
    let number = u32::try_from(number).ok()?;
    Some(if number > i32::MAX.cast_unsigned() { hex(number) } else { number.to_string() })
}

fn hex(number: u32) -> String {
    if number < 0x10_0000 { format!("0x{number:X}") } else { format!("0x{number:08X}") }
}

/// The code as a signed number, as text logs write it.
pub(super) fn signed(code: &str) -> Option<i32> {
    let digits = code.strip_prefix("0x")?;
    u32::from_str_radix(digits, 16).ok().filter(|number| *number > i32::MAX.cast_unsigned()).map(u32::cast_signed)
}

/// Codes in a folded text. A plain number is one only where the text says so.
static CODE: LazyLock<Regex> = LazyLock::new(|| {
    let patterns = [
        r"0x[0-9a-f]{1,8}\b",
        r"-[0-9]{6,10}\b",
        r"\b[2-4][0-9]{9}\b",
        r"\bim[0-9]{3}\b",
        r#"(?:code|error|msg|number)"?[:=]? ?"?[0-9]{4,6}\b"#,
        r"\bdts_[ew]_[a-z0-9_]+",
    ];
    Regex::new(&patterns.join("|")).expect("internal error: the pattern of codes is wrong")
});

/// Codes and symbolic names in a folded text, canonical, with their places.
pub(super) fn scan(folded: &str) -> impl Iterator<Item = (String, usize)> {
    CODE.find_iter(folded).filter_map(|found| {
        let text = found.as_str();
        let code = match text.bytes().next()? {
            b'd' => Some(text.to_ascii_uppercase()),
            b'c' | b'e' | b'm' | b'n' => canonical(text.trim_start_matches(|c: char| !c.is_ascii_digit())),
            _ => canonical(text),
        };
        code.map(|code| (code, found.start()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notation_is_one_code() {
        for text in ["0xC0016016", "0xc0016016", "c0016016", "-1073651690", "3221315606", " 0XC0016016 "] {
            assert_eq!(canonical(text).as_deref(), Some("0xC0016016"), "{text}");
        }
        assert_eq!(canonical("27184").as_deref(), Some("27184"));
        assert_eq!(canonical("3221225477").as_deref(), Some("0xC0000005"));
        assert_eq!(canonical("0x1").as_deref(), Some("0x1"));
        for text in ["", "x", "0x", "0x123456789", "99999999999", "-99999999999", "login", "-"] {
            assert_eq!(canonical(text), None, "{text}");
        }
    }

    #[test]
    fn codes_are_found_in_text() {
        let codes = |text: &str| scan(text).map(|(code, _)| code).collect::<Vec<_>>();
        assert_eq!(codes("am,-1073573489,0x,unable"), ["0xC002918F"]);
        assert_eq!(
            codes("error: 0xc0202009 at x: ssis error code dts_e_oledberror. error code: 0x80004005."),
            ["0xC0202009", "DTS_E_OLEDBERROR", "0x80004005"]
        );
        assert_eq!(codes("errorcode: 2906, code:300004. step 27184"), ["2906", "300004"]);
        assert!(codes("started: 3:09:46 elapsed 1234567 id 12345").is_empty());
    }

    #[test]
    fn signed_is_what_text_logs_write() {
        assert_eq!(signed("0xC002918F"), Some(-1073573489));
        assert_eq!(signed("0x1"), None);
        assert_eq!(signed("27184"), None);
    }
}
