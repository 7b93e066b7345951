//! Which prefix stands for which namespace, at the place where the parser is.

use std::borrow::Cow;

use foldhash::HashMap;

use super::tree::Namespace;

const XML_URI: &str = "http://www.w3.org/XML/1998/namespace";
const XMLNS_URI: &str = "http://www.w3.org/2000/xmlns/";

/// Why a namespace declaration is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BadDeclaration {
    /// The same prefix twice in one tag.
    Duplicate,
    /// `xml`, `xmlns` or one of their URIs.
    Reserved,
    /// `xmlns:p=""`.
    EmptyUri,
    TooManyNamespaces,
}

/// The declarations in force. Every prefix has its place for good; leaving an element puts back what its declarations had hidden. So nothing here
/// takes longer the more declarations are in force.
pub(super) struct Scope<'a> {
    places: HashMap<&'a str, usize>,
    bound: Vec<Option<Namespace>>,
    /// The element that has declared the prefix last.
    declared_by: Vec<Option<usize>>,
    hidden: Vec<Hidden>,
    /// The prefix resolved last: SSIS puts the same one before nearly all names.
    last: (&'a str, usize),
    numbers: HashMap<Cow<'a, str>, Namespace>,
    uris: Vec<Cow<'a, str>>,
}

struct Hidden {
    depth: usize,
    place: usize,
    before: Option<Namespace>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(known: &[&'static str]) -> Self {
        let mut scope = Self {
            places: HashMap::from_iter([("", 0), ("xml", 1)]),
            bound: vec![Some(Namespace::NONE), None],
            declared_by: vec![None; 2],
            hidden: Vec::new(),
            last: ("", 0),
            numbers: HashMap::from_iter([(Cow::Borrowed(""), Namespace::NONE)]),
            uris: vec![Cow::Borrowed("")],
        };
        for uri in known {
            scope.number_of(Cow::Borrowed(uri));
        }
        scope.bound[1] = scope.number_of(Cow::Borrowed(XML_URI));
        scope
    }

    /// The URIs by number.
    pub(super) fn into_uris(self) -> Vec<Cow<'a, str>> {
        self.uris
    }

    /// The namespace that `prefix` stands for; the empty prefix is the default namespace.
    pub(super) fn resolve(&mut self, prefix: &'a str) -> Option<Namespace> {
        if self.last.0 != prefix {
            self.last = (prefix, *self.places.get(prefix)?);
        }
        self.bound[self.last.1]
    }

    /// Binds `prefix` within the element of that number at `depth` (the root's is 1), whose start tag is being read.
    pub(super) fn declare(&mut self, prefix: &'a str, uri: Cow<'a, str>, element: usize, depth: usize) -> Result<(), BadDeclaration> {
        if prefix == "xmlns" || uri == XMLNS_URI || (prefix == "xml") != (uri == XML_URI) {
            return Err(BadDeclaration::Reserved);
        }
        if uri.is_empty() && !prefix.is_empty() {
            return Err(BadDeclaration::EmptyUri);
        }
        let namespace = self.number_of(uri).ok_or(BadDeclaration::TooManyNamespaces)?;
        let place = self.place_of(prefix);
        if self.declared_by[place].replace(element) == Some(element) {
            return Err(BadDeclaration::Duplicate);
        }
        let before = self.bound[place].replace(namespace);
        self.hidden.push(Hidden { depth, place, before });
        Ok(())
    }

    /// Forgets what the element at `depth` had declared.
    pub(super) fn leave(&mut self, depth: usize) {
        while let Some(hidden) = self.hidden.pop_if(|hidden| hidden.depth == depth) {
            self.bound[hidden.place] = hidden.before;
        }
    }

    fn place_of(&mut self, prefix: &'a str) -> usize {
        let next = self.bound.len();
        let place = *self.places.entry(prefix).or_insert(next);
        if place == next {
            self.bound.push(None);
            self.declared_by.push(None);
        }
        place
    }

    /// The number of the namespace, a new one when it is met for the first time; nothing when there are no more numbers.
    fn number_of(&mut self, uri: Cow<'a, str>) -> Option<Namespace> {
        if let Some(namespace) = self.numbers.get(&uri) {
            return Some(*namespace);
        }
        let namespace = Namespace(u16::try_from(self.uris.len()).ok()?);
        self.uris.push(uri.clone());
        self.numbers.insert(uri, namespace);
        Some(namespace)
    }
}
