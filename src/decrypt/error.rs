//! Why a document stays closed.

/// What a password could not open.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecryptError {
    /// The ciphertext decrypts to noise.
    #[error("the password does not open it: it is wrong, or the file was encrypted with another one")]
    WrongPassword,
    /// The ciphertext, or the way it is written, is broken; no password can open it.
    #[error("its ciphertext is damaged: {0}; restore the file from source control")]
    Damaged(&'static str),
}
