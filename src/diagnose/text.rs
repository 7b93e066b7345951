//! Running text: job history, consoles, the designer, a mail, whatever somebody pasted.

use super::opener;
use super::record::{LONGEST, Record, clipped};

/// Cuts lines into records and hands each on as soon as it is whole.
pub(super) struct Cutter<F> {
    /// The message that is being read.
    text: String,
    /// Whether it began with a head; else it ends with its paragraph.
    opened: bool,
    take: F,
}

impl<F: FnMut(&Record)> Cutter<F> {
    pub(super) fn new(take: F) -> Self {
        Self { text: String::new(), opened: false, take }
    }

    /// One more line.
    pub(super) fn line(&mut self, line: &str) {
        for part in unescaped(line).split('\n') {
            self.physical_line(part);
        }
    }

    fn physical_line(&mut self, line: &str) {
        let line = strip_marks(line);
        if line.trim().is_empty() && !self.opened {
            return self.flush();
        }
        let places = opener::openings(line);
        let mut from = 0;
        for place in places {
            self.append(line.get(from..place).unwrap_or_default());
            // Its head stands on a line of its own.
            if !(self.opened && opener::is_stamp(&self.text)) {
                self.flush();
                self.opened = true;
            }
            from = place;
        }
        self.append(line.get(from..).unwrap_or_default());
        self.append("\n");
    }

    fn append(&mut self, text: &str) {
        if !self.opened && self.text.len() + text.len() > LONGEST {
            self.flush();
        }
        let room = LONGEST.saturating_sub(self.text.len());
        self.text.push_str(clipped(text, room));
    }

    /// The text ends here; another one may follow.
    pub(super) fn flush(&mut self) {
        if !self.text.trim().is_empty() {
            let record = if self.opened { opener::record(&self.text) } else { Record { text: self.text.trim().to_owned(), ..Record::default() } };
            (self.take)(&record);
        }
        self.text.clear();
        self.opened = false;
    }
}

/// Line breaks that were written out on the way through some program.
fn unescaped(line: &str) -> std::borrow::Cow<'_, str> {
    if line.contains(r"\r\n") || line.contains(r"\n") { breaks(line).into() } else { line.into() }
}

/// `\n` is a line break where a line could begin: behind a sentence, before a time stamp, at the end. Else it may be part of a path.
fn breaks(line: &str) -> String {
    let line = line.replace(r"\\r\\n", "\n").replace(r"\r\n", "\n");
    let mut broken = String::with_capacity(line.len());
    let mut rest = line.as_str();
    while let Some((before, after)) = rest.split_once(r"\n") {
        broken.push_str(before);
        let begins = after.is_empty() || after.starts_with(|c: char| c.is_ascii_digit() || c.is_whitespace() || c == '"');
        broken.push_str(if begins || before.ends_with(['.', '"', '!']) { "\n" } else { r"\n" });
        rest = after;
    }
    broken.push_str(rest);
    broken
}

/// Marks of quotations and lists in front of a line.
fn strip_marks(line: &str) -> &str {
    line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '>' | '•' | '\u{feff}' | '|' | '*'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnose::record::Level;

    fn records(text: &str) -> Vec<Record> {
        let mut records = Vec::new();
        let mut cutter = Cutter::new(|record: &Record| records.push(record.clone()));
        text.lines().for_each(|line| cutter.line(line));
        cutter.flush();
        records
    }

    #[test]
    fn a_head_on_a_line_of_its_own_belongs_to_its_message() {
        let records =
            records("Error: 2020-01-02 03:04:05.06\n   Code: 0xC0010026\n   Source: Script\n   Description: The task has failed to load.\nEnd Error\n");
        assert_eq!((records[0].level, records[0].source.as_str()), (Level::Error, "Script"));
        assert!(records[0].text.contains("failed to load") && !records[0].text.contains("End Error"));
    }

    #[test]
    fn paragraphs_without_a_head_are_messages() {
        let records = records("one\ntwo\n\nthree");
        assert_eq!(records.iter().map(|record| record.text.as_str()).collect::<Vec<_>>(), ["one\ntwo", "three"]);
    }

    #[test]
    fn breaks_that_were_written_out() {
        assert_eq!(unescaped(r#"failed.\n3/11/2019 x\n"}"#), "failed.\n3/11/2019 x\n\"}");
        assert_eq!(unescaped(r"C:\new\report.csv"), r"C:\new\report.csv");
        assert_eq!(unescaped(r"a\r\nb"), "a\nb");
    }

    #[test]
    fn a_message_without_end_is_bounded() {
        let text = format!("Error: 0xC0202009 at Load: {}", "x\n".repeat(100_000));
        let records = records(&text);
        assert!(records.iter().all(|record| record.text.len() <= LONGEST));
        assert_eq!(records.len(), 1);
    }
}
