//! The tree as it is stored: two flat lists of offsets into the text.

use std::borrow::Cow;

use crate::span::Span;

use super::build::Builder;
use super::element::Element;
use super::malformed::Malformed;

/// How much of a document is accepted; more is [`Malformed`] with a [limit](super::MalformedKind::limit).
///
/// They bound what a hostile file can cost, and stand far above what SSIS writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Elements inside each other, the root counted.
    pub depth: u32,
    /// Attributes of one element, namespace declarations counted.
    pub attributes: u32,
    /// Elements of one document.
    pub elements: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { depth: 512, attributes: 4096, elements: 2_000_000 }
    }
}

/// A namespace of one document, as a number that is quick to compare.
///
/// The namespaces handed to [`Tree::parse`] are 1, 2, … in their order, so that callers can compare with constants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Namespace(pub u16);

impl Namespace {
    /// Of names that are in no namespace.
    pub const NONE: Self = Self(0);
}

/// An element as stored. The lists are in document order, so the descendants of the node at `n` are `n + 1 .. after`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    /// Where `<` stands.
    pub(super) start: u32,
    /// Just past the `>` of the start tag.
    pub(super) tag_end: u32,
    /// Just past the `>` of the end tag; that of the start tag when the element is empty (`<a/>`).
    pub(super) end: u32,
    pub(super) local: Span,
    pub(super) namespace: Namespace,
    /// The root is its own parent.
    pub(super) parent: u32,
    /// The first node that is not a descendant.
    pub(super) after: u32,
    /// The first of its attributes; they end where those of the next node begin.
    pub(super) attributes: u32,
}

/// An attribute as stored.
#[derive(Clone, Copy, Debug)]
pub(super) struct AttributeNode {
    /// Where the name starts, with its prefix if it has one.
    pub(super) name: u32,
    pub(super) local: Span,
    pub(super) value: Span,
    pub(super) namespace: Namespace,
}

/// A well-formed document: its elements with their places in the text.
#[derive(Debug)]
pub struct Tree<'a> {
    pub(super) text: &'a str,
    /// Never empty: the first is the root.
    pub(super) nodes: Vec<Node>,
    pub(super) attributes: Vec<AttributeNode>,
    /// By [`Namespace`].
    pub(super) uris: Vec<Cow<'a, str>>,
}

impl<'a> Tree<'a> {
    /// The tree of `text`; the namespaces in `known` get the numbers 1, 2, …
    ///
    /// # Errors
    ///
    /// What is wrong first and where, when the text is not well-formed, has a document type, or goes beyond the limits.
    pub fn parse(text: &'a str, known: &[&'static str], limits: &Limits) -> Result<Self, Malformed> {
        Builder::new(text, known, limits)?.build().map_err(|malformed| malformed.explained_by_conflict(text))
    }

    /// The outermost element.
    #[must_use]
    pub fn root(&self) -> Element<'_, 'a> {
        Element::new(self, 0)
    }

    /// Number of elements.
    #[must_use]
    pub const fn count(&self) -> u32 {
        // There are no more than the text has bytes, and those are counted by 32 bits.
        self.nodes.len() as u32
    }

    /// The whole source.
    #[must_use]
    pub const fn text(&self) -> &'a str {
        self.text
    }

    pub(super) fn uri(&self, namespace: Namespace) -> &str {
        self.uris.get(usize::from(namespace.0)).map_or("", |uri| uri)
    }

    /// Whether that is what stands there; the lengths mostly differ.
    pub(super) fn stands(&self, span: Span, text: &str) -> bool {
        span.len() as usize == text.len() && self.text.as_bytes().get(span.start as usize..span.end as usize) == Some(text.as_bytes())
    }

    pub(super) fn slice(&self, span: Span) -> &'a str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }
}
