//! Decryption with a password, in memory: what SSIS encrypts at the levels `EncryptSensitiveWithPassword` and `EncryptAllWithPassword`.
//!
//! There are two ciphers (Triple DES by tools before SSDT 15.9, AES-256 since) and two ways to write ciphertext (in packages, in project files).
//! Nothing is ever encrypted here.

mod cipher;
mod element;
mod error;
mod key;
#[cfg(test)]
mod tests;

pub use element::is_worth_searching;
pub use error::DecryptError;

use crate::model::Cipher;
use crate::secret::Secret;
use crate::span::Span;
use crate::xml::{Limits, Tree};
use element::Ciphertext;

/// A password for AES costs a thousand rounds per value, so a hostile file could make a run endless: of the values in a document this many are
/// decrypted.
const MOST_VALUES: usize = 1000;

/// A document that was encrypted as a whole, decrypted.
#[derive(Debug)]
pub struct Decrypted {
    text: Secret,
    cipher: Cipher,
    inside: Span,
    element: Span,
    tag: Span,
}

impl Decrypted {
    /// The document as it would be without encryption.
    #[must_use]
    pub const fn text(&self) -> &Secret {
        &self.text
    }

    /// What it is encrypted with.
    #[must_use]
    pub const fn cipher(&self) -> Cipher {
        self.cipher
    }

    /// The part of the decrypted text that came out of ciphertext.
    #[must_use]
    pub const fn inside(&self) -> Span {
        self.inside
    }

    /// Whether a span of the decrypted text touches what came out of ciphertext.
    #[must_use]
    pub const fn was_hidden(&self, span: Span) -> bool {
        span.start < self.inside.end && span.end > self.inside.start
    }

    /// The place in the file for a place in the decrypted text: for all that was hidden the start tag of the element that holds the ciphertext.
    #[must_use]
    pub const fn original(&self, span: Span) -> Span {
        if self.was_hidden(span) { self.tag } else { Span::new(self.shifted(span.start), self.shifted(span.end)) }
    }

    /// Offsets behind the ciphertext move by the difference in length.
    const fn shifted(&self, offset: u32) -> u32 {
        if offset < self.inside.end { offset } else { offset - self.inside.end + self.element.end }
    }
}

/// Opens what a password has closed in a document. None when the document is not encrypted as a whole: ciphertext of single values is only tried,
/// since all there is in it is a secret, which no rule may see.
///
/// # Errors
///
/// When the password is wrong, or ciphertext is damaged.
pub fn open(tree: &Tree<'_>, password: &Secret) -> Result<Option<Decrypted>, DecryptError> {
    if let Some(document) = element::find(tree).find(|ciphertext| ciphertext.is_document()) {
        return open_document(tree.text(), document, password).map(Some);
    }
    if let Some(verifier) = element::find(tree).find(|ciphertext| ciphertext.is_verifier()) {
        check_verifier(verifier, password)?;
    }
    element::find(tree).take(MOST_VALUES).try_for_each(|value| open_element(value, password).map(|_| ())).map(|()| None)
}

fn open_document(text: &str, document: Ciphertext<'_, '_>, password: &Secret) -> Result<Decrypted, DecryptError> {
    let plain = open_element(document, password)?;
    let element = document.element.span();
    let (before, behind) = (text.get(..element.start as usize).unwrap_or_default(), text.get(element.end as usize..).unwrap_or_default());
    // Reserved at once, so that no copy is left behind.
    let mut whole = String::with_capacity(before.len() + plain.expose().len() + behind.len());
    for part in [before, plain.expose(), behind] {
        whole.push_str(part);
    }
    let end = u32::try_from(whole.len() - behind.len()).map_err(|_| DecryptError::Damaged("it is too long"))?;
    let cipher = document.sealed()?.cipher;
    Ok(Decrypted { text: Secret::new(whole), cipher, inside: Span::new(element.start, end), element, tag: document.element.tag_span() })
}

/// Decrypts one element and checks that it is what must be there.
fn open_element(ciphertext: Ciphertext<'_, '_>, password: &Secret) -> Result<Secret, DecryptError> {
    let plain = ciphertext.sealed()?.open(password)?;
    match Tree::parse(plain.expose(), &[], &Limits::default()) {
        Ok(tree) if ciphertext.expected_name().is_none_or(|name| tree.root().local_name() == name) => Ok(plain),
        Ok(_) => Err(DecryptError::Damaged("it decrypts to another element")),
        // Limits are enforced, and reported, where the whole document is read.
        Err(malformed) if malformed.kind.limit().is_some() => Ok(plain),
        Err(_) => Err(DecryptError::Damaged("it decrypts to something that is no XML")),
    }
}

/// A project keeps the word `SSIS` under its password.
fn check_verifier(verifier: Ciphertext<'_, '_>, password: &Secret) -> Result<(), DecryptError> {
    let plain = open_element(verifier, password)?;
    let tree = Tree::parse(plain.expose(), &[], &Limits::default()).map_err(|_| DecryptError::Damaged("it decrypts to something that is no XML"))?;
    if tree.root().text() == "SSIS" { Ok(()) } else { Err(DecryptError::WrongPassword) }
}
