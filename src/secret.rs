//! The one type that carries secrets.

use std::fmt;
use std::str::Utf8Error;

use zeroize::{Zeroize, Zeroizing};

/// Text that nobody must see: a password, or what it has decrypted.
///
/// It cannot be displayed, debugging it prints `***`, and its memory is wiped when it is dropped. Only [`Secret::expose`] gives the text away, so
/// that every place that uses it can be found.
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the text over.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// Takes bytes over that should be UTF-8; they are wiped when they are not.
    ///
    /// # Errors
    ///
    /// Where the bytes stop being UTF-8.
    pub fn from_utf8(mut bytes: Zeroizing<Vec<u8>>) -> Result<Self, Utf8Error> {
        String::from_utf8(std::mem::take(&mut *bytes)).map(Self::new).map_err(|error| {
            let reason = error.utf8_error();
            error.into_bytes().zeroize();
            reason
        })
    }

    /// The text itself. Keep the borrow short, and copy nothing out of it that is shown.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debugging_shows_nothing() {
        let secret = Some(Secret::new("Tr0ub4dor-demo".to_owned()));
        assert_eq!(format!("{secret:?}"), "Some(***)");
        assert_eq!(secret.as_ref().map(Secret::expose), Some("Tr0ub4dor-demo"));
    }

    #[test]
    fn bytes_must_be_text() {
        let text = Secret::from_utf8(Zeroizing::new("päss".as_bytes().to_vec()));
        assert!(text.is_ok_and(|text| text.expose() == "päss"));
        assert!(Secret::from_utf8(Zeroizing::new(vec![b'a', 0xFF])).is_err_and(|error| error.valid_up_to() == 1));
    }
}
