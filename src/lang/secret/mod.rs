//! What is a secret in clear text, and how to keep it out of everything we print.
//!
//! Two questions with two answers. *Is this a leak?* must not cry wolf: placeholders, parameters and concatenations are no secrets
//! ([`secrets_in_text`] and its kin). *May this be printed?* must not leak: [`mask`] takes away whatever looks like a value of a secret.

mod arguments;
mod mask;
mod name;
mod placeholder;
mod script;
mod text;
mod value;

pub use arguments::secrets_in_arguments;
pub use mask::{mask, suspects};
pub use name::is_secret_name;
pub use placeholder::is_placeholder;
pub use script::secrets_in_script;
pub use text::secrets_in_text;
