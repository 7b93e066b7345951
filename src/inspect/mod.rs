//! `inspect`: what the model holds, as JSON for inventories and tests, and as a tree for people. Secrets are masked in both.

mod effective;
mod json;
mod objects;
mod references;
mod tree;

pub use effective::{effective, write_effective};
pub use json::{Inventory, document};
pub use objects::{Object, ObjectKind, objects};
pub use references::{references, write_references};
pub use tree::write_tree;

use std::borrow::Cow;

use crate::lang::secret;
use crate::model::{Parameter, Variable};

/// What stands in for a secret.
const MASK: &str = "***";

/// A text with every secret in it masked.
fn masked(text: &str) -> Cow<'_, str> {
    secret::mask(text)
}

/// The value of a variable, masked as a whole when its name says that it is a secret.
fn variable_value<'v>(variable: &'v Variable<'_>) -> Option<Cow<'v, str>> {
    let value = variable.value.as_ref()?.as_str();
    Some(named_value(variable.name.as_str(), value))
}

/// The value of a parameter, masked as a whole when it is sensitive or its name says that it is a secret.
fn parameter_value<'v>(parameter: &'v Parameter<'_>) -> Option<Cow<'v, str>> {
    let value = parameter.value.as_ref()?.as_str();
    Some(if parameter.sensitive && !value.is_empty() { Cow::Borrowed(MASK) } else { named_value(parameter.name.as_str(), value) })
}

fn named_value<'v>(name: &str, value: &'v str) -> Cow<'v, str> {
    if !value.is_empty() && secret::is_secret_name(name) { Cow::Borrowed(MASK) } else { masked(value) }
}

/// The value of a configuration entry, masked as a whole when the property or the object that it sets is named like a secret.
fn configured_value<'v>(path: &str, value: &'v str) -> Cow<'v, str> {
    let names = path.split(['.', '[', ']', ':', '\\']).filter(|name| !name.is_empty());
    let secret_named = names.into_iter().any(secret::is_secret_name);
    if secret_named && !value.is_empty() { Cow::Borrowed(MASK) } else { masked(value) }
}
