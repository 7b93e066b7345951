//! Ciphertext → plaintext, and how to tell a wrong password from a damaged file.
//!
//! SSIS stores no checksum. But plaintext is always XML, and a wrong key gives noise.

use aes::Aes256;
use cbc::Decryptor;
use cbc::cipher::block_padding::NoPadding;
use cbc::cipher::{BlockModeDecrypt, KeyIvInit};
use des::TdesEde3;
use zeroize::Zeroizing;

use super::{DecryptError, key};
use crate::model::Cipher;
use crate::secret::Secret;

/// How ciphertext is written and its plaintext padded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// In packages, after the XML Encryption standard: the IV stands before the ciphertext; of the padding only the last byte, its length, is defined.
    Package,
    /// In project files: the IV stands in an attribute; plaintext has a byte order mark and PKCS#7 padding.
    Project,
}

/// One ciphertext, ready to decrypt.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Sealed {
    pub(super) form: Form,
    pub(super) cipher: Cipher,
    pub(super) salt: Vec<u8>,
    pub(super) iv: Vec<u8>,
    pub(super) data: Vec<u8>,
}

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

impl Sealed {
    /// The plaintext: one XML element.
    pub(super) fn open(&self, password: &Secret) -> Result<Secret, DecryptError> {
        let mut bytes = self.decrypt(password)?;
        let looks_like_text = looks_like_text(&bytes);
        let block = self.iv.len();
        let plain = self.unpadded(&bytes, block).filter(|range| std::str::from_utf8(&bytes[range.clone()]).is_ok());
        let Some(range) = plain else {
            return Err(if looks_like_text { DecryptError::Damaged("parts of it decrypt to noise") } else { DecryptError::WrongPassword });
        };
        bytes.truncate(range.end);
        bytes.drain(..range.start);
        Secret::from_utf8(bytes).map_err(|_| DecryptError::WrongPassword)
    }

    fn decrypt(&self, password: &Secret) -> Result<Zeroizing<Vec<u8>>, DecryptError> {
        let mut bytes = Zeroizing::new(self.data.clone());
        let done = match self.cipher {
            Cipher::TripleDes => run::<Decryptor<TdesEde3>>(&*key::triple_des(password), &self.iv, &mut bytes),
            Cipher::Aes256 => run::<Decryptor<Aes256>>(&*key::aes(password, &self.salt), &self.iv, &mut bytes),
            Cipher::Unknown => return Err(DecryptError::Damaged("it names no cipher that SSIS uses")),
        };
        done.filter(|()| !bytes.is_empty()).ok_or(DecryptError::Damaged("its length is no multiple of the cipher's block"))?;
        Ok(bytes)
    }

    /// Where the plaintext stands; none when padding or beginning are not as SSIS writes them.
    fn unpadded(&self, bytes: &[u8], block: usize) -> Option<std::ops::Range<usize>> {
        let padding = usize::from(*bytes.last()?);
        let end = bytes.len().checked_sub(padding).filter(|_| (1..=block).contains(&padding))?;
        let start = match self.form {
            Form::Package => 0,
            Form::Project => bytes[..end].starts_with(BYTE_ORDER_MARK).then_some(BYTE_ORDER_MARK.len())?,
        };
        let padding_is_right = self.form == Form::Package || bytes[end..].iter().all(|byte| usize::from(*byte) == padding);
        (padding_is_right && bytes[start..end].starts_with(b"<")).then_some(start..end)
    }
}

fn run<D: KeyIvInit + BlockModeDecrypt>(key: &[u8], iv: &[u8], bytes: &mut [u8]) -> Option<()> {
    D::new_from_slices(key, iv).ok()?.decrypt_padded::<NoPadding>(bytes).ok().map(|_| ())
}

/// Whether most of the bytes are what XML is made of. Of noise it is about three in eight; a damaged block garbles itself and the next one only.
fn looks_like_text(bytes: &[u8]) -> bool {
    let readable = bytes.iter().filter(|byte| matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r')).count();
    readable * 3 > bytes.len() * 2
}
