//! The few lines of a document that a finding shows.

use std::ops::Range;

use super::LineTable;
use super::lines::clamp;
use crate::finding::Excerpt;
use crate::span::Span;

/// Characters of a line that are shown at most.
const WINDOW: usize = 120;
/// Characters shown before the label in a line that is cut.
const LEAD: usize = 40;
/// Lines of a label that are shown at most.
const LABEL_LINES: usize = 3;
/// What stands for a secret, whatever its length.
const MASK: &str = "***";
/// What stands for the character at a cut, and for all beyond it.
const CUT: char = '…';

/// The label's first lines with one line of context on each side, long lines cut around the label, every `masks` span replaced by `***`.
///
/// A secret that reaches over a cut is masked as a whole. At a cut on the left the `…` takes the place of one character, so columns
/// count on from `first_column`. Control characters, and those that turn the direction of text, are replaced by visible ones.
#[must_use]
pub fn excerpt(text: &str, lines: &LineTable, span: Span, masks: impl IntoIterator<Item = Span>) -> Excerpt {
    let (start, end) = clamp(text, span);
    let first = lines.line_of(text, start);
    let last = lines.line_of(text, end.saturating_sub(1).max(start)).min(first + LABEL_LINES - 1);
    let shown = first.saturating_sub(1)..last + 1 + usize::from(lines.has(text, last + 1));
    let windows: Vec<Window> = shown.clone().map(|line| Window::new(text, &lines.range(text, line), start, end)).collect();
    let all = windows.first().map_or(0, |window| window.shown.start)..windows.last().map_or(0, |window| window.shown.end);
    let mut writer = Writer { text, masks: merged(text, masks, &all), label: (start, end), out: String::new(), from: None, to: None };
    for (index, window) in windows.iter().enumerate() {
        // The empty line after a last line end shows nothing.
        if index > 0 && window.shown.start == text.len() && shown.start + index > last {
            break;
        }
        if index > 0 {
            writer.out.push('\n');
        }
        writer.line(window);
        if shown.start + index == last {
            writer.end_label();
        }
    }
    let (first_line, first_column) = lines.position(text, all.start);
    let label = (writer.from.unwrap_or_default(), writer.to.unwrap_or_default());
    Excerpt { first_line, first_column, label, text: writer.out }
}

/// The part of one line that is shown.
struct Window {
    shown: Range<usize>,
    cut_left: bool,
    cut_right: bool,
}

impl Window {
    fn new(text: &str, line: &Range<usize>, start: usize, end: usize) -> Self {
        let label = if start <= line.end && end >= line.start { start.clamp(line.start, line.end) } else { line.start };
        let mut from = back(text, line.start, label, LEAD);
        let to = forward(text, from, line.end, WINDOW);
        if to == line.end {
            from = back(text, line.start, to, WINDOW);
        }
        Self { shown: from..to, cut_left: from > line.start, cut_right: to < line.end }
    }
}

/// The offset `count` characters before `from`, not before `floor`.
fn back(text: &str, floor: usize, from: usize, count: usize) -> usize {
    let before = text.get(floor..from).unwrap_or_default();
    before.char_indices().rev().take(count).last().map_or(from, |(index, _)| floor + index)
}

/// The offset `count` characters after `from`, not after `ceiling`.
fn forward(text: &str, from: usize, ceiling: usize, count: usize) -> usize {
    let after = text.get(from..ceiling).unwrap_or_default();
    after.char_indices().nth(count).map_or(ceiling, |(index, _)| from + index)
}

/// The masks that touch `near`, as sorted ranges of whole characters that neither touch nor overlap.
fn merged(text: &str, masks: impl IntoIterator<Item = Span>, near: &Range<usize>) -> Vec<Range<usize>> {
    let ranges = masks.into_iter().filter(|mask| !mask.is_empty()).map(|mask| clamp(text, mask));
    let mut ranges: Vec<_> = ranges.filter(|(start, end)| *start < near.end && *end > near.start).collect();
    ranges.sort_unstable();
    let mut merged: Vec<Range<usize>> = Vec::new();
    for (start, end) in ranges {
        match merged.last_mut() {
            Some(last) if start <= last.end => last.end = last.end.max(end),
            _ => merged.push(start..end),
        }
    }
    merged
}

