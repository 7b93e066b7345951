//! Marks that version control leaves in a file when it could not merge it.

use memchr::memmem;

use crate::span::Span;

use super::malformed::{Malformed, MalformedKind};

/// How the lines begin that open and close a conflict. `=======` alone proves nothing: comments in scripts are underlined with it.
const MARKS: [&str; 2] = ["<<<<<<< ", ">>>>>>> "];

impl Malformed {
    /// The conflict marks in `text`, if there are any, as what is wrong: they explain whatever else is. Asked only once the text has turned out
    /// to be broken, since inside a script they may be meant.
    pub(super) fn explained_by_conflict(self, text: &str) -> Self {
        if self.kind.limit().is_some() {
            return self;
        }
        match MARKS.iter().find_map(|mark| line_starting_with(text, mark)) {
            Some(span) => Self::new(span, MalformedKind::MergeConflict),
            None => self,
        }
    }
}

fn line_starting_with(text: &str, mark: &str) -> Option<Span> {
    let bytes = text.as_bytes();
    let starts_line = |at: &usize| *at == 0 || matches!(bytes[at - 1], b'\n' | b'\r');
    let start = memmem::find_iter(bytes, mark).find(starts_line)?;
    Some(Span::to_line_end(text, start))
}

impl Span {
    /// From `start` to the end of its line, for what has no end of its own.
    pub(super) fn to_line_end(text: &str, start: usize) -> Self {
        let rest = text.as_bytes().get(start..).unwrap_or_default();
        let length = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        Self::new(start as u32, (start + length) as u32)
    }
}
