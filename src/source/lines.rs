//! Offsets to lines and columns.

use std::cell::RefCell;

use crate::finding::Location;
use crate::span::Span;

/// Bytes between two counts, so that a line of many megabytes, and one far down, cost no more than others.
const BLOCK: usize = 4096;

/// Counts of lines and characters of one text, which is handed over with every question. Lines end at `\n`.
///
/// Few places of a text are ever asked for, mostly in its first part. So only the counts before each block are kept, as far as somebody has asked; what
/// lies in the block is counted when asked for.
#[derive(Clone, Debug, Default)]
pub struct LineTable {
    /// What stands before each multiple of [`BLOCK`].
    blocks: RefCell<Vec<Counts>>,
}

/// How much of something there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    newlines: u32,
    /// Characters that start there.
    characters: u32,
}

impl Counts {
    fn of(bytes: &[u8]) -> Self {
        let newlines = memchr::memchr_iter(b'\n', bytes).count();
        let characters = if bytes.is_ascii() { offset(bytes.len()) } else { characters(bytes) };
        Self { newlines: offset(newlines), characters }
    }

    const fn and(self, more: Self) -> Self {
        Self { newlines: self.newlines.saturating_add(more.newlines), characters: self.characters.saturating_add(more.characters) }
    }
}

impl LineTable {
    /// Where a span of the text stands; clamped to the text and to whole characters.
    #[must_use]
    pub fn location(&self, text: &str, span: Span) -> Location {
        let (start, end) = clamp(text, span);
        let (line, column) = self.position(text, start);
        let (end_line, end_column) = self.position(text, end);
        Location { line, column, end_line, end_column, offset: offset(start), length: offset(end - start) }
    }

    /// Whether there is a line of that index, from 0. There is one more than there are `\n`.
    pub(super) fn has(&self, text: &str, line: usize) -> bool {
        self.start(text, line).is_some()
    }

    /// Index, from 0, of the line that holds an offset.
    pub(super) fn line_of(&self, text: &str, position: usize) -> usize {
        self.before(text, position).newlines as usize
    }

    /// Byte range of a line by index, without its line end.
    pub(super) fn range(&self, text: &str, line: usize) -> std::ops::Range<usize> {
        let start = self.start(text, line).unwrap_or(text.len());
        let end = self.start(text, line + 1).map_or(text.len(), |next| next - 1);
        let content = text.get(start..end).unwrap_or_default();
        start..start + content.strip_suffix('\r').unwrap_or(content).len()
    }

    /// Offset of the first byte of a line by index; none when there are fewer.
    fn start(&self, text: &str, line: usize) -> Option<usize> {
        let Some(ends) = line.checked_sub(1) else { return Some(0) };
        let (block, before) = self.block_of_newline(text, ends);
        let from = block * BLOCK;
        let newlines = memchr::memchr_iter(b'\n', text.as_bytes().get(from..).unwrap_or_default());
        newlines.into_iter().nth(ends - before.newlines as usize).map(|newline| from + newline + 1)
    }

    /// 1-based line and column of an offset.
    pub(super) fn position(&self, text: &str, position: usize) -> (u32, u32) {
        let here = self.before(text, position);
        let before = text.as_bytes().get(position.saturating_sub(BLOCK)..position).unwrap_or_default();
        let column = match memchr::memrchr(b'\n', before) {
            Some(newline) => characters(&before[newline + 1..]),
            // Of a long line, blocks are counted.
            None => {
                let line = self.start(text, here.newlines as usize).unwrap_or_default();
                here.characters.saturating_sub(self.before(text, line).characters)
            }
        };
        (here.newlines.saturating_add(1), column.saturating_add(1))
    }

    /// What stands before an offset.
    fn before(&self, text: &str, position: usize) -> Counts {
        let block = position / BLOCK;
        let rest = text.as_bytes().get(block * BLOCK..position).unwrap_or_default();
        self.counted(text, |blocks| blocks.get(block).map(|before| before.and(Counts::of(rest)))).unwrap_or_default()
    }

    /// The last block before which there are at most `ends` line ends, and what stands before it.
    fn block_of_newline(&self, text: &str, ends: usize) -> (usize, Counts) {
        let found = self.counted(text, |blocks| {
            let next = blocks.partition_point(|block| block.newlines as usize <= ends);
            (next < blocks.len()).then(|| next - 1)
        });
        let blocks = self.blocks.borrow();
        let block = found.unwrap_or(blocks.len() - 1);
        (block, blocks[block])
    }

    /// Asks of the blocks that are counted, and goes on counting until there is an answer or the text ends.
    fn counted<T>(&self, text: &str, ask: impl Fn(&[Counts]) -> Option<T>) -> Option<T> {
        let mut blocks = self.blocks.borrow_mut();
        if blocks.is_empty() {
            blocks.push(Counts::default());
        }
        loop {
            let from = (blocks.len() - 1) * BLOCK;
            let next = text.as_bytes().get(from..from + BLOCK);
            match (ask(&blocks), next, blocks.last()) {
                (None, Some(block), Some(last)) => {
                    let next = last.and(Counts::of(block));
                    blocks.push(next);
                }
                (answer, _, _) => return answer,
            }
        }
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
    // A sum of at most 255 ones fits into a byte, and bytes are what processors add many of at a time.
    bytes.chunks(255).map(|chunk| u32::from(chunk.iter().map(|byte| u8::from(byte & 0xc0 != 0x80)).sum::<u8>())).sum()
}

fn offset(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str, start: u32, end: u32) -> (u32, u32, u32, u32) {
        let location = LineTable::default().location(text, Span::new(start, end));
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
            let location = LineTable::default().location(&text, Span::new(start, end));
            let before = &text[..location.offset as usize];
            prop_assert_eq!(location.line as usize, before.matches('\n').count() + 1);
            prop_assert_eq!(location.column as usize, before.rsplit('\n').next().unwrap_or_default().chars().count() + 1);
            prop_assert!(text.is_char_boundary((location.offset + location.length) as usize));
        }
    }
}
