//! Secrets in the source of a script task or script component, C# or Visual Basic.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::text::{disjoint, secrets_in_text};
use super::{is_placeholder, is_secret_name, value};

/// `NetworkCredential("user", "password"`: the second argument, both literal or not.
static CREDENTIAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?i)NetworkCredential\s*\(\s*(?:@?"[^"]*"|[\w.]+)\s*,\s*@?"([^"]+)""#).expect("internal error: the pattern of credentials is wrong")
});

/// A literal given to a name: `string pwd = "x"`, `Dim pwd As String = "x"`, `["Password"] = "x"`, `Password: "x"`.
static ASSIGNMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?i)(\w+)(?:"?\s*[\])]|"|\s+As\s+[\w.]+)?\s*[=:]\s*@?"([^"\r\n]+)""#).expect("internal error: the pattern of assignments is wrong")
});

/// The literal secrets of a script's source, in byte ranges, in order: what [`secrets_in_text`] finds, `NetworkCredential("u", "p")` and literals
/// given to names of secrets. What stands in a comment is no part of the program and does not count.
#[must_use]
pub fn secrets_in_script(source: &str) -> Vec<Range<usize>> {
    let code = without_comments(source);
    let credentials = CREDENTIAL.captures_iter(&code).filter_map(|found| found.get(1));
    let assigned =
        ASSIGNMENT.captures_iter(&code).filter(|found| found.get(1).is_some_and(|name| is_secret_name(name.as_str()))).filter_map(|found| found.get(2));
    let assigned = assigned.filter(|value| !code.get(value.start() - 1..).is_some_and(value::is_end_of_literal));
    let mut found: Vec<Range<usize>> = credentials.chain(assigned).filter(|value| !is_placeholder(value.as_str())).map(|value| value.range()).collect();
    found.extend(secrets_in_text(&code));
    disjoint(found)
}

/// The source with blanks of the same length for its comments, so that ranges stay true. The languages must be told apart, for `'` starts a
/// comment in Visual Basic and a character in C#, and `//` stands in Visual Basic only inside a URL.
fn without_comments(source: &str) -> String {
    let comment: fn(&str) -> usize = if is_visual_basic(source) { visual_basic_comment } else { csharp_comment };
    let mut code = String::with_capacity(source.len());
    let mut at = 0;
    while let Some(rest) = source.get(at..).filter(|rest| !rest.is_empty()) {
        let length = comment(rest);
        if length > 0 {
            code.extend(rest[..length].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
            at += length;
        } else {
            let length = literal(rest).max(plain(rest));
            code.push_str(&rest[..length]);
            at += length;
        }
    }
    code
}

fn is_visual_basic(source: &str) -> bool {
    static MARK: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?im)^\s*(?:imports\s+\w|end\s+(?:sub|class|function|if)\b|dim\s+\w+\s+as\b)")
            .expect("internal error: the pattern of Visual Basic is wrong")
    });
    MARK.is_match(source)
}

/// Length of what neither is nor starts a comment or a literal, the first character taken as such.
fn plain(rest: &str) -> usize {
    let first = rest.chars().next().map_or(1, char::len_utf8);
    let behind = rest.as_bytes().get(first..).unwrap_or_default();
    first + memchr::memchr3(b'"', b'\'', b'/', behind).unwrap_or(behind.len())
}

/// Length of the comment that starts here, 0 if none does.
fn csharp_comment(rest: &str) -> usize {
    if rest.starts_with("//") {
        rest.find('\n').unwrap_or(rest.len())
    } else if rest.starts_with("/*") {
        rest.get(2..).and_then(|inside| inside.find("*/")).map_or(rest.len(), |end| end + 4)
    } else {
        0
    }
}

fn visual_basic_comment(rest: &str) -> usize {
    if rest.starts_with('\'') { rest.find('\n').unwrap_or(rest.len()) } else { 0 }
}

/// Length of the string literal that starts here, which may hold `//` (a URL) or `'`; 0 if none does. It ends with its line at the latest.
fn literal(rest: &str) -> usize {
    if !rest.starts_with('"') {
        return 0;
    }
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        match character {
            '"' if !escaped => return at + 1,
            '\n' => return at,
            _ => escaped = character == '\\' && !escaped,
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(text: &str) -> Vec<&str> {
        secrets_in_script(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn csharp() {
        assert_eq!(secrets("x.Credentials = new NetworkCredential(\"bob\", \"geheim1\");"), ["geheim1"]);
        assert_eq!(secrets("new NetworkCredential(user, @\"geheim1\", \"dom\")"), ["geheim1"]);
        assert_eq!(secrets("string pwd = \"geheim1\";"), ["geheim1"]);
        assert_eq!(secrets("d[\"Password\"] = \"geheim1\";"), ["geheim1"]);
        assert_eq!(secrets("{ \"password\": \"geheim1\" }"), ["geheim1"]);
        assert_eq!(secrets("var c = \"Server=http://x;Pwd=geheim1;\"; // Pwd=alt123"), ["geheim1"]);
    }

    #[test]
    fn visual_basic() {
        assert_eq!(secrets("Dim pwd As String = \"geheim1\" ' was \"alt123\"\r\nEnd Sub"), ["geheim1"]);
        assert_eq!(secrets("Imports System\n' Pwd = \"alt123\"\n"), Vec::<&str>::new());
    }

    #[test]
    fn silent() {
        for source in [
            "// Password=geheim1",
            "/* Pwd=geheim1; é */",
            "new NetworkCredential(user, password)",
            "new NetworkCredential(\"u\", \"\")",
            "string password = GetIt();",
            "pwd = Dts.Variables[\"User::Pwd\"].Value.ToString();",
            "string pwd = \"***\";",
            "/* never closed",
            "s = \"Password=\" + pwd + \";\";",
            "\"never closed",
        ] {
            assert!(secrets(source).is_empty(), "{source}: {:?}", secrets(source));
        }
    }
}
