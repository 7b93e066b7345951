//! Lines and columns of a text.

use memchr::memchr_iter;

use crate::finding::Location;
use crate::span::Span;

/// Where each line of a text starts.
#[derive(Clone, Debug)]
pub struct LineTable {
    starts: Vec<u32>,
}

impl LineTable {
    /// The table of a text. A line ends with its line feed.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let after = memchr_iter(b'\n', text.as_bytes()).map(|position| u32::try_from(position + 1).unwrap_or(u32::MAX));
        Self { starts: std::iter::once(0).chain(after).collect() }
    }

    /// Lines and columns of a span, which is cut to the text and to whole characters.
    #[must_use]
    pub fn location(&self, text: &str, span: Span) -> Location {
        let start = text.floor_char_boundary((span.start as usize).min(text.len()));
        let end = text.ceil_char_boundary((span.end as usize).clamp(start, text.len()));
        let (line, column) = self.position(text, start);
        let (end_line, end_column) = self.position(text, end);
        Location { line, column, end_line, end_column, offset: to_u32(start), length: to_u32(end - start) }
    }

    /// Offset of the first byte of a 1-based line; the end of the text past the last line.
    pub(super) fn start_of(&self, line: u32) -> Option<usize> {
        self.starts.get(line.checked_sub(1)? as usize).map(|start| *start as usize)
    }

    /// Number of lines.
    pub(super) fn len(&self) -> u32 {
        to_u32(self.starts.len())
    }

    fn position(&self, text: &str, offset: usize) -> (u32, u32) {
        let line = self.starts.partition_point(|start| *start as usize <= offset);
        let start = self.start_of(to_u32(line)).unwrap_or(0);
        let column = text.get(start..offset).map_or(0, |before| before.chars().count());
        (to_u32(line), to_u32(column) + 1)
    }
}

fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "aé\r\n\u{1F600}b\n";
        let table = LineTable::new(text);
        let b = u32::try_from(text.find('b').expect("a b")).expect("short");
        let place = table.location(text, Span::new(b, b + 1));
        assert_eq!((place.line, place.column, place.end_line, place.end_column), (2, 2, 2, 3));
        let place = table.location(text, Span::new(1, 2));
        assert_eq!((place.column, place.end_column, place.length), (2, 3, 2), "spans grow to whole characters");
        let place = table.location(text, Span::new(900, 950));
        assert_eq!((place.line, place.column, place.length), (3, 1, 0));
    }
}
