//! Rules of the category `protection`.

pub(super) mod checkpoint_leaks_variables;
pub(super) mod clear_text_secret;
pub(super) mod encrypt_all_user_key;
pub(super) mod package_password_needed;
pub(super) mod protection_level_mismatch;
pub(super) mod sensitive_parameter_mapping;
pub(super) mod server_storage_in_file;
pub(super) mod user_key_ciphertext;
pub(super) mod user_key_level;
pub(super) mod weak_package_encryption;
