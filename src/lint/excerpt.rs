//! Places and excerpts of one document, with its secrets masked.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::decrypted::Opened;
use crate::finding::{Excerpt, FileRef, Location};
use crate::lang::secret;
use crate::masks::Masks;
use crate::model::{Document, DocumentKind, Protection};
use crate::source::{LineTable, excerpt};
use crate::span::Span;

/// The line table of a document and the places that must not be shown.
pub(super) struct Excerpts<'s> {
    opened: &'s Opened<'s>,
    document: Option<&'s Document<'s>>,
    masks: &'s Masks<'s>,
    lines: LineTable,
    hidden: OnceCell<Vec<Span>>,
}

/// How far around the start of a finding the text is searched for secrets, in bytes. What an excerpt shows beyond is searched once more as shown.
const MARGIN: usize = 512;

impl<'s> Excerpts<'s> {
    /// For a document; without its model only what looks like a secret is masked.
    pub(super) fn new(opened: &'s Opened<'s>, document: Option<&'s Document<'s>>, masks: &'s Masks<'s>) -> Self {
        Self { opened, document, masks, lines: LineTable::default(), hidden: OnceCell::new() }
    }

    /// What a rule says, without what only the team calls a secret.
    pub(super) fn harmless(&self, text: String) -> String {
        self.masks.without_known(Cow::Owned(text)).into_owned()
    }

    /// The file that it is about.
    pub(super) const fn file(&self) -> &'s FileRef {
        &self.opened.source.file
    }

    /// Lines and columns of a span.
    pub(super) fn location(&self, span: Span) -> Location {
        self.lines.location(&self.opened.source.text, self.opened.original(span))
    }

    /// The lines around a span; none for what the file holds as ciphertext.
    pub(super) fn excerpt(&self, span: Span) -> Option<Excerpt> {
        if self.opened.was_hidden(span) {
            return None;
        }
        let span = self.opened.original(span);
        let text = &self.opened.source.text;
        let start = text.floor_char_boundary((span.start as usize).saturating_sub(MARGIN));
        let end = text.ceil_char_boundary((span.start as usize).saturating_add(2 * MARGIN).min(text.len()));
        let around = text.get(start..end).unwrap_or_default();
        let found = secret::suspects(around).into_iter().chain(self.masks.places_of_known(around)).filter_map(|range| {
            let offset = |position: usize| u32::try_from(start + position).ok();
            Some(Span::new(offset(range.start)?, offset(range.end)?))
        });
        Some(self.masked(excerpt(text, &self.lines, span, self.hidden().iter().copied().chain(found))))
    }

    /// The known secrets of the document.
    fn hidden(&self) -> &[Span] {
        self.hidden.get_or_init(|| {
            let spans = self.document.map(|document| known_secrets(document, self.masks)).unwrap_or_default();
            spans.into_iter().filter(|span| !self.opened.was_hidden(*span)).map(|span| self.opened.original(span)).collect()
        })
    }

    /// Masks what is secret in the text that is shown: lines of a long label may lie beyond the part that was searched.
    fn masked(&self, shown: Excerpt) -> Excerpt {
        let text = match self.masks.text(&shown.text) {
            Cow::Borrowed(_) => return shown,
            Cow::Owned(text) => text,
        };
        let place = |offset: usize| {
            let before = self.masks.text(shown.text.get(..offset).unwrap_or_default()).len();
            text.floor_char_boundary(before.min(text.len()))
        };
        let start = place(shown.label.0);
        let label = (start, place(shown.label.1).max(start));
        Excerpt { text, label, ..shown }
    }
}

/// Values that the model knows to be secret: what is marked sensitive, and values of variables and parameters that are named like one.
fn known_secrets(document: &Document<'_>, masks: &Masks<'_>) -> Vec<Span> {
    let stored = document.protected_values().iter().filter(|value| value.protection != Protection::Stripped).map(|value| value.span);
    let mut spans: Vec<Span> = stored.collect();
    let mut named = |name: &str, value: Option<Span>| spans.extend(value.filter(|_| masks.hides(name)));
    match &document.kind {
        DocumentKind::Package(package) => {
            for variable in package.variables() {
                named(variable.name.as_str(), variable.value.as_ref().map(|text| text.span));
                named(variable.name.as_str(), variable.expression.as_ref().map(|text| text.span));
            }
            package.parameters.iter().for_each(|parameter| named(parameter.name.as_str(), parameter.value.as_ref().map(|text| text.span)));
            let expressions = package.connections.iter().flat_map(|manager| &manager.expressions);
            let expressions = expressions.chain(package.executables.iter().flat_map(|executable| &executable.expressions));
            expressions.for_each(|entry| named(&entry.property, Some(entry.expression.span)));
        }
        DocumentKind::Parameters(parameters) => {
            parameters.iter().for_each(|parameter| named(parameter.name.as_str(), parameter.value.as_ref().map(|text| text.span)));
        }
        DocumentKind::Project(file) => {
            for setting in &file.settings {
                let name = setting.name.as_str().rsplit(['.', ':']).next().unwrap_or_default();
                named(name, setting.value.as_ref().map(|text| text.span));
            }
        }
        DocumentKind::ConfigurationFile(file) => {
            for entry in &file.entries {
                entry.path.as_str().split(['.', '[', ']', ':', '\\']).filter(|name| !name.is_empty()).for_each(|name| named(name, Some(entry.value.span)));
            }
        }
        DocumentKind::ConnectionManager(_) => {}
    }
    spans
}
