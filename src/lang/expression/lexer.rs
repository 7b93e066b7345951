//! Text into tokens. The language has no comments.

use std::borrow::Cow;

use super::ast::{BinaryOperator, Column, UnaryOperator, Variable};
use super::data_type::DataType;
use super::decimal::Decimal;
use super::error::{ErrorKind, ExprError};
use super::number;
use crate::span::Span;

/// A token and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Token<'a> {
    pub(super) kind: TokenKind<'a>,
    pub(super) span: Span,
}

#[derive(Clone, Debug)]
pub(super) enum TokenKind<'a> {
    String(Cow<'a, str>),
    Integer {
        value: u64,
        data_type: DataType,
        hexadecimal: bool,
    },
    Real {
        value: f64,
        data_type: DataType,
    },
    Numeric(Decimal),
    /// A column, a function name, `TRUE`, a type.
    Name {
        component: Option<&'a str>,
        name: &'a str,
        bracketed: bool,
    },
    Variable(Variable<'a>),
    Column(Column<'a>),
    Binary(BinaryOperator),
    /// `!` or `~`; minus is a binary operator until the parser knows better.
    Unary(UnaryOperator),
    Assign,
    Question,
    Colon,
    Comma,
    Open,
    Close,
    End,
}

impl TokenKind<'_> {
    /// What to call it in a message.
    pub(super) const fn describe(&self) -> &'static str {
        match self {
            Self::String(_) => "a string literal",
            Self::Integer { .. } | Self::Real { .. } | Self::Numeric(_) => "a number",
            Self::Name { .. } => "a name",
            Self::Variable(_) => "a variable",
            Self::Column(_) => "a column",
            Self::Binary(operator) => operator.symbol(),
            Self::Unary(operator) => operator.symbol(),
            Self::Assign => "=",
            Self::Question => "?",
            Self::Colon => ":",
            Self::Comma => ",",
            Self::Open => "(",
            Self::Close => ")",
            Self::End => "the end",
        }
    }
}

