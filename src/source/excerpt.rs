//! A few lines around a finding, cut to what fits a terminal, with secrets masked.

use super::LineTable;
use crate::finding::Excerpt;
use crate::span::Span;

/// Characters of a line that are shown on either side of the label.
const MARGIN: usize = 50;
/// Characters of the label that are shown in one line.
const LABEL: usize = 100;
/// Lines of a label that are shown.
const LABEL_LINES: u32 = 3;
/// What a masked value is shown as.
const MASK: &str = "***";

/// The label's lines with one line before and one behind, each cut around the label. Bytes inside a mask become `***`, control characters `�`.
#[must_use]
pub fn excerpt(text: &str, lines: &LineTable, span: Span, masks: &[Span]) -> Excerpt {
    let place = lines.location(text, span);
    let start = place.offset as usize;
    let end = start + place.length as usize;
    let first = place.line.saturating_sub(1).max(1);
    let last = (place.end_line.min(place.line + LABEL_LINES - 1) + 1).min(lines.len());
    let mut masks: Vec<_> = masks.iter().filter(|mask| !mask.is_empty()).copied().collect();
    masks.sort_unstable();
    let mut shown = Shown { text: String::new(), label: None, masks, wanted: (start, end) };
    let mut first_column = 1;
    for line in first..=last {
        let (from, to) = line_bounds(text, lines, line);
        let (cut_from, cut_to) = cut(text, from, to, start, end);
        if line == place.line {
            first_column = 1 + text.get(from..cut_from).map_or(0, |before| before.chars().count());
        }
        shown.push_line(text, (from, to), (cut_from, cut_to));
    }
    let label = shown.label.unwrap_or((0, 0));
    Excerpt { first_line: first, first_column: u32::try_from(first_column).unwrap_or(u32::MAX), text: shown.text, label }
}

/// The bytes of a line without its end.
fn line_bounds(text: &str, lines: &LineTable, line: u32) -> (usize, usize) {
    let from = lines.start_of(line).unwrap_or(text.len());
    let to = lines.start_of(line + 1).map_or(text.len(), |next| next - 1);
    let trimmed = text.get(from..to).map_or(to, |line| from + line.trim_end_matches('\r').len());
    (from, trimmed)
}

/// What is shown of a line: around the label, or the beginning of a line without it.
fn cut(text: &str, from: usize, to: usize, start: usize, end: usize) -> (usize, usize) {
    let inside = start <= to && end >= from;
    let label_from = if inside { start.clamp(from, to) } else { from };
    let label_to = if inside { end.clamp(label_from, to) } else { from };
    let cut_from = text[from..label_from].char_indices().rev().take(MARGIN).last().map_or(label_from, |(offset, _)| from + offset);
    let label_end = text[label_from..label_to].char_indices().nth(LABEL).map_or(label_to, |(offset, _)| label_from + offset);
    let cut_to = text[label_end..to].char_indices().nth(MARGIN).map_or(to, |(offset, _)| label_end + offset);
    (cut_from, cut_to)
}

/// The excerpt as it grows.
struct Shown {
    text: String,
    label: Option<(usize, usize)>,
    masks: Vec<Span>,
    wanted: (usize, usize),
}

impl Shown {
    fn push_line(&mut self, text: &str, line: (usize, usize), cut: (usize, usize)) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        if cut.0 > line.0 {
            self.text.push('…');
        }
        let mut masked = false;
        for (offset, character) in text[cut.0..cut.1].char_indices() {
            let position = cut.0 + offset;
            let hidden = self.is_masked(position);
            let before = self.text.len();
            match (hidden, masked) {
                (true, false) => self.text.push_str(MASK),
                (true, true) => {}
                (false, _) => self.text.push(visible(character)),
            }
            masked = hidden;
            if position >= self.wanted.0 && position < self.wanted.1 {
                let (from, _) = self.label.unwrap_or((before, before));
                self.label = Some((from, self.text.len()));
            }
        }
        if self.label.is_none() && self.wanted.0 == self.wanted.1 && (cut.0..=cut.1).contains(&self.wanted.0) {
            self.label = Some((self.text.len(), self.text.len()));
        }
        if cut.1 < line.1 {
            self.text.push('…');
        }
    }

    fn is_masked(&self, position: usize) -> bool {
        self.masks.iter().any(|mask| (mask.start as usize..mask.end as usize).contains(&position))
    }
}

/// Text of packages is hostile: control characters and marks of direction are not shown as such.
fn visible(character: char) -> char {
    match character {
        '\t' => '\t',
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' => '\u{FFFD}',
        _ if character.is_control() => '\u{FFFD}',
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, label: &str, masks: &[&str]) -> Excerpt {
        let span = |part: &str| {
            let start = text.find(part).expect("part of the text");
            Span::new(u32::try_from(start).expect("short"), u32::try_from(start + part.len()).expect("short"))
        };
        let masks: Vec<_> = masks.iter().map(|mask| span(mask)).collect();
        excerpt(text, &LineTable::new(text), span(label), &masks)
    }

    #[test]
    fn a_line_on_either_side_is_shown() {
        let shown = of("one\ntwo\r\nthree\nfour\n", "three", &[]);
        assert_eq!((shown.first_line, shown.text.as_str()), (2, "two\nthree\nfour"));
        assert_eq!(&shown.text[shown.label.0..shown.label.1], "three");
    }

    #[test]
    fn long_lines_are_cut_around_the_label() {
        let text = format!("{}HERE{}", "a".repeat(10_000), "b".repeat(10_000));
        let shown = of(&text, "HERE", &[]);
        assert!(shown.text.starts_with("…a") && shown.text.ends_with("b…") && shown.text.len() < 200);
        assert_eq!(shown.first_column, 9_951);
        assert_eq!(&shown.text[shown.label.0..shown.label.1], "HERE");
    }

    #[test]
    fn masks_leave_nothing_of_a_secret() {
        let shown = of("Password=Tr0ub4dor;User=x", "Password=Tr0ub4dor;User=x", &["Tr0ub4dor"]);
        assert_eq!(shown.text, "Password=***;User=x");
        assert_eq!(shown.label, (0, shown.text.len()));
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(of("a\u{1b}[31mb\u{202e}c", "a", &[]).text, "a\u{FFFD}[31mb\u{FFFD}c");
    }
}
