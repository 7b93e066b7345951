//! Bytes to text: encodings, archives, line tables, excerpts, and every limit on sizes.

mod archive;
mod decode;
mod excerpt;
mod limits;
mod lines;
mod load;
mod member;

pub use decode::head;
pub use excerpt::excerpt;
pub use limits::{LimitError, Limits};
pub use lines::LineTable;
pub use load::{Loaded, load};

use crate::discover::FileKind;
use crate::finding::FileRef;

/// The text of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its name, as findings show it.
    pub file: FileRef,
    /// Whether findings on it were asked for; else it is only context.
    pub requested: bool,
    /// What it is expected to hold. Never [`FileKind::Archive`].
    pub kind: FileKind,
    /// The text, decoded to UTF-8, without byte order mark; shorter than 4 GiB.
    pub text: String,
}

/// Something wrong with a file as a whole; becomes a finding of block 00.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, or the member of an archive.
    pub file: FileRef,
    /// Whether findings on it were asked for.
    pub requested: bool,
    /// Which finding it becomes.
    pub kind: ProblemKind,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// The kinds of [`Problem`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemKind {
    /// Empty, or not text.
    Malformed,
    /// Not a kind of file that is known here.
    Unsupported,
    /// Beyond one of the [`Limits`].
    Limit,
    /// A damaged or suspicious archive.
    Archive,
}