struct Writer<'a> {
    text: &'a str,
    masks: Vec<Range<usize>>,
    label: (usize, usize),
    out: String,
    from: Option<usize>,
    to: Option<usize>,
}

impl Writer<'_> {
    fn line(&mut self, window: &Window) {
        let mut position = window.shown.start;
        if window.cut_left && !self.is_masked(position) {
            self.out.push(CUT);
            position = forward(self.text, position, window.shown.end, 1);
        }
        while position < window.shown.end {
            position = self.step(position, window.shown.end);
        }
        self.mark(position);
        if window.cut_right {
            self.out.push(CUT);
        }
    }

    /// Writes one character or one mask, and gives the offset behind it.
    fn step(&mut self, position: usize, end: usize) -> usize {
        if let Some(mask) = self.mask_at(position) {
            let next = mask.end.min(end);
            // A label that begins or ends inside a secret covers its mask.
            self.mark_end(position);
            if self.label.0 < next {
                self.from.get_or_insert(self.out.len());
            }
            self.out.push_str(MASK);
            return next;
        }
        self.mark(position);
        let Some(character) = self.text.get(position..).and_then(|rest| rest.chars().next()) else { return end };
        self.out.push(visible(character));
        position + character.len_utf8()
    }

    fn mask_at(&self, position: usize) -> Option<Range<usize>> {
        let index = self.masks.partition_point(|mask| mask.end <= position);
        self.masks.get(index).filter(|mask| mask.contains(&position)).cloned()
    }

    fn is_masked(&self, position: usize) -> bool {
        self.mask_at(position).is_some()
    }

    fn mark(&mut self, position: usize) {
        if position >= self.label.0 {
            self.from.get_or_insert(self.out.len());
        }
        self.mark_end(position);
    }

    /// What is left of the label is not shown.
    fn end_label(&mut self) {
        self.from.get_or_insert(self.out.len());
        self.to.get_or_insert(self.out.len());
    }

    fn mark_end(&mut self, position: usize) {
        if position >= self.label.1 && self.from.is_some() {
            self.to.get_or_insert(self.out.len());
        }
    }
}

