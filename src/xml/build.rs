//! From quick-xml's events to the tree, refusing what quick-xml lets pass.

use std::collections::HashSet;

use quick_xml::errors::{Error, IllFormedError, SyntaxError};
use quick_xml::events::attributes::{AttrError, Attribute};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use crate::span::Span;

use super::characters::{first_forbidden, is_white_space, prefix_length};
use super::malformed::{Malformed, MalformedKind};
use super::scope::{BadDeclaration, Scope};
use super::tree::{AttributeNode, Limits, Namespace, Node, Tree};
use super::value::{BadReference, attribute_value, check_reference};

const BYTE_ORDER_MARK: char = '\u{FEFF}';
/// Up to so many attributes, comparing each with each is quicker than a hash set.
const FEW: usize = 16;

pub(super) struct Builder<'a, 'l> {
    text: &'a str,
    /// Where the document starts, behind a byte order mark.
    base: usize,
    limits: &'l Limits,
    scope: Scope<'a>,
    nodes: Vec<Node>,
    attributes: Vec<AttributeNode>,
    /// The nodes not yet closed, outermost first.
    open: Vec<u32>,
}

impl<'a, 'l> Builder<'a, 'l> {
    pub(super) fn new(text: &'a str, known: &[&'static str], limits: &'l Limits) -> Result<Self, Malformed> {
        check_whole(text)?;
        Ok(Self {
            text,
            base: if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 },
            limits,
            scope: Scope::new(known),
            nodes: Vec::new(),
            attributes: Vec::new(),
            open: Vec::new(),
        })
    }

    pub(super) fn build(mut self) -> Result<Tree<'a>, Malformed> {
        let mut reader = Reader::from_str(&self.text[self.base..]);
        reader.config_mut().check_comments = true;
        let mut start = self.base;
        loop {
            let event = reader.read_event();
            let end = self.base + reader.buffer_position() as usize;
            match event {
                Ok(Event::Eof) => return self.finish(),
                Ok(event) => self.event(&event, Span::new(start as u32, end as u32))?,
                Err(error) => return Err(self.reader_error(error, self.base + reader.error_position() as usize, start..end)),
            }
            start = end;
        }
    }

    fn event(&mut self, event: &Event<'_>, span: Span) -> Result<(), Malformed> {
        match event {
            Event::Start(tag) => self.start(tag, span, true),
            Event::Empty(tag) => self.start(tag, span, false),
            Event::End(_) => self.end(span),
            Event::Text(text) => self.check_text(text, span),
            Event::CData(_) => self.check_inside(span),
            Event::GeneralRef(reference) => {
                self.check_inside(span)?;
                check_reference(reference).map_err(|bad| bad_reference(bad, span))
            }
            Event::Decl(_) if span.start as usize != self.base => Err(Malformed::syntax(span, "the XML declaration is not the first thing in the file")),
            Event::DocType(_) => Err(Malformed::new(span, MalformedKind::Doctype)),
            Event::PI(instruction) if prefix_length(instruction.target()).is_none() => Err(Malformed::syntax(span, "the processing instruction has no name")),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::Eof => Ok(()),
        }
    }

    fn finish(self) -> Result<Tree<'a>, Malformed> {
        if let Some(node) = self.open.last() {
            let node = &self.nodes[*node as usize];
            let name = self.name_of(node);
            return Err(Malformed::new(Span::new(node.start, node.tag_end), MalformedKind::Unclosed { name }));
        }
        if self.nodes.is_empty() {
            return Err(Malformed::new(Span::to_line_end(self.text, self.base), MalformedKind::NoElement));
        }
        Ok(Tree { text: self.text, nodes: self.nodes, attributes: self.attributes, uris: self.scope.into_uris() })
    }

    fn start(&mut self, tag: &BytesStart<'_>, span: Span, has_content: bool) -> Result<(), Malformed> {
        self.check_room(span)?;
        let name = Span::new(span.start + 1, span.start + 1 + tag.name().as_ref().len() as u32);
        let prefix = self.prefix_length(name, "the name of the element is not one that XML allows")?;
        let first = self.attributes.len();
        self.read_attributes(tag, span)?;
        self.resolve_attributes(first)?;
        self.check_duplicates(first)?;
        let namespace = self.resolve(Span::new(name.start, name.start + prefix))?;
        let index = self.nodes.len() as u32;
        self.nodes.push(Node {
            start: span.start,
            tag_end: span.end,
            end: span.end,
            local: Span::new(name.start + after_prefix(prefix), name.end),
            namespace,
            parent: self.open.last().copied().unwrap_or(0),
            after: index + 1,
            attributes: first as u32,
        });
        if has_content {
            self.open.push(index);
        } else {
            self.scope.leave(self.open.len() + 1);
        }
        Ok(())
    }

    /// That the end tag has the right name, quick-xml has checked.
    fn end(&mut self, span: Span) -> Result<(), Malformed> {
        self.scope.leave(self.open.len());
        let Some(index) = self.open.pop() else {
            return Err(Malformed::new(span, MalformedKind::TrailingContent));
        };
        let after = self.nodes.len() as u32;
        let node = &mut self.nodes[index as usize];
        (node.end, node.after) = (span.end, after);
        Ok(())
    }

    fn check_room(&self, span: Span) -> Result<(), Malformed> {
        let kind = if self.open.is_empty() && !self.nodes.is_empty() {
            MalformedKind::TrailingContent
        } else if self.open.len() >= self.limits.depth as usize {
            MalformedKind::TooDeep(self.limits.depth)
        } else if self.nodes.len() >= self.limits.elements as usize {
            MalformedKind::TooManyElements(self.limits.elements)
        } else {
            return Ok(());
        };
        Err(Malformed::new(span, kind))
    }

    fn check_text(&self, text: &str, span: Span) -> Result<(), Malformed> {
        let bytes = text.as_bytes();
        if self.open.is_empty() && !bytes.iter().all(|byte| is_white_space(*byte)) {
            return self.check_inside(span);
        }
        // `>` is rare in text, so this is quicker than looking for the three at once.
        match memchr::memchr(b'>', bytes).and_then(|_| text.find("]]>")) {
            Some(at) => Err(Malformed::syntax(Span::new(span.start + at as u32, span.start + at as u32 + 3), "`]]>` stands in text")),
            None => Ok(()),
        }
    }

    fn check_inside(&self, span: Span) -> Result<(), Malformed> {
        if !self.open.is_empty() {
            return Ok(());
        }
        let blank = self.text.as_bytes()[span.start as usize..].iter().take_while(|byte| is_white_space(**byte)).count();
        let place = Span::to_line_end(self.text, span.start as usize + blank);
        if self.nodes.is_empty() {
            return Err(Malformed::syntax(place, "there is text before the outermost element"));
        }
        Err(Malformed::new(place, MalformedKind::TrailingContent))
    }

    fn read_attributes(&mut self, tag: &BytesStart<'_>, span: Span) -> Result<(), Malformed> {
        let limit = self.limits.attributes;
        let has_special = memchr::memchr2(b'<', b'&', tag.attributes_raw().as_bytes()).is_some();
        let mut count = 0;
        // Duplicates are looked for by namespace and local name later on.
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| self.attribute_error(&error, span))?;
            count += 1;
            if count > limit {
                return Err(Malformed::new(span, MalformedKind::TooManyAttributes(limit)));
            }
            self.read_attribute(&attribute, has_special)?;
        }
        Ok(())
    }

    fn read_attribute(&mut self, attribute: &Attribute<'_>, has_special: bool) -> Result<(), Malformed> {
        let (name, value) = (self.place_of(attribute.key.as_ref()), self.place_of(&attribute.value));
        if !is_white_space(self.text.as_bytes()[name.start as usize - 1]) {
            return Err(Malformed::syntax(name, "a space is missing before the attribute"));
        }
        let prefix = self.prefix_length(name, "the name of the attribute is not one that XML allows")?;
        if has_special {
            self.check_value(value)?;
        }
        let local = Span::new(name.start + after_prefix(prefix), name.end);
        match self.declared_prefix(name, prefix) {
            Some(declared) => self.declare(declared, name, value),
            None => {
                self.attributes.push(AttributeNode { name: name.start, local, value, namespace: Namespace::NONE });
                Ok(())
            }
        }
    }

    /// The prefix that the attribute declares when it is `xmlns` or `xmlns:…`.
    fn declared_prefix(&self, name: Span, prefix: u32) -> Option<&'a str> {
        match self.slice(name).strip_prefix("xmlns")? {
            "" => Some(""),
            rest if prefix == 5 => rest.get(1..),
            _ => None,
        }
    }

    fn declare(&mut self, prefix: &'a str, name: Span, value: Span) -> Result<(), Malformed> {
        let uri = attribute_value(self.slice(value));
        self.scope.declare(prefix, uri, self.nodes.len(), self.open.len() + 1).map_err(|bad| match bad {
            BadDeclaration::Duplicate => Malformed::new(name, MalformedKind::DuplicateAttribute { name: self.slice(name).to_owned() }),
            BadDeclaration::Reserved => Malformed::syntax(name, "the declaration uses a prefix or a namespace that XML keeps for itself"),
            BadDeclaration::EmptyUri => Malformed::syntax(name, "the prefix is declared without a namespace"),
            BadDeclaration::TooManyNamespaces => Malformed::new(name, MalformedKind::TooManyNamespaces(u16::MAX.into())),
        })
    }

    /// Only now, since a tag may use a prefix before it declares it.
    fn resolve_attributes(&mut self, first: usize) -> Result<(), Malformed> {
        for index in first..self.attributes.len() {
            let AttributeNode { name, local, .. } = self.attributes[index];
            if name != local.start {
                self.attributes[index].namespace = self.resolve(Span::new(name, local.start - 1))?;
            }
        }
        Ok(())
    }

    fn resolve(&mut self, prefix: Span) -> Result<Namespace, Malformed> {
        let name = self.slice(prefix);
        let undeclared = || Malformed::new(prefix, MalformedKind::UndeclaredPrefix { prefix: name.to_owned() });
        self.scope.resolve(name).ok_or_else(undeclared)
    }

    fn check_duplicates(&self, first: usize) -> Result<(), Malformed> {
        let attributes = &self.attributes[first..];
        let key = |attribute: &AttributeNode| (attribute.namespace, self.slice(attribute.local));
        let duplicate = if attributes.len() <= FEW {
            let is_earlier = |(index, attribute): &(usize, &AttributeNode)| attributes[..*index].iter().any(|earlier| key(earlier) == key(attribute));
            attributes.iter().enumerate().find(is_earlier).map(|(_, attribute)| attribute)
        } else {
            let mut seen = HashSet::with_capacity(attributes.len());
            attributes.iter().find(|attribute| !seen.insert(key(attribute)))
        };
        match duplicate {
            None => Ok(()),
            Some(attribute) => {
                let span = Span::new(attribute.name, attribute.local.end);
                Err(Malformed::new(span, MalformedKind::DuplicateAttribute { name: self.slice(span).to_owned() }))
            }
        }
    }

    fn check_value(&self, value: Span) -> Result<(), Malformed> {
        let bytes = self.slice(value).as_bytes();
        for at in memchr::memchr2_iter(b'<', b'&', bytes) {
            let start = value.start + at as u32;
            let name = &bytes[at + 1..];
            if bytes[at] == b'<' {
                return Err(Malformed::syntax(Span::new(start, start + 1), "`<` stands in the value of an attribute"));
            }
            let Some(length) = name.iter().position(|byte| matches!(byte, b';' | b'&' | b'<')).filter(|end| name[*end] == b';') else {
                return Err(Malformed::new(Span::new(start, start + 1), MalformedKind::BareAmpersand));
            };
            let span = Span::new(start, start + length as u32 + 2);
            check_reference(self.slice(Span::new(span.start + 1, span.end - 1))).map_err(|bad| bad_reference(bad, span))?;
        }
        Ok(())
    }

    fn prefix_length(&self, name: Span, otherwise: &str) -> Result<u32, Malformed> {
        match prefix_length(self.slice(name)) {
            Some(length) => Ok(length as u32),
            None => Err(Malformed::syntax(name, otherwise)),
        }
    }

    fn reader_error(&self, error: Error, place: usize, event: std::ops::Range<usize>) -> Malformed {
        let rest = self.text.get(place..).unwrap_or_default();
        let line = Span::to_line_end(self.text, place);
        match error {
            _ if rest.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("<!d")) => Malformed::new(line, MalformedKind::Doctype),
            Error::Syntax(SyntaxError::InvalidBangMarkup) if rest.len() > 2 => Malformed::syntax(line, "`<!` begins neither a comment nor CDATA"),
            Error::Syntax(_) if event.end < self.text.len() => Malformed::syntax(line, "this is neither a tag nor a comment nor CDATA"),
            Error::Syntax(_) => Malformed::new(line, MalformedKind::Truncated),
            Error::IllFormed(IllFormedError::UnclosedReference) => Malformed::new(Span::new(place as u32, place as u32 + 1), MalformedKind::BareAmpersand),
            Error::IllFormed(IllFormedError::MismatchedEndTag { .. } | IllFormedError::UnmatchedEndTag(_)) => {
                self.wrong_end(Span::new(event.start as u32, event.end as u32))
            }
            Error::IllFormed(IllFormedError::DoubleHyphenInComment) => {
                Malformed::syntax(Span::new(event.start as u32, event.end as u32), "`--` stands in a comment")
            }
            // The text of other errors may quote values, so it is not passed on.
            _ => Malformed::syntax(line, "this is not XML"),
        }
    }

    fn wrong_end(&self, span: Span) -> Malformed {
        let Some(node) = self.open.last().map(|index| &self.nodes[*index as usize]) else {
            return Malformed::new(span, MalformedKind::TrailingContent);
        };
        let inside = self.slice(Span::new(span.start + 2, span.end - 1)).trim_ascii_end();
        if prefix_length(inside).is_none() {
            return Malformed::syntax(span, "the end tag holds no name, or more than a name");
        }
        let kind = MalformedKind::Mismatched { open: self.name_of(node), opened: Span::new(node.start, node.tag_end), found: inside.to_owned() };
        Malformed::new(span, kind)
    }

    fn attribute_error(&self, error: &AttrError, tag: Span) -> Malformed {
        let (at, what) = match error {
            AttrError::ExpectedEq(at) => (at, "an attribute has no value: `=` is missing here"),
            AttrError::ExpectedValue(at) => (at, "an attribute has no value after its `=`"),
            AttrError::UnquotedValue(at) => (at, "the value of an attribute is not in quotes"),
            AttrError::ExpectedQuote(at, _) => (at, "the quote that ends the value of an attribute is missing"),
            AttrError::Duplicated(at, _) => (at, "an attribute is given twice in the same tag"),
        };
        let start = tag.start as usize + 1 + at;
        let length = self.text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        Malformed::syntax(Span::new(start as u32, (start + length) as u32), what)
    }

    fn name_of(&self, node: &Node) -> String {
        self.slice(Span::new(node.start + 1, node.local.end)).to_owned()
    }

    fn slice(&self, span: Span) -> &'a str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// Where `part`, which quick-xml cut out of the text, stands in it.
    fn place_of(&self, part: &str) -> Span {
        let start = (part.as_ptr() as usize - self.text.as_ptr() as usize) as u32;
        Span::new(start, start + part.len() as u32)
    }
}

const fn after_prefix(length: u32) -> u32 {
    if length == 0 { 0 } else { length + 1 }
}

const fn bad_reference(bad: BadReference, span: Span) -> Malformed {
    let kind = match bad {
        BadReference::UnknownEntity => MalformedKind::UnknownEntity,
        BadReference::NoCharacter => MalformedKind::BadCharacterReference,
    };
    Malformed::new(span, kind)
}

/// What can be said of the text before it is taken apart.
fn check_whole(text: &str) -> Result<(), Malformed> {
    if u32::try_from(text.len()).is_err() {
        return Err(Malformed::new(Span::default(), MalformedKind::TooLarge(u32::MAX)));
    }
    let document = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    let start = text.len() - document.len();
    match document.bytes().find(|byte| !is_white_space(*byte)) {
        None => return Err(Malformed::new(Span::new(start as u32, start as u32), MalformedKind::Empty)),
        Some(b'<') => {}
        Some(_) => return Err(Malformed::new(Span::to_line_end(text, start), MalformedKind::NotXml)),
    }
    match first_forbidden(text) {
        Some((span, character)) => Err(Malformed::new(span, MalformedKind::ForbiddenCharacter { character })),
        None => Ok(()),
    }
}
