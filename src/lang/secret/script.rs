//! Secrets in the source of a script task or script component, C# or Visual Basic.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::name::may_name_a_secret;
use super::text::{disjoint, secrets_in_text};
use super::{is_placeholder, is_secret_name, value};
use crate::lang::pattern::pattern;
use crate::lang::script::{self, Kind};

/// `NetworkCredential("user", "password"`: the second argument, both literal or not.
static CREDENTIAL: LazyLock<Regex> = LazyLock::new(|| pattern(r#"(?i)NetworkCredential\s*\(\s*(?:@?"[^"]*"|(?:\w|\.)+)\s*,\s*@?"([^"]+)""#));

/// A literal given to a name: `string pwd = "x"`, `Dim pwd As String = "x"`, `["Password"] = "x"`, `Password: "x"`.
static ASSIGNMENT: LazyLock<Regex> = LazyLock::new(|| pattern(r#"(?i)(\w+)(?:"?\s*[\])]|"|\s+As\s+(?:\w|\.)+)?\s*[=:]\s*@?"([^"\r\n]+)""#));

/// Bytes before an `=` or `:` in which the name is looked for, with its brackets and type.
const LONGEST_NAME: usize = 256;

/// The literal secrets of a script's source, in byte ranges, in order: what [`secrets_in_text`] finds, `NetworkCredential("u", "p")` and literals
/// given to names of secrets. What stands in a comment is no part of the program and does not count.
#[must_use]
pub fn secrets_in_script(source: &str) -> Vec<Range<usize>> {
    let code = script::only(source, &[Kind::Code, Kind::Literal]);
    let credentials = CREDENTIAL.captures_iter(&code).filter_map(|found| found.get(1));
    let assignments = Some(&ASSIGNMENT).filter(|_| may_assign_secret(&code)).into_iter().flat_map(|pattern| pattern.captures_iter(&code));
    let assigned = assignments.filter(|found| found.get(1).is_some_and(|name| is_secret_name(name.as_str()))).filter_map(|found| found.get(2));
    let assigned = assigned.filter(|value| !code.get(value.start() - 1..).is_some_and(value::is_end_of_literal));
    let mut found: Vec<Range<usize>> = credentials.chain(assigned).filter(|value| !is_placeholder(value.as_str())).map(|value| value.range()).collect();
    found.extend(secrets_in_text(&code));
    disjoint(found)
}

/// Whether a literal stands behind an `=` or `:` with something like the name of a secret before it. The pattern takes many times as long to say no.
fn may_assign_secret(code: &str) -> bool {
    memchr::memchr_iter(b'"', code.as_bytes()).any(|quote| {
        let before = code[..quote].trim_end_matches('@').trim_end();
        let name = before.strip_suffix(['=', ':']).unwrap_or_default();
        let name = &name[name.floor_char_boundary(name.len().saturating_sub(LONGEST_NAME))..];
        may_name_a_secret(name.rfind(['=', ':']).map_or(name, |last| &name[last..]))
    })
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
