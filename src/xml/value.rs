//! What pieces of text and attribute values mean. The builder has checked them, so nothing here can fail.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::escape::{resolve_xml_entity, unescape_with};
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesRef, BytesText};
use quick_xml::name::QName;

use crate::span::Span;

use super::characters::is_xml_char;
use super::malformed::MalformedKind;

/// The value of an attribute as XML's rules for attributes of type CDATA make it from `raw`.
pub(super) fn attribute_value(raw: &str) -> Cow<'_, str> {
    if is_plain(raw.as_bytes()) {
        return Cow::Borrowed(raw);
    }
    let attribute = Attribute { key: QName(""), value: Cow::Borrowed(raw) };
    attribute.normalized_value(XmlVersion::Implicit1_0).unwrap_or(Cow::Borrowed(raw))
}

/// Whether there is no `&`, tab or line end. Most values are plain, and short, so eight bytes are looked at in one word.
fn is_plain(bytes: &[u8]) -> bool {
    const EACH: u64 = u64::MAX / 255;
    const HIGH: u64 = EACH * 0x80;
    let (words, rest) = bytes.as_chunks::<8>();
    let marked = words.iter().fold(0, |marked, word| {
        let word = u64::from_le_bytes(*word);
        let reference = word ^ (EACH * b'&' as u64);
        marked | (word.wrapping_sub(EACH * b' ' as u64) & !word & HIGH) | (reference.wrapping_sub(EACH) & !reference & HIGH)
    });
    marked == 0 && rest.iter().all(|byte| *byte >= b' ' && *byte != b'&')
}

/// Checks what stands between `&` and `;`.
pub(super) fn check_reference(name: &str) -> Result<(), MalformedKind> {
    match BytesRef::new(name).resolve_char_ref() {
        Ok(Some(character)) if is_xml_char(character) => Ok(()),
        Ok(None) if resolve_xml_entity(name).is_some() => Ok(()),
        Ok(None) => Err(MalformedKind::UnknownEntity),
        Ok(Some(_)) | Err(_) => Err(MalformedKind::BadCharacterReference),
    }
}

/// A run of text, or what is inside one CDATA section.
pub(super) struct Piece<'a> {
    pub(super) span: Span,
    /// As written.
    pub(super) raw: &'a str,
    pub(super) is_cdata: bool,
}

impl<'a> Piece<'a> {
    /// Whether it is nothing but white space.
    pub(super) fn is_blank(&self) -> bool {
        match self.raw.trim_ascii_start().as_bytes().first() {
            None => true,
            Some(b'&') if !self.is_cdata => self.value().trim_ascii().is_empty(),
            Some(_) => false,
        }
    }

    /// Line ends come first: a carriage return written as a reference stays.
    pub(super) fn value(&self) -> Cow<'a, str> {
        let lines = BytesText::from_escaped(self.raw).xml10_content();
        if self.is_cdata {
            return lines;
        }
        match lines {
            Cow::Borrowed(lines) => unescape_with(lines, resolve_xml_entity).unwrap_or(Cow::Borrowed(lines)),
            Cow::Owned(lines) => Cow::Owned(unescape_with(&lines, resolve_xml_entity).unwrap_or(Cow::Borrowed(&lines)).into_owned()),
        }
    }
}

/// The pieces of text in an element's content. They are not stored in the tree but found again between the children: most elements are never
/// asked for their text, and most text is indentation.
pub(super) struct Pieces<'a, I> {
    text: &'a str,
    at: u32,
    end: u32,
    child: Option<Span>,
    children: I,
}

impl<'a, I: Iterator<Item = Span>> Pieces<'a, I> {
    pub(super) fn new(text: &'a str, content: Span, mut children: I) -> Self {
        let child = children.next();
        let (at, end) = (content.start, content.end);
        Self { text, at, end, child, children }
    }

    /// What is left up to the next child.
    fn rest(&self) -> &'a str {
        let end = self.child.map_or(self.end, |child| child.start);
        self.text.get(self.at as usize..end as usize).unwrap_or_default()
    }

    fn skip_child(&mut self) -> Option<()> {
        self.at = self.child?.end;
        self.child = self.children.next();
        Some(())
    }

    /// Takes `before + length + behind` bytes; the middle of them is the piece.
    fn take(&mut self, before: usize, length: usize, behind: usize) -> Piece<'a> {
        let raw = self.rest().get(before..before + length).unwrap_or_default();
        let start = self.at + before as u32;
        let span = Span::new(start, start + length as u32);
        self.at = span.end + behind as u32;
        Piece { span, raw, is_cdata: before > 0 }
    }
}

impl<'a, I: Iterator<Item = Span>> Iterator for Pieces<'a, I> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            let rest = self.rest();
            if rest.is_empty() {
                self.skip_child()?;
            } else if let Some(inside) = rest.strip_prefix("<![CDATA[") {
                return Some(self.take(9, memchr::memmem::find(inside.as_bytes(), b"]]>").unwrap_or(inside.len()), 3));
            } else if rest.starts_with('<') {
                // The mark that closes must not share characters with the one that opens, as in `<!-->-->`.
                let (open, close) = if rest.starts_with("<!--") { (4, "-->") } else { (2, "?>") };
                let inside = rest.get(open..).unwrap_or_default();
                self.at += inside.find(close).map_or(rest.len(), |at| open + at + close.len()) as u32;
            } else {
                let length = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
                return Some(self.take(0, length, 0));
            }
        }
    }
}
