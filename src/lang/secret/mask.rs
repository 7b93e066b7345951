//! A text as it may be printed.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::text::disjoint;
use super::{arguments, is_secret_name, name, secrets_in_arguments, secrets_in_script, value};
use crate::lang::pattern::pattern;

/// Stands in every output for a value that is or may be a secret.
const MASK: &str = "***";

/// A keyword and what divides it from its value: `Password=`, `"password": `, `<Password>`, `["Password"] =`, `pwd As String = `.
static KEYWORD: LazyLock<Regex> = LazyLock::new(|| pattern(r#"(?i)([a-z_](?:\w| )*)(?:\\?["'\])]{0,3}|\s+as\s+\w+)\s*(?:[=:]+|(>))\s*"#));

/// `scheme://user:password@host`.
static USER_INFO: LazyLock<Regex> = LazyLock::new(|| pattern(r"://[^\s/:@]*:([^\s]*)@"));

/// The signature of a shared access URL, however short.
static SIGNATURE: LazyLock<Regex> = LazyLock::new(|| pattern(r#"(?i)\bsig=([^&;\s"']*)"#));

/// What every text with a suspect holds: a part of a word that makes a name a secret, user information in a URL, or a switch. Most texts hold none, and
/// are done with it.
static TRACE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)pass|pwd|secret|key|signature|word|token|sas|sig=|credential|://[^\s/:@]*:\S*@|(?:^|\s)[-/]-?(?:pw|de|p)"));

/// The text with every value that may be a secret replaced by `***`. To be called on everything from a package before it is printed.
///
/// Generous: placeholders and parameters behind `Password=` go too, since whoever prints does not need them.
#[must_use]
pub fn mask(text: &str) -> Cow<'_, str> {
    let ranges = suspects(text);
    if ranges.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(replaced(text, &ranges)) }
}

fn replaced(text: &str, ranges: &[Range<usize>]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    for range in ranges {
        masked.push_str(text.get(at..range.start).unwrap_or_default());
        masked.push_str(MASK);
        at = range.end;
    }
    masked.push_str(text.get(at..).unwrap_or_default());
    masked
}

/// Where values stand that [`mask`] would take away: byte ranges, in order, without overlaps.
#[must_use]
pub fn suspects(text: &str) -> Vec<Range<usize>> {
    if is_worth_searching(text) { search(text) } else { Vec::new() }
}

/// Letters that are not ASCII may stand for some that are, so such texts are always searched.
fn is_worth_searching(text: &str) -> bool {
    !text.is_ascii() || TRACE.is_match(text)
}

fn search(text: &str) -> Vec<Range<usize>> {
    let mut found = behind_keywords(text);
    for pattern in [&USER_INFO, &SIGNATURE] {
        found.extend(pattern.captures_iter(text).filter_map(|found| found.get(1)).map(|value| value.range()));
    }
    found.extend(secrets_in_script(text));
    found.extend(secrets_in_arguments(text));
    found.extend(arguments::suspects(text));
    disjoint(found)
}

/// Between two of what divides a name from its value stands at most one name, and most names are told by their letters to be none of a secret: the pattern
/// takes many times as long to say so.
fn behind_keywords(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(length) = text.get(at..).and_then(|rest| memchr::memchr3(b'=', b':', b'>', rest.as_bytes())) {
        if !name::may_name_a_secret(&text[at..at + length]) {
            at += length + 1;
            continue;
        }
        let Some(keyword) = KEYWORD.captures_at(text, at) else { break };
        let (Some(whole), Some(name)) = (keyword.get(0), keyword.get(1)) else { break };
        at = whole.end();
        if !may_name_a_secret(name.as_str()) {
            continue;
        }
        let in_element = keyword.get(2).is_some();
        if let Some(range) = if in_element { element_value(text, at) } else { generous_value(text, at) } {
            at = range.end.max(at);
            found.push(range);
        }
    }
    found
}

/// Wider than [`is_secret_name`]: speaking about a password is enough, except for the token in the name of an assembly.
fn may_name_a_secret(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    is_secret_name(name) || ["password", "passwd", "passphrase", "secret"].iter().any(|word| lower.contains(word)) || lower.ends_with("pwd")
}

/// The value, its quotes, and whatever stands behind the closing quote up to the end of the pair: a value that is quoted wrongly must not show its tail.
fn generous_value(text: &str, start: usize) -> Option<Range<usize>> {
    let value = value::read(text, start)?;
    let tail = text.get(value.next..)?;
    let stops = |character: char| character.is_whitespace() || (value.quoted && ",)]}+&<>\"".contains(character)) || character == ';';
    let end = if value.quoted { value.next + tail.find(stops).unwrap_or(tail.len()) } else { value.next };
    Some(value.range.start..if end == value.next && value.quoted { value.range.end } else { end })
}

/// The text up to the next tag.
fn element_value(text: &str, start: usize) -> Option<Range<usize>> {
    let rest = text.get(start..)?;
    let length = rest.find('<').unwrap_or(rest.len());
    Some(start..start + length)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn masked() {
        for (text, expected) in [
            ("Server=a;Password=geheim;Database=b", "Server=a;Password=***;Database=b"),
            ("Driver={X};PWD={a;b};x", "Driver={X};PWD={***};x"),
            ("<Password>geheim</Password>", "<Password>***</Password>"),
            ("{\"password\": \"geheim\", \"a\": 1}", "{\"password\": \"***\", \"a\": 1}"),
            ("ftp://bob:geheim@host/x", "ftp://bob:***@host/x"),
            ("x?sv=1&sig=abc%3D&se=2", "x?sv=1&sig=***&se=2"),
            ("/password:\"geheim\" x", "/password:\"***\" x"),
            ("new NetworkCredential(\"u\", \"geheim\")", "new NetworkCredential(\"u\", \"***\")"),
        ] {
            assert_eq!(mask(text), expected);
        }
    }

    #[test]
    fn nothing_to_mask() {
        for text in [
            "",
            "C:\\data\\a.csv",
            "ADO.NET:System.Data.SqlClient.SqlConnection, System.Data, Culture=neutral, PublicKeyToken=b77a5c561934e089",
            "\"Password=\" + @[$Project::P] + \";\"",
            "Data Source=.;Initial Catalog=a;Persist Security Info=True",
        ] {
            assert!(matches!(mask(text), Cow::Borrowed(_)), "{text}: {}", mask(text));
        }
    }

    proptest! {
        #[test]
        fn never_shows_what_was_planted(planted in "Zq[A-Za-z0-9!@#$%^&*()_+:<>,.?/~é' =|-]{6,20}Zq", form in 0_usize..9, before in "[ -~é]{0,20};", after in "[ -~é]{0,20}") {
            let text = match form {
                0 => format!("{before}Password={planted};{after}"),
                1 => format!("{before}PWD={{{planted}}};{after}"),
                2 => format!("Server=a;Pwd=\"{planted}\";{after}"),
                3 => format!("Server=a;Password='{}';{after}", planted.replace('\'', "''")),
                4 => format!("\"Server=a;Password=\\\"{planted}\\\";\" + {after}"),
                5 => format!("AccountKey = {planted};{after}"),
                6 => format!("string pwd = \"{planted}\"; {after}"),
                7 => format!("x /password:\"{planted}\" {after}"),
                _ => format!("Server=a\nUser Password: {planted}\n{after}"),
            };
            // A `'` doubled by the form would not be found as it was planted.
            let planted = if form == 3 { planted.replace('\'', "''") } else { planted };
            prop_assert!(!mask(&text).contains(&planted), "{} in {}", planted, text);
        }

        #[test]
        fn only_texts_with_a_trace_hold_suspects(text in "(?i:[ -/]|pwd|pw|de|pass|word|phrase|secret|client|api|access|account|sas|shared|key|token|signature|sqlcmd|[=:;&\"'@. x1]|-P|://|sig|networkcredential\\(\"){0,12}") {
            prop_assert!(is_worth_searching(&text) || search(&text).is_empty(), "{}", text);
        }

        #[test]
        fn no_keyword_of_a_secret_is_passed_over(text in "(?i:pass|pwd|word|secret|api|key|token|server|a|é|_|[ =:;>\"'.\\\\\\[\\]()<{}]| as string){0,16}") {
            let mut names = Vec::new();
            let mut at = 0;
            while let Some(keyword) = KEYWORD.captures_at(&text, at) {
                at = keyword.get(0).map_or(text.len(), |whole| whole.end());
                names.extend(keyword.get(1).filter(|name| may_name_a_secret(name.as_str())).and(generous_value(&text, at).map(|value| value.start)));
            }
            // What stands inside of a value that was found is no name any more.
            let found = behind_keywords(&text);
            let is_found = |start: &usize| found.iter().any(|range| range.start <= *start && *start <= range.end);
            prop_assert!(names.iter().all(is_found), "{names:?} {found:?} {text}");
        }

        #[test]
        fn never_panics(text in "(?s)(?:Password|pwd=|=|\"|'|\\\\|\\{|\\}|;| |é|\\+|-P|/password:|sig=|://|@|:|NetworkCredential\\(|//|/\\*|\n|.){0,40}") {
            prop_assert!(is_worth_searching(&text) || search(&text).is_empty());
            let masked = mask(&text);
            prop_assert!(masked.len() <= text.len() * 4 + 4);
            for ranges in [super::super::secrets_in_text(&text), secrets_in_script(&text), secrets_in_arguments(&text)] {
                for range in ranges {
                    prop_assert!(text.get(range).is_some());
                }
            }
        }
    }
}