/// The character, or what shows it without harm: terminal escapes and characters that reorder text come from strangers.
fn visible(character: char) -> char {
    match character {
        '\t' => '\t',
        '\u{7f}' => '\u{2421}',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(character)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{80}'..='\u{9f}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => {
            char::REPLACEMENT_CHARACTER
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn span_of(text: &str, part: &str) -> Span {
        let start = u32::try_from(text.find(part).expect("the part is in the text")).expect("small");
        Span::new(start, start + u32::try_from(part.len()).expect("small"))
    }

    fn show(text: &str, label: &str, secrets: &[&str]) -> Excerpt {
        let masks: Vec<Span> = secrets.iter().map(|secret| span_of(text, secret)).collect();
        excerpt(text, &LineTable::default(), span_of(text, label), masks)
    }

    fn label(excerpt: &Excerpt) -> &str {
        excerpt.text.get(excerpt.label.0..excerpt.label.1).expect("a label on character boundaries")
    }

    #[test]
    fn one_line_of_context_on_each_side() {
        let shown = show("one\r\ntwo\r\nthree\tx\r\nfour\r\nfive\r\n", "three", &[]);
        assert_eq!((shown.text.as_str(), shown.first_line, shown.first_column), ("two\nthree\tx\nfour", 2, 1));
        assert_eq!(label(&shown), "three");
        assert_eq!(show("a\nb\n", "b", &[]).text, "a\nb");
        assert_eq!(show("a", "a", &[]).text, "a");
    }

    #[test]
    fn a_long_line_is_cut_around_the_label() {
        let text = format!("{}LABEL{}", "é".repeat(500_000), "ü".repeat(500_000));
        let shown = show(&text, "LABEL", &[]);
        assert_eq!(label(&shown), "LABEL");
        assert_eq!(shown.text.chars().count(), WINDOW + 1);
        assert!(shown.text.starts_with("…é") && shown.text.ends_with("ü…"));
        let before = shown.text.get(..shown.label.0).expect("a boundary").chars().count();
        assert_eq!(shown.first_column as usize + before, 500_001, "columns count on over the cut");
    }

    #[test]
    fn a_label_of_many_lines_is_cut() {
        let shown = show("0\n1\n2\n3\n4\n5\n6", "1\n2\n3\n4\n5", &[]);
        assert_eq!(shown.text, "0\n1\n2\n3\n4");
        assert_eq!(label(&shown), "1\n2\n3");
    }

    #[test]
    fn long_context_is_shown_from_its_start_and_a_long_label_ends_with_its_line() {
        let (before, long) = (format!("<{}", "a".repeat(999)), "L".repeat(999));
        let shown = show(&format!("{before}\n{long}\nafter"), &long, &[]);
        assert_eq!((shown.first_line, shown.first_column), (1, 1));
        assert!(shown.text.starts_with("<a") && shown.text.ends_with("…\nafter"), "{}", shown.text);
        assert_eq!(label(&shown).trim_end_matches('…'), "L".repeat(WINDOW));
    }

    #[test]
    fn secrets_are_masked_and_labels_follow() {
        let text = "Server=x;Password=hunter2;User=y";
        let shown = show(text, "User=y", &["hunter2"]);
        assert_eq!((shown.text.as_str(), label(&shown)), ("Server=x;Password=***;User=y", "User=y"));
        assert_eq!(label(&show(text, "Password=hunter2", &["hunter2"])), "Password=***");
        assert_eq!(label(&show(text, "hunter2", &["hunter2"])), "***");
        assert_eq!(label(&show(text, "nter", &["hunter2"])), "***");
        assert_eq!(show(text, "User=y", &["hunt", "ter2"]).text, "Server=x;Password=***;User=y");
    }

    #[test]
    fn a_cut_inside_a_secret_shows_nothing_of_it() {
        for length in [30, 39, 40, 41, 79, 80, 81, 200] {
            let text = format!("{}{}LABEL{}{}", "a".repeat(300), "S".repeat(length), "S".repeat(length), "b".repeat(300));
            let edge = u32::try_from(300 + length).expect("small");
            let width = u32::try_from(length).expect("small");
            let masks = [Span::new(300, edge), Span::new(edge + 5, edge + 5 + width)];
            let shown = excerpt(&text, &LineTable::default(), Span::new(edge, edge + 5), masks);
            assert!(!shown.text.contains('S'), "{length}: {}", shown.text);
            assert_eq!(label(&shown), "LABEL");
        }
    }

    #[test]
    fn hostile_characters_become_visible() {
        let shown = show("a\u{1b}[31m\u{7f}\u{9b}\u{202e}\rb", "a", &[]);
        assert_eq!(shown.text, "a␛[31m␡\u{fffd}\u{fffd}␍b");
    }

    proptest! {
        #[test]
        fn never_a_panic_never_a_secret(text in "[aé\t\r\n\u{1b}]{0,300}", secret in "[SÜ]{1,90}", at in 0usize..300, spans in proptest::collection::vec((0u32..700, 0u32..700), 1..4)) {
            let at = text.char_indices().map(|(index, _)| index).nth(at).unwrap_or(text.len());
            let text = format!("{}{secret}{}", &text[..at], &text[at..]);
            let mut masks = vec![Span::new(u32::try_from(at)?, u32::try_from(at + secret.len())?)];
            masks.extend(spans.iter().skip(1).map(|(start, end)| Span::new(*start, *end)));
            for (start, end) in spans {
                let shown = excerpt(&text, &LineTable::default(), Span::new(start, end), masks.clone());
                let leaked = shown.text.contains(['S', 'Ü', '\u{1b}', '\r']);
                prop_assert!(!leaked);
                prop_assert!(shown.text.get(shown.label.0..shown.label.1).is_some());
                prop_assert!(shown.text.lines().count() <= LABEL_LINES + 2);
            }
        }
    }
}
