//! Places marked sensitive, and what stands there.

use std::borrow::Cow;

use super::{DTS, NONE, SSIS, XENC, dpapi, object};
use crate::model::{Cipher, EncryptionScope, ProtectedValue, Protection};
use crate::xml::{Element, Tree};

/// Whether the text mentions sensitive or encrypted values at all; most documents do not, and need no search. What stands between the name of the mark
/// and its value may be more than `=`.
pub(super) fn is_worth_searching(tree: &Tree<'_>) -> bool {
    let text = tree.text().as_bytes();
    memchr::memmem::find(text, b"Sensitive").is_some() || memchr::memmem::find(text, b"EncryptedData").is_some()
}

/// Collects the sensitive places at and below an element, as properties of the object of that path.
pub(super) fn collect<'a>(element: Element<'_, 'a>, object: &str, values: &mut Vec<ProtectedValue<'a>>) {
    let own = std::iter::once(element).chain(element.descendants());
    values.extend(own.filter_map(|candidate| protected_value(candidate, object)));
}

fn protected_value<'a>(element: Element<'_, 'a>, object: &str) -> Option<ProtectedValue<'a>> {
    let protection = if element.is(XENC, "EncryptedData") {
        Protection::Password(cipher(element))
    } else if object::is_sensitive(element) || is_ssis_sensitive(element) {
        value_protection(element)
    } else {
        return None;
    };
    let span = if element.has_text() { element.text_span() } else { element.tag_span() };
    let blank = protection == Protection::UserKey && dpapi::is_blank(&element.text());
    Some(ProtectedValue { object: object.to_owned(), property: property_name(element), protection, blank, span })
}

/// The value of a sensitive parameter in an element that does not say that it is one, as people write it by hand: in clear text.
pub(super) fn unmarked<'a>(value: Element<'_, 'a>, object: &str) -> Option<ProtectedValue<'a>> {
    let marked = object::is_sensitive(value) || is_ssis_sensitive(value);
    if marked || value.children().next().is_some() || value_protection(value) != Protection::Plain {
        return None;
    }
    Some(ProtectedValue { object: object.to_owned(), property: property_name(value), protection: Protection::Plain, blank: false, span: value.text_span() })
}

/// In project files the mark is `SSIS:Sensitive` on the property that holds the value.
fn is_ssis_sensitive(element: Element<'_, '_>) -> bool {
    element.is(SSIS, "Property") && element.attribute(SSIS, "Sensitive").is_some_and(|mark| crate::model::flag(&mark.value()) == Some(true))
}

/// What stands in an element that is marked sensitive.
fn value_protection(element: Element<'_, '_>) -> Protection {
    let text = element.text();
    let text = text.trim();
    if text.is_empty() {
        Protection::Stripped
    } else if text.starts_with(dpapi::PREFIX) {
        Protection::UserKey
    } else if element.attribute(SSIS, "IV").is_some() {
        Protection::Password(cipher(element))
    } else if element.attribute(NONE, "Encrypted").is_some_and(|mark| crate::model::flag(&mark.value()) == Some(true)) {
        Protection::UserKey
    } else {
        Protection::Plain
    }
}

/// Name of the property that a sensitive element holds. An `EncryptedData` has taken the place of the element, name and all: below a connection
/// that was the password.
fn property_name<'a>(element: Element<'_, 'a>) -> Cow<'a, str> {
    if element.is(XENC, "EncryptedData") {
        let parent = element.parent().filter(|parent| parent.is(DTS, "Property"));
        return parent.map_or(Cow::Borrowed("Password"), object::name_of);
    }
    let ssis = element.attribute(SSIS, "Name").map(|name| name.value());
    ssis.unwrap_or_else(|| object::name_of(element))
}

/// The cipher of a password-protected element: named by the algorithm, else told by the length of the IV (8 or 16 bytes).
pub(super) fn cipher(element: Element<'_, '_>) -> Cipher {
    let method = element.child(XENC, "EncryptionMethod").and_then(|method| method.attribute(NONE, "Algorithm"));
    let algorithm = method.or_else(|| element.attribute(SSIS, "Algorithm")).map(|name| name.value()).unwrap_or_default();
    if algorithm.ends_with("tripledes-cbc") {
        return Cipher::TripleDes;
    }
    if algorithm.ends_with("aes256-cbc") {
        return Cipher::Aes256;
    }
    let iv = element.attribute(NONE, "IV").or_else(|| element.attribute(SSIS, "IV")).map(|iv| iv.value()).unwrap_or_default();
    match iv.trim().len() {
        12 => Cipher::TripleDes,
        24 => Cipher::Aes256,
        _ => Cipher::Unknown,
    }
}

/// Whether the whole content of a document's element is ciphertext: one base64 text in place of its children.
pub(super) fn whole_element(element: Element<'_, '_>) -> Option<Protection> {
    if element.is(XENC, "EncryptedData") {
        let salted = element.attribute(NONE, "Salt").is_some() || element.attribute(NONE, "IV").is_some();
        return Some(if salted { Protection::Password(cipher(element)) } else { Protection::UserKey });
    }
    if element.children().next().is_some() || !element.has_text() {
        return None;
    }
    if element.attribute(SSIS, "IV").is_some() {
        return Some(Protection::Password(cipher(element)));
    }
    let text = element.text();
    text.trim().starts_with(dpapi::PREFIX).then_some(Protection::UserKey)
}

/// How much of a document is ciphertext, given its element and the sensitive places found in it.
pub(super) fn scope(element: Element<'_, '_>, values: &[ProtectedValue<'_>]) -> EncryptionScope {
    if let Some(protection) = whole_element(element) {
        return EncryptionScope::Whole(protection);
    }
    let encrypted = values.iter().any(|value| matches!(value.protection, Protection::UserKey | Protection::Password(_)));
    if encrypted { EncryptionScope::Values } else { EncryptionScope::None }
}
