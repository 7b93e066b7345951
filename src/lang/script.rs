//! Source of script tasks and script components, C# or Visual Basic: what in it is code, what a comment, what a literal.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::lang::pattern::pattern;

/// What a piece of a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Neither comment nor literal.
    Code,
    /// A comment with its marks.
    Comment,
    /// A string or character literal with its quotes.
    Literal,
}

/// The language of a source. They must be told apart, for `'` starts a comment in Visual Basic and a character in C#, and `//` stands in Visual Basic
/// only inside a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// C#.
    CSharp,
    /// Visual Basic.
    VisualBasic,
}

impl Language {
    /// The language that a source looks like.
    #[must_use]
    pub fn of(source: &str) -> Self {
        static MARK: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?im)^\s*(?:imports\s+\w|end\s+(?:sub|class|function|if)\b|dim\s+\w+\s+as\b)"));
        if MARK.is_match(source) { Self::VisualBasic } else { Self::CSharp }
    }
}

/// All pieces of a source, in order and without gaps.
pub fn pieces(source: &str) -> impl Iterator<Item = (Kind, Range<usize>)> {
    let language = Language::of(source);
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = source.get(at..).filter(|rest| !rest.is_empty())?;
        let (kind, length) = match (comment(rest, language), literal(rest, language)) {
            (0, 0) => (Kind::Code, plain(rest)),
            (0, length) => (Kind::Literal, length),
            (length, _) => (Kind::Comment, length),
        };
        let start = at;
        at += length;
        Some((kind, start..at))
    })
}

/// The source with blanks of the same length for the pieces that are not wanted, so that ranges stay true.
#[must_use]
pub fn only(source: &str, wanted: &[Kind]) -> String {
    let mut kept = String::with_capacity(source.len());
    for (kind, range) in pieces(source) {
        let piece = &source[range];
        if wanted.contains(&kind) {
            kept.push_str(piece);
        } else {
            push_blanks(&mut kept, piece);
        }
    }
    kept
}

/// As many blanks as the piece has bytes; its line ends stay.
fn push_blanks(kept: &mut String, piece: &str) {
    for (index, line) in piece.split('\n').enumerate() {
        if index > 0 {
            kept.push('\n');
        }
        let mut rest = line.len();
        while rest > 0 {
            let some = rest.min(BLANKS.len());
            kept.push_str(&BLANKS[..some]);
            rest -= some;
        }
    }
}

const BLANKS: &str = "                                                                ";

/// Length of what neither is nor starts a comment or a literal, the first character taken as such.
fn plain(rest: &str) -> usize {
    let first = rest.chars().next().map_or(1, char::len_utf8);
    let behind = rest.as_bytes().get(first..).unwrap_or_default();
    let next = memchr::memchr3(b'"', b'\'', b'/', behind).unwrap_or(behind.len());
    let verbatim = memchr::memchr(b'@', &behind[..next]).unwrap_or(next);
    first + verbatim
}

/// Length of the comment that starts here, 0 if none does.
fn comment(rest: &str, language: Language) -> usize {
    let line = || rest.find('\n').unwrap_or(rest.len());
    match language {
        Language::VisualBasic if rest.starts_with('\'') => line(),
        Language::CSharp if rest.starts_with("//") => line(),
        Language::CSharp if rest.starts_with("/*") => rest.get(2..).and_then(|inside| inside.find("*/")).map_or(rest.len(), |end| end + 4),
        _ => 0,
    }
}

/// Length of the literal that starts here, which may hold `//` (a URL) or `'`; 0 if none does.
fn literal(rest: &str, language: Language) -> usize {
    match (language, rest.as_bytes()) {
        (Language::CSharp, [b'@', b'"', ..]) => 1 + doubled_quotes(&rest[1..], true),
        (Language::CSharp, [b'"', ..]) => escaped(rest),
        (Language::VisualBasic, [b'"', ..]) => doubled_quotes(rest, false),
        (Language::CSharp, [b'\'', b'\\', _, b'\'', ..]) => 4,
        (Language::CSharp, [b'\'', b'"', b'\'', ..]) => 3,
        _ => 0,
    }
}

/// A literal in which `\` escapes. It ends with its line at the latest.
fn escaped(rest: &str) -> usize {
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

/// A literal in which only `""` stands for a quote, over several lines or not.
fn doubled_quotes(rest: &str, lines: bool) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' if bytes.get(at + 1) == Some(&b'"') => at += 2,
            b'"' => return at + 1,
            b'\n' if !lines => return at,
            _ => at += 1,
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literals(source: &str) -> Vec<&str> {
        pieces(source).filter(|(kind, _)| *kind == Kind::Literal).map(|(_, range)| &source[range]).collect()
    }

    #[test]
    fn pieces_cover_the_source() {
        for source in ["", "é", "a // b", "\"never", "@\"never", "/* never", "x = '\"'; y = \"//\"", "Imports A\n' é\nx = \"a\"\"b\" ' c", "@", "a@\"", "'"] {
            let mut at = 0;
            for (_, range) in pieces(source) {
                assert_eq!(range.start, at, "{source}");
                at = range.end;
            }
            assert_eq!(at, source.len(), "{source}");
            assert_eq!(only(source, &[Kind::Code]).len(), source.len());
        }
    }

    #[test]
    fn literals_of_both_languages() {
        assert_eq!(literals(r#"f(@"C:\", "a\"b", '"', '\''); // "no""#), [r#"@"C:\""#, r#""a\"b""#, "'\"'", r"'\''"]);
        assert_eq!(literals("Imports System\nf(\"C:\\\", \"a\"\"b\") ' \"no\""), ["\"C:\\\"", "\"a\"\"b\""]);
        assert_eq!(literals("@\"two\nlines\" \"one\nline\""), ["@\"two\nlines\"", "\"one", "\""]);
    }

    #[test]
    fn comments_go() {
        assert_eq!(only("a(); // b\n/* c */ d();", &[Kind::Code]), "a();     \n        d();");
        assert_eq!(only("Imports A\nf() ' g()\nEnd Sub", &[Kind::Code]), "Imports A\nf()      \nEnd Sub");
    }
}
