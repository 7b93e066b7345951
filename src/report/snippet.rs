//! The few lines of a document around a finding, drawn by miette.
//!
//! miette prints lines whole, pads with a width that panics past 65,535 columns and scans its source for every label. So it gets the
//! finding's excerpt only, cut again to the width of the terminal, with every character made visible and one label on one line.

use std::iter;

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use owo_colors::Style;

use super::escape;
use crate::finding::{Excerpt, Finding};

/// Blanks that a tab is shown as.
const TAB: &str = "  ";

/// Draws the excerpt of a finding; none when there is nothing to draw.
pub(super) fn draw(finding: &Finding, theme: GraphicalTheme, width: usize) -> Option<String> {
    let view = View::new(finding, width)?;
    let handler = GraphicalReportHandler::new_themed(theme).with_width(width).without_syntax_highlighting().with_links(false).with_context_lines(1);
    let mut text = String::new();
    handler.render_report(&mut text, &view).ok()?;
    // The first line holds miette's icon and the message, which is empty: the headline is ours.
    text.split_once('\n').map(|(_, snippet)| snippet.to_owned())
}

/// Miette's theme: its drawing characters, and one style for labels.
pub(super) fn theme(color: bool, label: Style) -> GraphicalTheme {
    let mut theme = if color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    theme.styles.highlights = vec![label];
    theme
}

/// An excerpt ready to draw: the text, the label, and where both stand in the document.
#[derive(Debug, thiserror::Error)]
#[error("")]
struct View {
    /// Lines, each ended by `\n`, so that a label at the very end still has a line.
    text: String,
    label: SourceSpan,
    name: String,
    /// 0-based, as miette counts.
    first_line: usize,
    /// 0-based.
    line: usize,
    /// 0-based.
    column: usize,
}

impl View {
    fn new(finding: &Finding, width: usize) -> Option<Self> {
        let excerpt = finding.excerpt.as_ref().filter(|excerpt| !excerpt.text.trim().is_empty())?;
        let mut cells = Cells::new(excerpt);
        let last_line = cells.lines.len() + excerpt.first_line as usize;
        cells.cut(width.saturating_sub(last_line.to_string().len() + 5).max(20));
        let (text, label) = cells.join();
        Some(Self {
            text,
            label,
            name: escape::line(&finding.file.to_string()),
            first_line: before(excerpt.first_line),
            line: before(finding.location.line),
            column: before(finding.location.column),
        })
    }
}

/// A 1-based number as miette wants it.
fn before(number: u32) -> usize {
    number.saturating_sub(1) as usize
}

impl Diagnostic for View {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(iter::once(LabeledSpan::underline(self.label))))
    }
}

impl SourceCode for View {
    /// The whole text is the context of its only label; without context it is asked for the place of the label itself.
    fn read_span<'a>(&'a self, span: &SourceSpan, before: usize, after: usize) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (range, line, column) =
            if before + after > 0 { (SourceSpan::from(0..self.text.len()), self.first_line, 0) } else { (*span, self.line, self.column) };
        let data = self.text.as_bytes().get(range.offset()..range.offset() + range.len()).ok_or(MietteError::OutOfBounds)?;
        let count = data.iter().filter(|byte| **byte == b'\n').count();
        Ok(Box::new(MietteSpanContents::new_named(self.name.clone(), data, range, line, column, count)))
    }
}

/// The excerpt as lines of visible characters, each knowing whether the label covers it.
struct Cells {
    lines: Vec<Vec<(char, bool)>>,
    /// Line and column of the label's first character, or of where it would stand.
    caret: (usize, usize),
}

impl Cells {
    fn new(excerpt: &Excerpt) -> Self {
        let (start, end) = excerpt.label;
        let cut = excerpt.first_column > 1 && !excerpt.text.starts_with('…');
        let mut cells = Self { lines: vec![Vec::from_iter(cut.then_some(('…', false)))], caret: (0, 0) };
        let mut visible = String::new();
        for (offset, c) in excerpt.text.char_indices() {
            if offset <= start {
                cells.caret = cells.end();
            }
            match c {
                '\n' => cells.lines.push(Vec::new()),
                '\r' if excerpt.text.as_bytes().get(offset + 1) == Some(&b'\n') => {}
                '\t' => visible.push_str(TAB),
                c => escape::push_visible(&mut visible, c),
            }
            if excerpt.text.get(offset..).is_some_and(|rest| rest.starts_with("##")) {
                visible.push(' ');
            }
            let covered = offset + c.len_utf8() > start && offset < end;
            if let Some(line) = cells.lines.last_mut() {
                line.extend(visible.drain(..).map(|c| (c, covered)));
            }
        }
        if start >= excerpt.text.len() {
            cells.caret = cells.end();
        }
        cells.lines.truncate(cells.lines.iter().rposition(|line| !line.is_empty()).unwrap_or(0).max(cells.caret.0) + 1);
        cells
    }

