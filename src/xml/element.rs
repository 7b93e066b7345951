//! How the tree is walked.

use std::borrow::Cow;

use crate::span::Span;

use super::tree::{AttributeNode, Namespace, Node, Tree};
use super::value::{Pieces, attribute_value};

/// An element of a [`Tree`]; a copyable reference.
#[derive(Clone, Copy, Debug)]
pub struct Element<'t, 'a> {
    tree: &'t Tree<'a>,
    index: u32,
}

impl<'t, 'a> Element<'t, 'a> {
    pub(super) const fn new(tree: &'t Tree<'a>, index: u32) -> Self {
        Self { tree, index }
    }

    fn node(self) -> &'t Node {
        &self.tree.nodes[self.index as usize]
    }

    /// The namespace of its name.
    #[must_use]
    pub fn namespace(self) -> Namespace {
        self.node().namespace
    }

    /// The URI of its namespace; empty when it is in none.
    #[must_use]
    pub fn namespace_uri(self) -> &'t str {
        self.tree.uri(self.namespace())
    }

    /// Its name without the prefix.
    #[must_use]
    pub fn local_name(self) -> &'a str {
        self.tree.slice(self.node().local)
    }

    /// Whether this is its name.
    #[must_use]
    pub fn is(self, namespace: Namespace, local_name: &str) -> bool {
        self.namespace() == namespace && self.tree.stands(self.node().local, local_name)
    }

    /// Its attributes as they stand in the text, namespace declarations left out.
    pub fn attributes(self) -> impl Iterator<Item = Attribute<'t, 'a>> + use<'t, 'a> {
        let end = self.tree.nodes.get(self.index as usize + 1).map_or(self.tree.attributes.len(), |next| next.attributes as usize);
        let nodes = self.tree.attributes.get(self.node().attributes as usize..end).unwrap_or_default();
        nodes.iter().map(move |node| Attribute { tree: self.tree, node })
    }

    /// The attribute of that name.
    #[must_use]
    pub fn attribute(self, namespace: Namespace, local_name: &str) -> Option<Attribute<'t, 'a>> {
        self.attributes().find(|attribute| attribute.is(namespace, local_name))
    }

    /// The elements directly inside.
    pub fn children(self) -> impl Iterator<Item = Self> + use<'t, 'a> {
        let mut next = self.index + 1;
        std::iter::from_fn(move || {
            let child = (next < self.node().after).then(|| Self::new(self.tree, next))?;
            next = child.node().after;
            Some(child)
        })
    }

    /// The first element of that name directly inside.
    #[must_use]
    pub fn child(self, namespace: Namespace, local_name: &str) -> Option<Self> {
        self.children().find(|child| child.is(namespace, local_name))
    }

    /// The elements of that name directly inside.
    pub fn children_named<'n>(self, namespace: Namespace, local_name: &'n str) -> impl Iterator<Item = Self> + use<'t, 'a, 'n> {
        self.children().filter(move |child| child.is(namespace, local_name))
    }

    /// All elements inside, at any depth, in document order, without itself.
    pub fn descendants(self) -> impl Iterator<Item = Self> + use<'t, 'a> {
        (self.index + 1..self.node().after).map(move |index| Self::new(self.tree, index))
    }

    /// The element it is directly inside of; none for the root.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        (self.index > 0).then(|| Self::new(self.tree, self.node().parent))
    }

    /// All text and CDATA directly inside, put together: entities resolved, line ends `\n`.
    #[must_use]
    pub fn text(self) -> Cow<'a, str> {
        let mut pieces = self.pieces().map(|piece| piece.value());
        let first = pieces.next().unwrap_or_default();
        pieces.fold(first, |text, piece| text + piece)
    }

    /// From the start of the first to the end of the last piece of direct text, the marks around CDATA left out; empty, just behind the start tag,
    /// when there is none.
    #[must_use]
    pub fn text_span(self) -> Span {
        let behind = Span::new(self.node().tag_end, self.node().tag_end);
        let mut spans = self.pieces().map(|piece| piece.span);
        let Some(first) = spans.next() else { return behind };
        Span::new(first.start, spans.last().unwrap_or(first).end)
    }

    /// What is inside of the one CDATA section that all its direct text but white space stands in, as written: line ends are those of the file. None when
    /// its text is written in another way.
    #[must_use]
    pub fn cdata(self) -> Option<(&'a str, Span)> {
        let mut pieces = self.pieces().filter(|piece| !piece.is_blank());
        pieces.next().filter(|piece| piece.is_cdata).filter(|_| pieces.next().is_none()).map(|piece| (piece.raw, piece.span))
    }

    /// Whether any text directly inside is more than white space.
    #[must_use]
    pub fn has_text(self) -> bool {
        self.pieces().any(|piece| !piece.is_blank())
    }

    /// Its start tag, `<` and `>` included.
    #[must_use]
    pub fn tag_span(self) -> Span {
        Span::new(self.node().start, self.node().tag_end)
    }

    /// The whole element with its start and end tag.
    #[must_use]
    pub fn span(self) -> Span {
        Span::new(self.node().start, self.node().end)
    }

    fn pieces(self) -> Pieces<'a, impl Iterator<Item = Span>> {
        let content = Span::new(self.node().tag_end, self.content_end());
        Pieces::new(self.tree.text, content, self.children().map(Self::span))
    }

    /// Where the end tag starts. No end tag has a `<` but its first.
    fn content_end(self) -> u32 {
        let node = self.node();
        let behind_tag = self.tree.slice(Span::new(node.tag_end, node.end));
        memchr::memrchr(b'<', behind_tag.as_bytes()).map_or(node.end, |at| node.tag_end + at as u32)
    }
}

/// An attribute of an [`Element`]; a copyable reference.
#[derive(Clone, Copy, Debug)]
pub struct Attribute<'t, 'a> {
    tree: &'t Tree<'a>,
    node: &'t AttributeNode,
}

impl<'t, 'a> Attribute<'t, 'a> {
    /// The namespace of its name; none when it has no prefix.
    #[must_use]
    pub const fn namespace(self) -> Namespace {
        self.node.namespace
    }

    /// The URI of its namespace; empty when it is in none.
    #[must_use]
    pub fn namespace_uri(self) -> &'t str {
        self.tree.uri(self.node.namespace)
    }

    /// Its name without the prefix.
    #[must_use]
    pub fn local_name(self) -> &'a str {
        self.tree.slice(self.node.local)
    }

    /// Whether this is its name.
    #[must_use]
    pub fn is(self, namespace: Namespace, local_name: &str) -> bool {
        self.node.namespace == namespace && self.tree.stands(self.node.local, local_name)
    }

    /// Its value: entities resolved, literal tabs and line ends as spaces, those written as references kept.
    #[must_use]
    pub fn value(self) -> Cow<'a, str> {
        attribute_value(self.raw())
    }

    /// Its value as it stands in the text.
    #[must_use]
    pub fn raw(self) -> &'a str {
        self.tree.slice(self.node.value)
    }

    /// Where its value stands, without the quotes.
    #[must_use]
    pub const fn span(self) -> Span {
        self.node.value
    }

    /// Where its name stands, with its prefix.
    #[must_use]
    pub const fn name_span(self) -> Span {
        Span::new(self.node.name, self.node.local.end)
    }
}
