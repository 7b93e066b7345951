//! Text → tokens: sqlparser's tokenizer, with byte ranges, and a way on where it gives up.

use std::borrow::Cow;
use std::ops::Range;

use sqlparser::dialect::MsSqlDialect;
use sqlparser::tokenizer::{Location, Token as SqlToken, TokenWithSpan, Tokenizer};

/// Longest text that is read, in bytes: the tokenizer takes a hundred bytes of memory for a token, and a token may be one byte.
const LIMIT: usize = 1 << 20;

/// How often reading starts again behind something that sqlparser refuses.
const RESTARTS: usize = 32;

/// What a token is. White space and comments are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A keyword or a plain name, `#t` and `@name` included.
    Word,
    /// A name in brackets or double quotes.
    Quoted,
    /// A string literal.
    Literal,
    /// `?`.
    Marker,
    /// A number, an operator, a delimiter.
    Other,
}

/// A token and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a str,
    pub(super) range: Range<usize>,
}

impl<'a> Token<'a> {
    /// Whether it is that keyword.
    pub(super) fn is(&self, keyword: &str) -> bool {
        self.kind == Kind::Word && self.text.eq_ignore_ascii_case(keyword)
    }

    /// Whether it can name something.
    pub(super) fn is_name(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Quoted)
    }

    /// The name without brackets or quotes.
    pub(super) fn name(&self) -> Cow<'a, str> {
        if self.kind != Kind::Quoted {
            return Cow::Borrowed(self.text);
        }
        let inside = self.text.get(1..self.text.len().saturating_sub(1)).unwrap_or_default();
        let doubled = if self.text.starts_with('[') { "]]" } else { "\"\"" };
        if inside.contains(doubled) { Cow::Owned(inside.replace(doubled, &doubled[1..])) } else { Cow::Borrowed(inside) }
    }
}

/// All tokens, and whether the text was understood to its end.
pub(super) fn tokens(text: &str) -> (Vec<Token<'_>>, bool) {
    let end = (0..=LIMIT.min(text.len())).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
    let mut found = Vec::new();
    let mut at = 0;
    for _ in 0..RESTARTS {
        let rest = text.get(at..end).unwrap_or_default();
        let mut buffer = Vec::new();
        let complete = Tokenizer::new(&MsSqlDialect {}, rest).tokenize_with_location_into_buf(&mut buffer).is_ok();
        let read = append(&mut found, text, at, &buffer);
        if complete {
            return (found, end == text.len());
        }
        match behind_refused(text, read) {
            Some(next) => at = next,
            None => break,
        }
    }
    (found, false)
}

/// Where to go on. A literal, a quoted name or a comment that is never closed holds all the rest, so there is nothing to go on with.
fn behind_refused(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let holds_the_rest = rest.starts_with(['\'', '"', '[']) || rest.starts_with("/*");
    rest.chars().next().filter(|_| !holds_the_rest).map(|refused| at + refused.len_utf8())
}

/// Adds sqlparser's tokens with their bytes; gives back where the last one ends.
fn append<'a>(found: &mut Vec<Token<'a>>, text: &'a str, base: usize, buffer: &[TokenWithSpan]) -> usize {
    let mut cursor = Cursor { text, at: base, line: 1, column: 1 };
    for TokenWithSpan { token, span } in buffer {
        let start = cursor.advance(span.start);
        let end = cursor.advance(span.end);
        let slice = text.get(start..end).unwrap_or_default();
        if let Some(kind) = kind(token) {
            found.push(Token { kind, text: slice, range: start..end });
        }
    }
    cursor.at
}

const fn is_comment_or_space(token: &SqlToken) -> bool {
    matches!(token, SqlToken::Whitespace(_) | SqlToken::EOF)
}

fn kind(token: &SqlToken) -> Option<Kind> {
    Some(match token {
        _ if is_comment_or_space(token) => return None,
        SqlToken::Word(word) if word.quote_style.is_some() => Kind::Quoted,
        SqlToken::Word(_) => Kind::Word,
        SqlToken::SingleQuotedString(_) | SqlToken::NationalStringLiteral(_) => Kind::Literal,
        SqlToken::Question => Kind::Marker,
        SqlToken::Placeholder(text) if text.starts_with('?') => Kind::Marker,
        _ => Kind::Other,
    })
}

/// Turns lines and columns, which only grow, into bytes in one pass.
struct Cursor<'a> {
    text: &'a str,
    at: usize,
    line: u64,
    column: u64,
}

impl Cursor<'_> {
    fn advance(&mut self, to: Location) -> usize {
        let rest = self.text.get(self.at..).unwrap_or_default();
        for character in rest.chars() {
            if (self.line, self.column) >= (to.line, to.column) {
                break;
            }
            self.at += character.len_utf8();
            (self.line, self.column) = if character == '\n' { (self.line + 1, 1) } else { (self.line, self.column + 1) };
        }
        self.at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        tokens(text).0.into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn ranges_are_bytes() {
        assert_eq!(texts("SELECT 'é\r\nü' -- x\r\n, [ä]]b]\tFROM\n\n#t /* a /* b */ c */ ;"), ["SELECT", "'é\r\nü'", ",", "[ä]]b]", "FROM", "#t", ";"]);
        assert_eq!(tokens("[a]]b]").0[0].name(), "a]b");
    }

    #[test]
    fn markers_behind_operators() {
        for text in ["a=?", "a>?", "a<?", "a<>?", "a>=?", "(?,?", "a+?", "a-?", "a%?", "{?=", "?", "a LIKE ?", "a*?", "a/?", "a!=?"] {
            let count = tokens(text).0.iter().filter(|token| token.kind == Kind::Marker).count();
            assert_eq!(count, text.matches('?').count(), "{text}");
        }
    }

    #[test]
    fn what_is_never_closed_holds_the_rest() {
        assert_eq!(texts("SELECT 'a FROM #t"), ["SELECT"]);
        assert_eq!(texts("SELECT /* a FROM #t"), ["SELECT"]);
        assert!(!tokens("SELECT [a").1);
    }

    #[test]
    fn goes_on_behind_what_is_refused() {
        let text = "SELECT $$ FROM #t";
        assert!(texts(text).contains(&"#t"), "{:?}", texts(text));
    }
}
