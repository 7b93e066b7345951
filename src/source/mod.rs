//! Bytes → text: encodings, line tables, the `.ispac` archive, and all limits on sizes.

mod archive;
mod decode;
mod excerpt;
mod limits;
mod lines;
mod load;

pub use excerpt::excerpt;
pub use limits::Limits;
pub use lines::LineTable;
pub use load::{Loaded, load};

use crate::finding::FileRef;

/// The text of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its name, as findings show it.
    pub file: FileRef,
    /// Whether findings on it were asked for.
    pub requested: bool,
    /// Its text as UTF-8, without a byte order mark.
    pub text: String,
}

/// What is wrong with a document before there is any text to point into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemKind {
    /// Empty, or bytes that are no text.
    Malformed,
    /// A file of a kind that SSIS does not write.
    Unsupported,
    /// A limit was exceeded.
    Limit,
    /// An archive that is damaged or suspicious.
    Archive,
}

/// A document that cannot be read as it should; becomes a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The document.
    pub file: FileRef,
    /// Whether findings on it were asked for.
    pub requested: bool,
    /// What kind of problem it is.
    pub kind: ProblemKind,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}
