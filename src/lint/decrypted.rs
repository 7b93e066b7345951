//! Documents that are encrypted as a whole, linted as if they were not.
//!
//! The text is decrypted before it is read; behind that, only two things differ from other documents: places lead back to the file on disk, and
//! secrets in the document are marked as what they are there, encrypted.

use std::borrow::Cow;

use super::Settings;
use crate::decrypt::{self, Decrypted};
use crate::dtsx;
use crate::finding::InputError;
use crate::model::{Document, DocumentKind, EncryptionScope, ProtectedValue, Protection};
use crate::source::Source;
use crate::span::Span;

/// A source, and what the password has made of it.
pub(super) struct Opened<'s> {
    /// The document on disk.
    pub(super) source: &'s Source,
    /// Its decrypted form, when it is encrypted as a whole and the password is right.
    pub(super) decrypted: Option<Decrypted>,
}

/// Opens every document that the password opens. One that it does not open is linted as without a password, and is an error.
pub(super) fn open_all<'s>(sources: &'s [Source], settings: &Settings, errors: &mut Vec<InputError>) -> Vec<Opened<'s>> {
    sources.iter().map(|source| open(source, settings, errors)).collect()
}

fn open<'s>(source: &'s Source, settings: &Settings, errors: &mut Vec<InputError>) -> Opened<'s> {
    let password = settings.password.as_ref().filter(|_| decrypt::is_worth_searching(&source.text));
    // Text that is no XML is reported when the document is read.
    let opened = password.and_then(|password| Some(decrypt::open(&dtsx::parse(&source.text, &settings.xml_limits).ok()?, password)));
    let decrypted = opened.unwrap_or(Ok(None)).unwrap_or_else(|error| {
        errors.extend(source.requested.then(|| InputError { file: source.file.to_string(), message: error.to_string() }));
        None
    });
    Opened { source, decrypted }
}

impl Opened<'_> {
    /// The text to read: decrypted where it had to be.
    pub(super) fn text(&self) -> &str {
        self.decrypted.as_ref().map_or(&self.source.text, |decrypted| decrypted.text().expose())
    }

    /// Whether a span of that text touches what the file holds as ciphertext.
    pub(super) fn was_hidden(&self, span: Span) -> bool {
        self.decrypted.as_ref().is_some_and(|decrypted| decrypted.was_hidden(span))
    }

    /// The place in the file for a place in that text.
    pub(super) fn original(&self, span: Span) -> Span {
        self.decrypted.as_ref().map_or(span, |decrypted| decrypted.original(span))
    }

    /// Says in the model that on disk all of the document is ciphertext.
    pub(super) fn mark(&self, document: &mut Document<'_>) {
        let Some(decrypted) = &self.decrypted else { return };
        let protection = Protection::Password(decrypted.cipher());
        let object = object(document).to_owned();
        let whole = ProtectedValue { object, property: Cow::Borrowed(ProtectedValue::OPENED), protection, blank: false, span: decrypted.inside() };
        let values = mark_kind(document, protection);
        values.iter_mut().filter(|value| value.protection == Protection::Plain).for_each(|value| value.protection = protection);
        values.insert(0, whole);
    }
}

/// Object path of what the document holds.
fn object<'d>(document: &'d Document<'_>) -> &'d str {
    match &document.kind {
        DocumentKind::Package(_) => "Package",
        DocumentKind::ConnectionManager(manager) => &manager.path,
        DocumentKind::Parameters(_) => "Project.Parameters",
        DocumentKind::Project(_) | DocumentKind::ConfigurationFile(_) => "Project",
    }
}

/// Marks what is special of its kind, and gives the list of its protected values.
fn mark_kind<'d, 'a>(document: &'d mut Document<'a>, protection: Protection) -> &'d mut Vec<ProtectedValue<'a>> {
    match &mut document.kind {
        DocumentKind::Package(package) => {
            package.encryption = EncryptionScope::Whole(protection);
            // Nothing may be said of a value that the file marks sensitive, so nothing needs to know it.
            package.parameters.iter_mut().filter(|parameter| parameter.sensitive).for_each(|parameter| parameter.value = None);
            return &mut package.protected_values;
        }
        // Not `Whole`, which says that its lists are hidden.
        DocumentKind::Project(file) => file.encryption = EncryptionScope::Values,
        _ => {}
    }
    &mut document.protected_values
}
