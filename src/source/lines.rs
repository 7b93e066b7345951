//! Offsets to lines and columns.

use crate::finding::Location;
use crate::span::Span;

/// Bytes between two counts of characters, so that a column in a line of many megabytes costs no more than in a short one.
const BLOCK: usize = 4096;

/// Line starts and character counts of one text. Lines end at `\n`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineTable {
    /// Offset of each line's first byte; the first is 0.
    starts: Vec<u32>,
    /// Number of characters that start before each multiple of [`BLOCK`].
    blocks: Vec<u32>,
}

impl LineTable {
    /// Reads the text once. Offsets past 4 GiB, which no [`super::Source`] has, are clamped.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|newline| offset(newline + 1))).collect();
        let blocks = text.as_bytes().chunks(BLOCK).scan(0u32, |before, block| {
            let here = *before;
            *before = before.saturating_add(characters(block));
            Some(here)
        });
        Self { starts, blocks: blocks.collect() }
    }

    /// Where a span of the text stands; clamped to the text and to whole characters.
    #[must_use]
    pub fn location(&self, text: &str, span: Span) -> Location {
        let (start, end) = clamp(text, span);
        let (line, column) = self.position(text, start);
        let (end_line, end_column) = self.position(text, end);
        Location { line, column, end_line, end_column, offset: offset(start), length: offset(end - start) }
    }

    /// Number of lines; one more than there are `\n`.
    pub(super) fn count(&self) -> usize {
        self.starts.len()
    }

    /// Index, from 0, of the line that holds an offset.
    pub(super) fn line_of(&self, position: usize) -> usize {
        self.starts.partition_point(|start| *start as usize <= position).saturating_sub(1)
    }

    /// Byte range of a line by index, without its line end.
    pub(super) fn range(&self, text: &str, line: usize) -> std::ops::Range<usize> {
        let start = self.starts.get(line).map_or(text.len(), |start| *start as usize);
        let end = self.starts.get(line + 1).map_or(text.len(), |next| (*next as usize).saturating_sub(1));
        let content = text.get(start..end).unwrap_or_default();
        start..start + content.strip_suffix('\r').unwrap_or(content).len()
    }

    /// 1-based line and column of an offset.
    pub(super) fn position(&self, text: &str, position: usize) -> (u32, u32) {
        let line = self.line_of(position);
        let start = self.starts.get(line).map_or(0, |start| *start as usize);
        let column = self.characters_before(text, position).saturating_sub(self.characters_before(text, start));
        (offset(line + 1), column.saturating_add(1))
    }

    fn characters_before(&self, text: &str, position: usize) -> u32 {
        let block = (position / BLOCK).min(self.blocks.len().saturating_sub(1));
        let rest = text.as_bytes().get(block * BLOCK..position).unwrap_or_default();
        self.blocks.get(block).map_or(0, |before| before.saturating_add(characters(rest)))
    }
}

/// The span as a byte range of the text: inside it, and grown to whole characters.
pub(super) fn clamp(text: &str, span: Span) -> (usize, usize) {
    let inside = |offset: u32| (offset as usize).min(text.len());
    let start = (0..=inside(span.start)).rev().find(|offset| text.is_char_boundary(*offset)).unwrap_or(0);
    let end = (inside(span.end)..text.len()).find(|offset| text.is_char_boundary(*offset)).unwrap_or(text.len());
    (start, end.max(start))
}

/// Number of characters that start in the bytes.
fn characters(bytes: &[u8]) -> u32 {
    offset(bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count())
}

fn offset(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str, start: u32, end: u32) -> (u32, u32, u32, u32) {
        let location = LineTable::new(text).location(text, Span::new(start, end));
        (location.line, location.column, location.end_line, location.end_column)
    }

    #[test]
    fn lines_and_columns_start_at_one_and_count_characters() {
        assert_eq!(at("ab\r\ncd", 4, 6), (2, 1, 2, 3));
        assert_eq!(at("é€x\ny", 5, 6), (1, 3, 1, 4));
        assert_eq!(at("", 0, 0), (1, 1, 1, 1));
        assert_eq!(at("a\n", 2, 2), (2, 1, 2, 1));
    }

    #[test]
    fn spans_outside_are_clamped() {
        assert_eq!(at("aé", 2, 2), (1, 2, 1, 3), "the middle of a character");
        assert_eq!(at("ab", 90, 99), (1, 3, 1, 3));
        assert_eq!(at("ab", 2, 1), (1, 3, 1, 3), "an end before the start");
    }

    #[test]
    fn a_huge_line_is_counted_in_blocks() {
        let text = "é".repeat(3 * BLOCK + 7);
        let end = u32::try_from(text.len()).expect("small");
        assert_eq!(at(&text, end - 2, end), (1, 12_295, 1, 12_296));
    }

    proptest! {
        #[test]
        fn columns_agree_with_counting(text in "[aé😀\r\n]{0,60}", start in 0u32..200, end in 0u32..200) {
            let location = LineTable::new(&text).location(&text, Span::new(start, end));
            let before = &text[..location.offset as usize];
            prop_assert_eq!(location.line as usize, before.matches('\n').count() + 1);
            prop_assert_eq!(location.column as usize, before.rsplit('\n').next().unwrap_or_default().chars().count() + 1);
            prop_assert!(text.is_char_boundary((location.offset + location.length) as usize));
        }
    }
}
