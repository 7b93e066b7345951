//! Rules of the category `protection`.

pub(super) mod author_identity;
pub(super) mod certificate_not_validated;
pub(super) mod checkpoint_leaks_variables;
pub(super) mod clear_text_secret;
pub(super) mod encrypt_all_user_key;
pub(super) mod encryption_disabled;
pub(super) mod package_password_needed;
pub(super) mod plaintext_protocol;
pub(super) mod privileged_login;
pub(super) mod protection_level_mismatch;
pub(super) mod sensitive_parameter_in_expression;
pub(super) mod sensitive_parameter_mapping;
pub(super) mod server_storage_in_file;
pub(super) mod stripped_credential_no_source;
pub(super) mod user_key_ciphertext;
pub(super) mod user_key_level;
pub(super) mod weak_package_encryption;

use crate::model::{Document, ProtectedValue};

/// What is encrypted, with its verb.
fn encrypted(values: &[&ProtectedValue<'_>]) -> String {
    match values {
        [first, ..] if first.is_document() => "the whole document is".to_owned(),
        [_] => "one value is".to_owned(),
        _ => format!("{} values are", values.len()),
    }
}

/// The object of a finding about all that is encrypted in a document: the package, else what the first value belongs to.
fn owner<'v>(document: &Document<'_>, first: &'v ProtectedValue<'_>) -> &'v str {
    if document.package().is_some() { "Package" } else { &first.object }
}