/// Reads tokens one at a time.
#[derive(Clone, Debug)]
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    /// The text must be shorter than 4 GiB.
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The next token; at the end of the text, `End` for ever.
    pub(super) fn next(&mut self) -> Result<Token<'a>, ExprError> {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n', '\u{b}', '\u{c}']).len();
        let start = self.at;
        let kind = self.kind().map_err(|kind| ExprError::new(kind, self.span(start)))?;
        Ok(Token { kind, span: self.span(start) })
    }

    fn kind(&mut self) -> Result<TokenKind<'a>, ErrorKind> {
        let Some(first) = self.peek() else { return Ok(TokenKind::End) };
        match first {
            '"' => self.string(),
            '\'' => Err(self.reject(first, ErrorKind::SingleQuote)),
            '«' => Err(self.reject(first, ErrorKind::Placeholder)),
            '@' => self.variable(),
            '#' => self.column(),
            '[' => self.name(),
            '0'..='9' => self.number(),
            '.' if self.rest()[1..].starts_with(|next: char| next.is_ascii_digit()) => self.number(),
            _ if starts_identifier(first) => self.name(),
            _ => self.operator(first),
        }
    }

    fn operator(&mut self, first: char) -> Result<TokenKind<'a>, ErrorKind> {
        use BinaryOperator as B;
        let two = self.rest().as_bytes().get(..2);
        let (kind, length) = match (first, two) {
            (_, Some(b"==")) => (TokenKind::Binary(B::Equal), 2),
            (_, Some(b"!=")) => (TokenKind::Binary(B::NotEqual), 2),
            (_, Some(b"<=")) => (TokenKind::Binary(B::LessOrEqual), 2),
            (_, Some(b">=")) => (TokenKind::Binary(B::GreaterOrEqual), 2),
            (_, Some(b"&&")) => (TokenKind::Binary(B::And), 2),
            (_, Some(b"||")) => (TokenKind::Binary(B::Or), 2),
            // Not documented, but Expression Tasks that run are written so.
            (_, Some(b":=")) => (TokenKind::Assign, 2),
            ('=', _) => (TokenKind::Assign, 1),
            ('*', _) => (TokenKind::Binary(B::Multiply), 1),
            ('/', _) => (TokenKind::Binary(B::Divide), 1),
            ('%', _) => (TokenKind::Binary(B::Modulo), 1),
            ('+', _) => (TokenKind::Binary(B::Add), 1),
            ('-', _) => (TokenKind::Binary(B::Subtract), 1),
            ('<', _) => (TokenKind::Binary(B::Less), 1),
            ('>', _) => (TokenKind::Binary(B::Greater), 1),
            ('&', _) => (TokenKind::Binary(B::BitAnd), 1),
            ('^', _) => (TokenKind::Binary(B::BitXor), 1),
            ('|', _) => (TokenKind::Binary(B::BitOr), 1),
            ('!', _) => (TokenKind::Unary(UnaryOperator::Not), 1),
            ('~', _) => (TokenKind::Unary(UnaryOperator::BitNot), 1),
            ('?', _) => (TokenKind::Question, 1),
            (':', _) => (TokenKind::Colon, 1),
            (',', _) => (TokenKind::Comma, 1),
            ('(', _) => (TokenKind::Open, 1),
            (')', _) => (TokenKind::Close, 1),
            _ => return Err(self.reject(first, ErrorKind::InvalidCharacter(first))),
        };
        self.at += length;
        Ok(kind)
    }

    fn number(&mut self) -> Result<TokenKind<'a>, ErrorKind> {
        let (kind, length) = number::read(self.rest());
        self.at += length;
        kind
    }

    /// `Name`, `[Name]`, `Component.Name` with either part in brackets.
    fn name(&mut self) -> Result<TokenKind<'a>, ErrorKind> {
        let (first, bracketed) = self.identifier()?;
        let dotted = self.rest().strip_prefix('.').is_some_and(|rest| rest.starts_with(|next| next == '[' || starts_identifier(next)));
        if !dotted {
            return Ok(TokenKind::Name { component: None, name: first, bracketed });
        }
        self.at += 1;
        let (name, _) = self.identifier()?;
        Ok(TokenKind::Name { component: Some(first), name, bracketed: true })
    }

    /// A regular or bracketed identifier, and whether it is bracketed.
    fn identifier(&mut self) -> Result<(&'a str, bool), ErrorKind> {
        if self.rest().starts_with('[') {
            return Ok((self.bracketed()?, true));
        }
        let rest = self.rest();
        let end = rest.find(|next| !continues_identifier(next)).unwrap_or(rest.len());
        self.at += end;
        Ok((&rest[..end], false))
    }

    /// `[…]`, at the opening bracket.
    fn bracketed(&mut self) -> Result<&'a str, ErrorKind> {
        let inner = &self.rest()[1..];
        let Some(end) = inner.find(']') else { return Err(self.reject_rest(ErrorKind::UnterminatedName(']'))) };
        self.at += end + 2;
        if inner[..end].trim().is_empty() { Err(ErrorKind::MissingName('[')) } else { Ok(&inner[..end]) }
    }

    /// `@Name`, `@Namespace::Name`, `@[Namespace::Name]`.
    fn variable(&mut self) -> Result<TokenKind<'a>, ErrorKind> {
        self.at += 1;
        if self.rest().starts_with('[') {
            return Ok(TokenKind::Variable(Variable::new(self.bracketed()?)));
        }
        let rest = self.rest();
        let mut end = identifier_length(rest, true);
        if end == 0 {
            return Err(ErrorKind::MissingName('@'));
        }
        if let Some(name) = rest[end..].strip_prefix("::") {
            let length = identifier_length(name, false);
            end += if length == 0 { 0 } else { 2 + length };
        }
        self.at += end;
        Ok(TokenKind::Variable(Variable::new(&rest[..end])))
    }

    /// `#12` or `#{refId}`.
    fn column(&mut self) -> Result<TokenKind<'a>, ErrorKind> {
        self.at += 1;
        let rest = self.rest();
        if rest.starts_with('{') {
            return self.ref_id();
        }
        let end = rest.find(|next: char| !next.is_ascii_digit()).unwrap_or(rest.len());
        self.at += end;
        if end == 0 { Err(ErrorKind::MissingName('#')) } else { Ok(TokenKind::Column(Column::Lineage(&rest[..end]))) }
    }

    /// `{…}` where `\}` stands for a brace that is part of a name; any other backslash parts the names of a refId.
    fn ref_id(&mut self) -> Result<TokenKind<'a>, ErrorKind> {
        let inner = &self.rest()[1..];
        let closing = inner.match_indices('}').map(|(at, _)| at).find(|&at| !inner[..at].ends_with('\\'));
        let Some(end) = closing else { return Err(self.reject_rest(ErrorKind::UnterminatedName('}'))) };
        self.at += end + 2;
        let written = &inner[..end];
        let ref_id = if written.contains("\\}") { Cow::Owned(written.replace("\\}", "}")) } else { Cow::Borrowed(written) };
        if ref_id.is_empty() { Err(ErrorKind::MissingName('#')) } else { Ok(TokenKind::Column(Column::RefId(ref_id))) }
    }

    fn string(&mut self) -> Result<TokenKind<'a>, ErrorKind> {
        let inner = &self.rest()[1..];
        let Some(plain) = inner.find(['"', '\\']) else { return Err(self.reject_rest(ErrorKind::UnterminatedString)) };
        self.at += 1 + plain;
        if self.rest().starts_with('"') {
            self.at += 1;
            return Ok(TokenKind::String(Cow::Borrowed(&inner[..plain])));
        }
        let mut value = String::from(&inner[..plain]);
        loop {
            let rest = self.rest();
            let Some(stop) = rest.find(['"', '\\']) else { return Err(self.reject_rest(ErrorKind::UnterminatedString)) };
            value.push_str(&rest[..stop]);
            self.at += stop + 1;
            if rest[stop..].starts_with('"') {
                return Ok(TokenKind::String(Cow::Owned(value)));
            }
            value.push(self.escape()?);
        }
    }

    /// What stands behind a backslash.
    fn escape(&mut self) -> Result<char, ErrorKind> {
        let Some(escaped) = self.peek() else { return Err(ErrorKind::UnterminatedString) };
        self.at += escaped.len_utf8();
        Ok(match escaped {
            '"' | '\\' => escaped,
            'a' => '\u{7}',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\u{b}',
            'x' => return self.hex_escape(),
            _ => return Err(ErrorKind::IllegalEscape(escaped)),
        })
    }

    /// `hhhh`: a UTF-16 code unit, two of which may form one character.
    fn hex_escape(&mut self) -> Result<char, ErrorKind> {
        let unit = self.hex_unit()?;
        if !(0xD800..0xDC00).contains(&unit) || !self.rest().starts_with("\\x") {
            return Ok(char::from_u32(unit.into()).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        let before = self.at;
        self.at += 2;
        let low = self.hex_unit()?;
        char::decode_utf16([unit, low]).next().and_then(Result::ok).map_or_else(
            || {
                self.at = before;
                Ok(char::REPLACEMENT_CHARACTER)
            },
            Ok,
        )
    }

    fn hex_unit(&mut self) -> Result<u16, ErrorKind> {
        let digits = self.rest().get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let unit = digits.and_then(|digits| u16::from_str_radix(digits, 16).ok()).ok_or(ErrorKind::IllegalHexEscape)?;
        self.at += 4;
        Ok(unit)
    }

    /// Steps over the offending character, so that the span of the error covers it.
    const fn reject(&mut self, character: char, kind: ErrorKind) -> ErrorKind {
        self.at += character.len_utf8();
        kind
    }

    /// Steps over everything: what is not closed swallows the rest.
    const fn reject_rest(&mut self, kind: ErrorKind) -> ErrorKind {
        self.at = self.text.len();
        kind
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    #[expect(clippy::cast_possible_truncation, reason = "the parser refuses texts of 4 GiB and more")]
    const fn span(&self, start: usize) -> Span {
        Span::new(start as u32, self.at as u32)
    }
}

fn starts_identifier(character: char) -> bool {
    character == '_' || character.is_alphabetic()
}

fn continues_identifier(character: char) -> bool {
    matches!(character, '_' | '@' | '$' | '#') || character.is_alphanumeric()
}

/// Bytes of the identifier at the start of `text`; `parameter` allows the `$` of `$Project`.
fn identifier_length(text: &str, parameter: bool) -> usize {
    let sign = usize::from(parameter && text.starts_with('$'));
    if !text[sign..].starts_with(starts_identifier) {
        return 0;
    }
    text.find(|next| !continues_identifier(next)).unwrap_or(text.len())
}
