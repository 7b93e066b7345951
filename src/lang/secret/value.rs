//! Where the value behind `Password=` ends.

use std::ops::Range;

/// A value found in a text.
pub(super) struct Value {
    /// What stands between the quotes, or the bare text, trimmed.
    pub(super) range: Range<usize>,
    /// Where to go on reading: behind the value and its closing quote.
    pub(super) next: usize,
    /// Whether quotes or braces surround it.
    pub(super) quoted: bool,
}

/// Reads the value that starts at `start`: quoted by `"`, `'`, `\"` or `{}`, else bare up to a semicolon, the end of the line or of the
/// string literal around it. A quote that is never closed runs to the end of the text.
///
/// None where the string literal ends here and something else goes on: `"Password=" + @[User::P]`.
pub(super) fn read(text: &str, start: usize) -> Option<Value> {
    let rest = text.get(start..)?;
    let (opening, closing) = match rest {
        _ if is_end_of_literal(rest) => return None,
        _ if rest.starts_with("\\\"") => (2, "\\\""),
        _ if rest.starts_with('"') => (1, "\""),
        _ if rest.starts_with('\'') => (1, "'"),
        _ if rest.starts_with('{') => (1, "}"),
        _ => return Some(bare(text, start)),
    };
    let from = start + opening;
    let end = closed_at(text, from, closing);
    Some(Value { range: from..end, next: (end + closing.len()).min(text.len()), quoted: true })
}

/// Where the closing quote stands, doubled ones passed over; the end of the text if nowhere.
fn closed_at(text: &str, from: usize, closing: &str) -> usize {
    let mut at = from;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(closing)) {
        let end = at + found;
        let behind = end + closing.len();
        if !text.get(behind..).is_some_and(|rest| rest.starts_with(closing)) {
            return end;
        }
        at = behind + closing.len();
    }
    text.len()
}

fn bare(text: &str, start: usize) -> Value {
    let rest = text.get(start..).unwrap_or_default();
    let length = rest.char_indices().find(|&(at, character)| ends_bare(character, &rest[at..])).map_or(rest.len(), |(at, _)| at);
    let value = rest[..length].trim_end().trim_end_matches('\\');
    Value { range: start..start + value.len(), next: start + length, quoted: false }
}

fn ends_bare(character: char, rest: &str) -> bool {
    match character {
        ';' | '\r' | '\n' => true,
        '"' | '\'' => rest[1..].chars().next().is_none_or(|next| next.is_whitespace() || "+;,)]}>&".contains(next)),
        _ => false,
    }
}

/// Whether a quote here closes the literal that holds the keyword, and an operator, a comma or nothing follows.
pub(super) fn is_end_of_literal(rest: &str) -> bool {
    let Some(behind) = rest.strip_prefix("\\\"").unwrap_or(rest).strip_prefix(['"', '\'']) else { return false };
    let behind = behind.trim_start();
    behind.is_empty() || behind.strip_prefix(['+', '&', ',', ')']).is_some_and(starts_like_an_operand)
}

/// A password may start with `+`: what follows must look like code.
fn starts_like_an_operand(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n', '@', '(', '"', '_', ';', ')'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<&str> {
        read(text, 0).map(|value| &text[value.range])
    }

    #[test]
    fn forms() {
        assert_eq!(value("abc;def"), Some("abc"));
        assert_eq!(value("a'b\"c;def"), Some("a'b\"c"));
        assert_eq!(value("abc\" + x"), Some("abc"));
        assert_eq!(value("'a;''b';c"), Some("a;''b"));
        assert_eq!(value("\"a;\"\"b\";c"), Some("a;\"\"b"));
        assert_eq!(value("\\\"a;b\\\";c"), Some("a;b"));
        assert_eq!(value("{a;}}b};c"), Some("a;}}b"));
        assert_eq!(value("\"never closed; é"), Some("never closed; é"));
        assert_eq!(value("abc\\\";"), Some("abc"));
    }

    #[test]
    fn the_literal_ends_here() {
        for text in ["\" + @[User::P] + \";\"", "\" & pwd", "\"", "' + @p", "\\\"\" + x", "\", pwd)"] {
            assert_eq!(value(text), None, "{text}");
        }
        assert_eq!(value("\"+abc\""), Some("+abc"));
    }
}
