//! From quick-xml's events to the tree, refusing what quick-xml lets pass.

use foldhash::{HashSet, HashSetExt};
use quick_xml::errors::{Error, IllFormedError, SyntaxError};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use crate::span::Span;

use super::characters::{first_forbidden, is_white_space, prefix_length};
use super::malformed::{Malformed, MalformedKind};
use super::scope::{BadDeclaration, Scope};
use super::tag::{RawAttribute, TagReader};
use super::tree::{AttributeNode, Limits, Namespace, Node, Tree};
use super::value::{attribute_value, check_reference};

const BYTE_ORDER_MARK: char = '\u{FEFF}';
/// Up to so many attributes, comparing each with each is quicker than a hash set.
const FEW: usize = 16;
/// Bytes of text for which room for a node is made beforehand: packages have one for every 100 to 400.
const BYTES_FOR_NODE: usize = 256;

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
            nodes: Vec::with_capacity(text.len() / BYTES_FOR_NODE),
            attributes: Vec::with_capacity(text.len() / BYTES_FOR_NODE),
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
            // By reference: moving the event out of its result costs a tenth of the whole pass.
            match &event {
                Ok(Event::Eof) => return self.finish(),
                Ok(event) => self.event(event, Span::new(start as u32, end as u32))?,
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
                check_reference(reference).map_err(|kind| Malformed::new(span, kind))
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
        let Some(prefix) = prefix_length(self.slice(name)).map(|length| length as u32) else {
            return Err(Malformed::syntax(name, "the name of the element is not one that XML allows"));
        };
        let first = self.attributes.len();
        self.read_attributes(Span::new(name.end, span.start + 1 + tag.len() as u32), span)?;
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

    fn read_attributes(&mut self, inside: Span, span: Span) -> Result<(), Malformed> {
        let limit = self.limits.attributes;
        let mut tag = TagReader::new(self.text, inside);
        let mut count = 0;
        while let Some(attribute) = tag.next()? {
            count += 1;
            if count > limit {
                return Err(Malformed::new(span, MalformedKind::TooManyAttributes(limit)));
            }
            match self.declared_prefix(attribute) {
                Some(prefix) => self.declare(prefix, attribute)?,
                None => self.attributes.push(AttributeNode {
                    name: attribute.name.start,
                    local: Span::new(attribute.name.start + after_prefix(attribute.prefix), attribute.name.end),
                    value: attribute.value,
                    namespace: Namespace::NONE,
                }),
            }
        }
        Ok(())
    }

    /// The prefix that the attribute declares when it is `xmlns` or `xmlns:…`.
    fn declared_prefix(&self, attribute: RawAttribute) -> Option<&'a str> {
        let name = self.slice(attribute.name);
        if !name.starts_with('x') {
            return None;
        }
        match name.strip_prefix("xmlns")? {
            "" => Some(""),
            rest if attribute.prefix == 5 => rest.get(1..),
            _ => None,
        }
    }

    fn declare(&mut self, prefix: &'a str, RawAttribute { name, value, .. }: RawAttribute) -> Result<(), Malformed> {
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
        let local = |attribute: &AttributeNode| &self.text.as_bytes()[attribute.local.start as usize..attribute.local.end as usize];
        let duplicate = if attributes.len() <= FEW {
            // The lengths mostly differ, so they go first.
            let same = |one: &AttributeNode, other: &AttributeNode| {
                one.local.len() == other.local.len() && one.namespace == other.namespace && local(one) == local(other)
            };
            let is_repeated = |(index, attribute): &(usize, &AttributeNode)| attributes[..*index].iter().any(|earlier| same(earlier, attribute));
            attributes.iter().enumerate().find(is_repeated).map(|(_, attribute)| attribute)
        } else {
            let mut seen = HashSet::with_capacity(attributes.len());
            attributes.iter().find(|attribute| !seen.insert((attribute.namespace, local(attribute))))
        };
        match duplicate {
            None => Ok(()),
            Some(attribute) => {
                let span = Span::new(attribute.name, attribute.local.end);
                Err(Malformed::new(span, MalformedKind::DuplicateAttribute { name: self.slice(span).to_owned() }))
            }
        }
    }

    fn reader_error(&self, error: &Error, place: usize, event: std::ops::Range<usize>) -> Malformed {
        let rest = self.text.get(place..).unwrap_or_default();
        let line = Span::to_line_end(self.text, place);
        match error {
            _ if rest.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("<!d")) => Malformed::new(line, MalformedKind::Doctype),
            Error::Syntax(SyntaxError::InvalidBangMarkup) if rest.len() > 2 => Malformed::syntax(line, "`<!` begins neither a comment nor CDATA"),
            Error::Syntax(_) if rest.len() > 1 && event.end < self.text.len() => Malformed::syntax(line, "this is neither a tag nor a comment nor CDATA"),
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

    fn name_of(&self, node: &Node) -> String {
        self.slice(Span::new(node.start + 1, node.local.end)).to_owned()
    }

    fn slice(&self, span: Span) -> &'a str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }
}

const fn after_prefix(length: u32) -> u32 {
    if length == 0 { 0 } else { length + 1 }
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
