//! Text to a flat tree of elements with byte spans, over quick-xml.
//!
//! It knows nothing of SSIS. quick-xml finds where the pieces of markup are; what it lets pass although XML forbids it (open elements at the end,
//! any depth, names with any character, unknown entities, undeclared prefixes) is refused here, so that whoever holds a [`Tree`] holds
//! well-formed, namespace-aware XML 1.0 without a document type. Nothing is copied out of the text while parsing; values with entities are
//! resolved when asked for.

mod build;
mod characters;
mod conflict;
mod element;
mod malformed;
mod scope;
mod tag;
#[cfg(test)]
mod tests;
mod tree;
mod value;

pub use element::{Attribute, Element};
pub use malformed::{Malformed, MalformedKind};
pub use tree::{Limits, Namespace, Tree};
