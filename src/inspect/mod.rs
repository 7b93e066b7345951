//! `inspect`: what the model holds, as JSON for inventories and tests, and as a tree for people. Secrets are masked in both.

mod effective;
mod entries;
mod json;
mod objects;
mod references;
mod tree;

pub use effective::{effective, write_effective};
pub use json::{Inventory, document};
pub use objects::{Object, ObjectKind, objects};
pub use references::{references, write_references};
pub use tree::write_tree;
