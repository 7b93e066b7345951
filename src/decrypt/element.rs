//! Where ciphertext stands in a document, and how it is written there.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::DecryptError;
use super::cipher::{Form, Sealed};
use crate::model::Cipher;
use crate::xml::{Element, Namespace, Tree};

const XENC: &str = "http://www.w3.org/2001/04/xmlenc#";
const SSIS: &str = "www.microsoft.com/SqlServer/SSIS";
const BASE64: GeneralPurpose = GeneralPurpose::new(&STANDARD, GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent));

/// An element that is, or holds, ciphertext under a password.
#[derive(Clone, Copy)]
pub(super) struct Ciphertext<'t, 'a> {
    pub(super) element: Element<'t, 'a>,
    pub(super) form: Form,
}

/// Whether the text can hold ciphertext under a password at all; most documents do not, and need not be parsed for it.
#[must_use]
pub fn is_worth_searching(text: &str) -> bool {
    let holds = |needle: &[u8]| memchr::memmem::find(text.as_bytes(), needle).is_some();
    holds(b"EncryptedData") || holds(b"IV")
}

/// All ciphertext under a password, in document order.
pub(super) fn find<'t, 'a>(tree: &'t Tree<'a>) -> impl Iterator<Item = Ciphertext<'t, 'a>> {
    std::iter::once(tree.root()).chain(tree.root().descendants()).filter_map(|element| Some(Ciphertext { element, form: form(element)? }))
}

/// Without a salt and an IV it is encrypted with a user key.
fn form(element: Element<'_, '_>) -> Option<Form> {
    if element.local_name() == "EncryptedData" && element.namespace_uri() == XENC {
        return (own(element, "Salt").is_some() || own(element, "IV").is_some()).then_some(Form::Package);
    }
    let sealed = in_ssis(element, "IV").is_some() && element.has_text() && element.children().next().is_none();
    sealed.then_some(Form::Project)
}

/// The value of an attribute without a namespace.
fn own(element: Element<'_, '_>, name: &str) -> Option<String> {
    element.attribute(Namespace::NONE, name).map(|attribute| attribute.value().into_owned())
}

/// The value of an attribute in the namespace of project files.
fn in_ssis(element: Element<'_, '_>, name: &str) -> Option<String> {
    element.attributes().find(|attribute| attribute.local_name() == name && attribute.namespace_uri() == SSIS).map(|attribute| attribute.value().into_owned())
}

impl<'t, 'a> Ciphertext<'t, 'a> {
    /// Whether it stands for a whole document, or in a `.dtproj` for the project in it.
    pub(super) fn is_document(self) -> bool {
        self.element.parent().is_none() || (self.element.local_name() == "Project" && self.element.namespace_uri() == SSIS)
    }

    /// Whether it is what SSIS keeps to check a project's password.
    pub(super) fn is_verifier(self) -> bool {
        in_ssis(self.element, "Name").is_some_and(|name| name == "PasswordVerifier")
    }

    /// Local name that the decrypted element must have; none when the file does not tell.
    pub(super) fn expected_name(self) -> Option<&'a str> {
        match self.form {
            Form::Project => Some(self.element.local_name()),
            Form::Package => self.is_document().then_some("Executable"),
        }
    }

    /// What is needed to decrypt it.
    pub(super) fn sealed(self) -> Result<Sealed, DecryptError> {
        let attribute = |name| match self.form {
            Form::Package => own(self.element, name),
            Form::Project => in_ssis(self.element, name),
        };
        let iv = decode(&attribute("IV").unwrap_or_default())?;
        let cipher = cipher(&self.algorithm().unwrap_or_default(), &iv);
        let salt = decode(&attribute("Salt").unwrap_or_default())?;
        let data = decode(&self.base64().unwrap_or_default())?;
        Ok(match self.form {
            Form::Project => Sealed { form: self.form, cipher, salt, iv, data },
            Form::Package => {
                // The IV in the stream counts; the attribute only repeats it.
                let (iv, data) = data.split_at_checked(block(cipher)).ok_or(DecryptError::Damaged("it is too short"))?;
                Sealed { form: self.form, cipher, salt, iv: iv.to_vec(), data: data.to_vec() }
            }
        })
    }

    fn algorithm(self) -> Option<String> {
        match self.form {
            Form::Package => own(self.child(self.element, "EncryptionMethod")?, "Algorithm"),
            Form::Project => in_ssis(self.element, "Algorithm"),
        }
    }

    fn base64(self) -> Option<std::borrow::Cow<'a, str>> {
        match self.form {
            Form::Package => Some(self.child(self.child(self.element, "CipherData")?, "CipherValue")?.text()),
            Form::Project => Some(self.element.text()),
        }
    }

    fn child(self, of: Element<'t, 'a>, name: &str) -> Option<Element<'t, 'a>> {
        of.children().find(|child| child.local_name() == name && child.namespace() == self.element.namespace())
    }
}

/// The algorithm's name decides; Triple DES in project files has none, there the length of the IV does.
fn cipher(algorithm: &str, iv: &[u8]) -> Cipher {
    match algorithm.rsplit('#').next() {
        Some("tripledes-cbc") => Cipher::TripleDes,
        Some("aes256-cbc") => Cipher::Aes256,
        Some("") if iv.len() == block(Cipher::TripleDes) => Cipher::TripleDes,
        Some("") if iv.len() == block(Cipher::Aes256) => Cipher::Aes256,
        _ => Cipher::Unknown,
    }
}

/// Length of a block, and of an IV, in bytes.
const fn block(cipher: Cipher) -> usize {
    match cipher {
        Cipher::TripleDes => 8,
        Cipher::Aes256 | Cipher::Unknown => 16,
    }
}

/// Base64, which may be broken over lines and indented.
fn decode(text: &str) -> Result<Vec<u8>, DecryptError> {
    let packed: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    BASE64.decode(packed).map_err(|_| DecryptError::Damaged("it is no base64"))
}
