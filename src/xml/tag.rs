//! The attributes in a start tag.
//!
//! quick-xml has an iterator for them, but it checks neither the spaces between them nor names nor values, so that every byte would be visited
//! twice; this one pass costs less than that iterator alone.

use crate::span::Span;

use super::characters::{is_white_space, leading_name, prefix_length};
use super::malformed::{Malformed, MalformedKind};
use super::value::check_reference;

/// Where the parts of an attribute stand.
#[derive(Clone, Copy)]
pub(super) struct RawAttribute {
    pub(super) name: Span,
    /// Length of the prefix; 0 without one.
    pub(super) prefix: u32,
    pub(super) value: Span,
}

/// Goes through the attributes up to the first that is malformed.
pub(super) struct TagReader<'a> {
    /// The whole source up to the end of the last attribute.
    text: &'a str,
    at: usize,
    /// Whether no `<` and no reference is left: then every value simply ends with its quote.
    plain: bool,
}

impl<'a> TagReader<'a> {
    /// `inside` is what stands between the name of the element and the end of its tag.
    pub(super) fn new(text: &'a str, inside: Span) -> Self {
        let text = text.get(..inside.end as usize).unwrap_or_default();
        let at = inside.start as usize;
        let plain = memchr::memchr2(b'<', b'&', text.as_bytes().get(at..).unwrap_or_default()).is_none();
        Self { text, at, plain }
    }

    /// The next attribute; none at the end of the tag.
    pub(super) fn next(&mut self) -> Result<Option<RawAttribute>, Malformed> {
        let before = self.at;
        self.skip_white_space();
        if self.at >= self.text.len() {
            return Ok(None);
        }
        let (name, prefix) = self.name()?;
        if self.at_is_not(before, is_white_space) {
            return Err(Malformed::syntax(name, "a space is missing before the attribute"));
        }
        self.equals_sign()?;
        let value = self.value()?;
        Ok(Some(RawAttribute { name, prefix, value }))
    }

    fn at_is_not(&self, at: usize, what: impl Fn(u8) -> bool) -> bool {
        !self.text.as_bytes().get(at).is_some_and(|byte| what(*byte))
    }

    fn skip_white_space(&mut self) {
        self.at += self.rest().iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        // Designers put every attribute on a line of its own and indent it far, so spaces are skipped by eight.
        while self.rest().first_chunk() == Some(b"        ") {
            self.at += 8;
        }
        self.at += self.rest().iter().take_while(|byte| is_white_space(**byte)).count();
    }

    fn name(&mut self) -> Result<(Span, u32), Malformed> {
        let start = self.at;
        let rest = self.rest();
        let is_end = |byte: &u8| *byte == b'=' || is_white_space(*byte);
        let (length, prefix) = leading_name(rest);
        let prefix = if rest.get(length).is_none_or(is_end) {
            self.at += length;
            prefix
        } else {
            self.at += rest.iter().position(is_end).unwrap_or(rest.len());
            self.text.get(start..self.at).and_then(prefix_length)
        };
        let span = Span::new(start as u32, self.at as u32);
        match prefix {
            Some(prefix) => Ok((span, prefix as u32)),
            None => Err(Malformed::syntax(span, "the name of the attribute is not one that XML allows")),
        }
    }

    fn equals_sign(&mut self) -> Result<(), Malformed> {
        if self.rest().first() != Some(&b'=') {
            self.skip_white_space();
            if self.at_is_not(self.at, |byte| byte == b'=') {
                return Err(self.error_here("an attribute has no value: `=` is missing"));
            }
        }
        self.at += 1;
        if self.rest().first() != Some(&b'"') {
            self.skip_white_space();
        }
        Ok(())
    }

    fn value(&mut self) -> Result<Span, Malformed> {
        let quote = match self.rest().first() {
            Some(quote @ (b'"' | b'\'')) => *quote,
            Some(_) => return Err(self.error_here("the value of an attribute is not in quotes")),
            None => return Err(self.error_here("an attribute has no value after its `=`")),
        };
        self.at += 1;
        let start = self.at;
        loop {
            let found = if self.plain { memchr::memchr(quote, self.rest()) } else { memchr::memchr3(quote, b'<', b'&', self.rest()) };
            self.at = found.map_or(self.text.len(), |length| self.at + length);
            match self.rest().first() {
                Some(b'<') => return Err(self.error_here("`<` stands in the value of an attribute")),
                Some(b'&') => self.reference()?,
                Some(_) => break,
                None => return Err(self.error_here("the quote that ends the value of an attribute is missing")),
            }
        }
        let value = Span::new(start as u32, self.at as u32);
        self.at += 1;
        Ok(value)
    }

    fn reference(&mut self) -> Result<(), Malformed> {
        let rest = self.rest();
        let stop = rest.iter().skip(1).position(|byte| matches!(byte, b';' | b'&' | b'<' | b'"' | b'\'')).map(|length| length + 1);
        let Some(length) = stop.filter(|stop| rest[*stop] == b';') else {
            return Err(Malformed::new(self.byte_here(), MalformedKind::BareAmpersand));
        };
        let end = self.at + length + 1;
        let name = self.text.get(self.at + 1..end - 1).unwrap_or_default();
        check_reference(name).map_err(|kind| Malformed::new(Span::new(self.at as u32, end as u32), kind))?;
        self.at = end;
        Ok(())
    }

    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn byte_here(&self) -> Span {
        Span::new(self.at as u32, self.at as u32 + 1)
    }

    /// An error at the character that is next; at none when the tag is at its end.
    fn error_here(&self, what: &str) -> Malformed {
        let length = self.text.get(self.at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        Malformed::syntax(Span::new(self.at as u32, (self.at + length) as u32), what)
    }
}