    /// Line and column just past the last character.
    fn end(&self) -> (usize, usize) {
        (self.lines.len() - 1, self.lines.last().map_or(0, Vec::len))
    }

    /// Takes away the indentation that all lines share, then cuts every line to one window of `width` columns that shows the label.
    fn cut(&mut self, width: usize) {
        let indentation = self.lines.iter().filter(|line| !line.is_empty()).map(|line| line.iter().take_while(|cell| cell.0 == ' ').count());
        let shared = indentation.min().unwrap_or(0).min(self.caret.1);
        let label = self.lines.get(self.caret.0).map_or(0, |line| line.iter().skip(self.caret.1).take_while(|cell| cell.1).count());
        let fits = self.caret.1 + label <= shared + width;
        let left = if fits { shared } else { self.caret.1.saturating_sub(width / 4).max(shared) };
        for line in &mut self.lines {
            let cut_right = line.len() > left + width;
            line.truncate(left + width);
            let gone = line.drain(..left.min(line.len())).any(|cell| cell.0 != ' ');
            if let Some(first) = line.first_mut().filter(|_| gone) {
                first.0 = '…';
            }
            if let Some(last) = line.last_mut().filter(|_| cut_right) {
                last.0 = '…';
            }
        }
        self.caret.1 -= left;
    }

    /// The text, every line ended by `\n`, and the label in it: on the caret's line only, so that miette draws no brackets over many.
    fn join(&self) -> (String, SourceSpan) {
        let mut text = String::new();
        let mut label = 0..0;
        for (number, line) in self.lines.iter().enumerate() {
            if number == self.caret.0 {
                let start = text.len() + bytes(line.iter().take(self.caret.1));
                let length = bytes(line.iter().skip(self.caret.1).take_while(|cell| cell.1));
                label = start..start + length;
            }
            text.extend(line.iter().map(|cell| cell.0));
            text.push('\n');
        }
        (text, label.into())
    }
}

/// Length of cells in UTF-8.
fn bytes<'c>(cells: impl Iterator<Item = &'c (char, bool)>) -> usize {
    cells.map(|cell| cell.0.len_utf8()).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::report::sample;

    fn drawn(text: &str, label: (usize, usize), width: usize) -> Option<String> {
        let excerpt = Excerpt { first_line: 9, first_column: 1, text: text.into(), label };
        draw(&Finding { excerpt: Some(excerpt), ..sample::full() }, theme(false, Style::new()), width)
    }

    #[test]
    fn a_long_line_is_cut_around_its_label() {
        let text = format!("{}<a NAME=\"value\"/>{}", "x ".repeat(40_000), " y".repeat(40_000));
        let start = text.find("NAME").expect("it is there");
        let drawn = drawn(&text, (start, start + 4), 60).expect("there is something to draw");
        insta::assert_snapshot!(drawn, @r#"
          ╭─[out/Sales.ispac!Load.dtsx:120:20]
        9 │ … x x x x <a NAME="value"/> y y y y y y y y y y y y …
          ·              ────
          ╰────
        "#);
    }

    #[test]
    fn an_excerpt_cut_on_its_left_says_so() {
        let excerpt = Excerpt { first_line: 120, first_column: 4_000, text: "NAME=\"value\"/>".into(), label: (0, 4) };
        let drawn = draw(&Finding { excerpt: Some(excerpt), ..sample::full() }, theme(false, Style::new()), 60);
        insta::assert_snapshot!(drawn.expect("there is something to draw"), @r#"
            ╭─[out/Sales.ispac!Load.dtsx:120:20]
        120 │ …NAME="value"/>
            ·  ────
            ╰────
        "#);
    }

    #[test]
    fn a_label_over_lines_marks_its_first() {
        insta::assert_snapshot!(drawn("  <a\n    b=\"1\"\n    c=\"2\">\n", (2, 25), 60).expect("there is something to draw"), @r#"
           ╭─[out/Sales.ispac!Load.dtsx:120:20]
         9 │ <a
           · ──
        10 │   b="1"
        11 │   c="2">
           ╰────
        "#);
    }

    #[test]
    fn a_label_without_length_at_the_end_is_a_caret() {
        insta::assert_snapshot!(drawn("\t<a>☃", (8, 8), 60).expect("there is something to draw"), @r"
          ╭─[out/Sales.ispac!Load.dtsx:120:20]
        9 │ <a>☃
          ·     ▲
          ╰────
        ");
    }

    proptest! {
        #[test]
        fn any_excerpt_is_drawn(text in "(\\PC|[\n\r\t ]|\\x{0}|\\x{1b}|\\x{202e}|\\x{301}|😀){0,200}", start in 0_usize..900, length in 0_usize..900, width in 0_usize..200) {
            let drawn = drawn(&text, (start, start + length), width);
            prop_assert_eq!(drawn.is_none(), text.trim().is_empty());
            prop_assert!(!drawn.unwrap_or_default().chars().any(|c| c.is_control() && c != '\n'));
        }
    }
}
