//! Protection levels, and the values a file protects.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::span::Span;

/// How a package or project protects its sensitive values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize, Serialize, schemars::JsonSchema)]
pub enum ProtectionLevel {
    /// 0: sensitive values are removed.
    DontSaveSensitive,
    /// 1: sensitive values are encrypted for the Windows user who saved. The default.
    #[default]
    EncryptSensitiveWithUserKey,
    /// 2: sensitive values are encrypted with a password.
    EncryptSensitiveWithPassword,
    /// 3: everything is encrypted with a password.
    EncryptAllWithPassword,
    /// 4: everything is encrypted for the Windows user who saved.
    EncryptAllWithUserKey,
    /// 5: left to the server; not allowed in files.
    ServerStorage,
}

impl ProtectionLevel {
    const ALL: [Self; 6] = [
        Self::DontSaveSensitive,
        Self::EncryptSensitiveWithUserKey,
        Self::EncryptSensitiveWithPassword,
        Self::EncryptAllWithPassword,
        Self::EncryptAllWithUserKey,
        Self::ServerStorage,
    ];

    /// Reads the number of a package or the name of a project.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        Self::ALL
            .into_iter()
            .enumerate()
            .find(|(number, level)| text == number.to_string() || text.eq_ignore_ascii_case(level.as_str()))
            .map(|(_, level)| level)
    }

    /// The documented name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DontSaveSensitive => "DontSaveSensitive",
            Self::EncryptSensitiveWithUserKey => "EncryptSensitiveWithUserKey",
            Self::EncryptSensitiveWithPassword => "EncryptSensitiveWithPassword",
            Self::EncryptAllWithPassword => "EncryptAllWithPassword",
            Self::EncryptAllWithUserKey => "EncryptAllWithUserKey",
            Self::ServerStorage => "ServerStorage",
        }
    }
}

impl fmt::Display for ProtectionLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Which of SSIS's two password ciphers a value was encrypted with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cipher {
    /// Triple DES, key from one unsalted SHA-1: SQL Server 2005 to 2016 targets.
    TripleDes,
    /// AES-256, key by PBKDF2: SSDT 15.9 and later for 2017 and later targets.
    Aes256,
    /// Neither name nor IV length tells.
    Unknown,
}

/// What a file holds at a place marked sensitive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Protection {
    /// A DPAPI blob: only the user who saved it can read it.
    UserKey,
    /// Ciphertext under a password.
    Password(Cipher),
    /// Nothing: the value was removed or never set.
    Stripped,
    /// The value itself, readable.
    Plain,
}

/// One place marked sensitive. The value itself is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProtectedValue<'a> {
    /// Object path of the owner.
    pub object: String,
    /// Name of the property, as `Password` or `ServerPassword`; empty, or [`ProtectedValue::OPENED`], when it is the whole document.
    pub property: Cow<'a, str>,
    /// What is there.
    pub protection: Protection,
    /// Whether what is encrypted is an empty text, or next to one.
    pub blank: bool,
    /// Place of the ciphertext, or of the element when it is empty.
    pub span: Span,
}

impl ProtectedValue<'_> {
    /// Stands for the property where the value is a document that is encrypted as a whole and was opened with the password.
    pub const OPENED: &'static str = "(document)";

    /// Whether it is a document that is encrypted as a whole, opened or not.
    #[must_use]
    pub fn is_document(&self) -> bool {
        self.property.is_empty() || self.property == Self::OPENED
    }
}
