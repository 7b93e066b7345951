//! `Password=…` inside any text.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{is_placeholder, is_secret_name, value};
use crate::lang::pattern::pattern;

/// A name and the equals sign behind it.
struct Keyword<'t> {
    name: &'t str,
    /// Whether white space parts the two.
    spaced: bool,
    /// Where the value starts; white space before it counts for nothing.
    value: usize,
}

/// The first keyword from `at` on. Equals signs are rare, so they are looked for, and the names read backwards from them: texts are long, and this
/// is many times quicker than a pattern.
fn keyword(text: &str, at: usize) -> Option<Keyword<'_>> {
    let rest = text.get(at..)?;
    memchr::memchr_iter(b'=', rest.as_bytes()).find_map(|equals| {
        let (before, behind) = (rest.get(..equals)?, rest.get(equals + 1..)?);
        let word = before.trim_end();
        let start = word.rfind(|character: char| !(character.is_alphanumeric() || character == '_')).map_or(0, |last| last + 1);
        let name = word.get(word.ceil_char_boundary(start)..)?.trim_start_matches(|first: char| !(first.is_ascii_alphabetic() || first == '_'));
        let value = text.len() - behind.trim_start_matches([' ', '\t']).len();
        (!name.is_empty()).then_some(Keyword { name, spaced: word.len() < before.len(), value })
    })
}

/// The signature of an Azure shared access URL.
static SIGNATURE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)[?&;]sig=([A-Za-z0-9%+/=_\-]{16,})"));

/// Most texts hold none, and to start a pattern takes longer than this.
fn may_hold_signature(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'=', bytes).any(|at| bytes[..at].last_chunk::<3>().is_some_and(|name| name.eq_ignore_ascii_case(b"sig")))
}

/// What a bare value must not look like, for it is code: a column, a call, an operator.
static CODE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+\b.{0,2}$|[A-Za-z_]\w*(?:\.\w+)*\s*[(\[]|[=@>?:|(\[,)~]|[A-Za-z_]\w*\s*[,)]|[A-Za-z_]\w*\s+(?i:and|or|where|from|then|when|is|in|as|end)\b|new\b)",
    )
});

/// The literal values behind keywords like `Password=`, `Pwd=`, `AccountKey=`, `SharedAccessKey=` and `sig=`, in byte ranges of the text, in order.
///
/// For connection strings inside variables, expressions (with `\"`), SQL and script source. Placeholders and values that code puts together
/// are no literals.
#[must_use]
pub fn secrets_in_text(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    if may_hold_signature(text) {
        found.extend(SIGNATURE.captures_iter(text).filter_map(|found| found.get(1)).map(|value| value.range()));
    }
    let mut at = 0;
    while let Some(Keyword { name, spaced, value }) = keyword(text, at) {
        at = value;
        if !is_secret_name(name) {
            continue;
        }
        if let Some(value) = value::read(text, at) {
            let literal = text.get(value.range.clone()).unwrap_or_default();
            if is_literal(literal, value.quoted, spaced) && !is_format_item(text, &value.range) {
                found.push(value.range);
            }
            at = value.next.max(at);
        }
    }
    disjoint(found)
}

fn is_literal(value: &str, quoted: bool, spaced: bool) -> bool {
    let looks_bare = quoted || !(CODE.is_match(value) || (spaced && value.contains(char::is_whitespace)));
    looks_bare && !is_placeholder(value)
}

/// `{0}` or `{password}`, which a program fills in: braces around what needs none.
fn is_format_item(text: &str, value: &Range<usize>) -> bool {
    let braced = value.start > 0 && text.get(value.start - 1..).is_some_and(|rest| rest.starts_with('{'));
    braced && text.get(value.clone()).is_some_and(|item| item.chars().all(|character| character.is_alphanumeric() || "_.".contains(character)))
}

/// Sorted, without overlaps and empty ranges.
pub(super) fn disjoint(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.retain(|range| !range.is_empty());
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(text: &str) -> Vec<&str> {
        secrets_in_text(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn literals() {
        assert_eq!(secrets("Server=a;User ID=b;Password=entry@2008;Database=c"), ["entry@2008"]);
        assert_eq!(secrets("Driver={X};PWD={a;b}"), ["a;b"]);
        assert_eq!(secrets("\"Data Source=a;Password=geheim1;Initial Catalog=\" + @[User::Db]"), ["geheim1"]);
        assert_eq!(secrets("\"Extended Properties=\\\"Password=geheim1;x\\\"\""), ["geheim1"]);
        assert_eq!(secrets("connection.Password = \"entry@2008\";"), ["entry@2008"]);
        assert_eq!(secrets("AccountName=a;AccountKey=abc/def+gh==;EndpointSuffix=x"), ["abc/def+gh=="]);
        assert_eq!(secrets("https://a.blob.core.windows.net/c?sv=1&sig=abcdefghijklmnop%3D&se=2"), ["abcdefghijklmnop%3D"]);
        assert_eq!(secrets("pwd=eins1;PWD=zwei2"), ["eins1", "zwei2"]);
        assert_eq!(secrets("OPENROWSET('SQLNCLI','Server=a;Uid=b;Pwd=geheim1', 'select 1')"), ["geheim1"]);
    }

    #[test]
    fn no_literals() {
        for text in [
            "",
            "Password=",
            "Password=;",
            "Password=***;",
            "Password=@p;",
            "Password=?",
            "Password=$(X)",
            "Password={0};",
            "\"Password=\" + @[User::P] + \";\"",
            "Password=\"\"",
            "target.Password = source.Password when not matched",
            "\"Password=\" & pwd & \";\"",
            "PublicKeyToken=b77a5c561934e089",
            "WHERE Password = @p AND a = 1",
            "if (password == null)",
            "Password = GetPassword();",
            "Password = Dts.Variables[\"User::P\"].Value.ToString();",
            "Access Token=;Authentication=x",
            "SET Password = t.Pwd, x = 1",
            "password => x",
        ] {
            assert!(secrets(text).is_empty(), "{text}: {:?}", secrets(text));
        }
    }
}
