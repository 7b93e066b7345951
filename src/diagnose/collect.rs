//! Records to incidents: what passes an error on belongs to the error that it passes on.

use super::fold::fold;
use super::index::{Hit, Index, Kind, Row};
use super::marks::Marks;
use super::record::{Level, Record, clipped};
use crate::lang::secret;

/// Incidents that are kept; a log that has more says the same over and over.
const MOST_INCIDENTS: usize = 400;

/// Messages of one incident that are kept.
const MOST_CLUES: usize = 16;

/// Text of a message that is kept.
const KEPT: usize = 4 * 1024;

/// A message that belongs to an incident, secrets masked.
#[derive(Debug)]
pub(super) struct Clue {
    pub(super) record: Record,
    pub(super) folded: String,
    pub(super) hits: Vec<Hit>,
}

/// Messages about one thing that went wrong.
#[derive(Debug)]
pub(super) struct Incident {
    pub(super) clues: Vec<Clue>,
    pub(super) times: usize,
    theme: Theme,
    source: String,
}

/// What an incident is about, as far as one message says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Theme {
    /// The first row among those that weigh most.
    Row(usize),
    /// An error that the index does not know.
    Unknown,
    /// Only passes on.
    Wrapper,
}

/// Takes records one by one and keeps a bounded number of them.
pub(super) struct Collector {
    index: &'static Index,
    pub(super) marks: Marks,
    pub(super) records: usize,
    pub(super) left_out: usize,
    pub(super) incidents: Vec<Incident>,
    /// What is often logged while the run goes on.
    pub(super) noise: Vec<Incident>,
    /// Warnings that name a cause; they count when nothing failed.
    pub(super) warnings: Vec<Incident>,
    /// Wrappers that came before what they belong to.
    pending: Vec<Clue>,
}

impl Collector {
    pub(super) fn new(index: &'static Index) -> Self {
        Self { index, marks: Marks::default(), records: 0, left_out: 0, incidents: Vec::new(), noise: Vec::new(), warnings: Vec::new(), pending: Vec::new() }
    }

    /// One more record.
    pub(super) fn push(&mut self, record: &Record) {
        self.records += 1;
        let folded = record.folded();
        self.marks.see(&folded);
        let mut hits = self.index.hits(&folded);
        if record.level == Level::Info {
            hits.retain(|hit| self.index.row(hit.row).is_some_and(|row| row.unfinished));
        }
        let Some((weight, heaviest)) = self.heaviest(&hits) else {
            if record.level == Level::Error {
                self.unknown(clue(record, Vec::new()));
            }
            return;
        };
        let (theme, source) = (Theme::Row(heaviest), place(&record.source));
        match record.level {
            _ if self.index.row(heaviest).is_some_and(|row| row.kind == Kind::Noise) => add(&mut self.noise, record, hits, theme, source),
            Level::Warning if weight > WRAPPER => add(&mut self.warnings, record, hits, theme, source),
            Level::Warning | Level::Info => {}
            _ if weight == WRAPPER => self.wrapper(clue(record, hits), &source),
            _ => self.decisive(clue(record, hits), theme, source),
        }
    }

    /// The largest weight among the rows, and the first row that has it. A cause goes before noise.
    fn heaviest(&self, hits: &[Hit]) -> Option<(u8, usize)> {
        let rows = hits.iter().filter_map(|hit| self.index.row(hit.row).map(|row| (weight(row), row.kind != Kind::Noise, std::cmp::Reverse(hit.row))));
        rows.max().map(|(weight, _, row)| (weight, row.0))
    }

    fn decisive(&mut self, clue: Clue, theme: Theme, source: String) {
        if let Some(incident) = self.consequence_of(&clue, theme, &source) {
            return incident.keep(clue);
        }
        if let Some(incident) = self.same(theme, &source) {
            incident.times += 1;
            return incident.keep(clue);
        }
        self.open(clue, theme, source);
    }

    /// The incident that a message passes on, when its own words only do that: it says nothing new, whatever code it names.
    fn consequence_of(&mut self, clue: &Clue, theme: Theme, source: &str) -> Option<&mut Incident> {
        let comes_after = |hit: &Hit| self.index.row(hit.row).is_some_and(|row| row.after);
        if !clue.hits.iter().any(comes_after) {
            return None;
        }
        let belongs = |incident: &Incident| incident.theme == theme || (incident.theme != Theme::Wrapper && go_together(&incident.source, source));
        let number = self.incidents.iter().rposition(belongs)?;
        self.incidents.get_mut(number)
    }

    /// The incident that says the same: the last one when the places go together, or any one of the same place.
    fn same(&mut self, theme: Theme, source: &str) -> Option<&mut Incident> {
        let last = self.incidents.len().wrapping_sub(1);
        let says_the_same = |(number, incident): (usize, &Incident)| {
            incident.theme == theme && (incident.source == source || (number == last && go_together(&incident.source, source)))
        };
        let number = self.incidents.iter().enumerate().rposition(says_the_same)?;
        self.incidents.get_mut(number)
    }

    fn open(&mut self, clue: Clue, theme: Theme, source: String) {
        let mut clues = std::mem::take(&mut self.pending);
        clues.push(clue);
        if self.incidents.len() < MOST_INCIDENTS {
            self.incidents.push(Incident { clues, times: 1, theme, source });
        } else {
            self.left_out += 1;
        }
    }

    /// Belongs to the last incident of its place, else to the last one at all, else to the next one.
    fn wrapper(&mut self, clue: Clue, source: &str) {
        let last = self.incidents.len().checked_sub(1);
        let number = self.incidents.iter().rposition(|incident| !source.is_empty() && go_together(&incident.source, source)).or(last);
        match number.and_then(|number| self.incidents.get_mut(number)) {
            Some(incident) => incident.keep(clue),
            None if self.pending.len() < MOST_CLUES => self.pending.push(clue),
            None => self.left_out += 1,
        }
    }

    /// An error that the index does not know: what follows an error of the same place is its continuation.
    fn unknown(&mut self, clue: Clue) {
        let source = place(&clue.record.source);
        match self.incidents.last_mut() {
            Some(last) if self.pending.is_empty() && go_together(&last.source, &source) => last.keep(clue),
            _ => self.open(clue, Theme::Unknown, source),
        }
    }

    /// There are no more records: wrappers that nothing followed are an incident of their own.
    pub(super) fn end(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        if let Some(first) = pending.first() {
            let source = place(&first.record.source);
            self.incidents.push(Incident { clues: pending, times: 1, theme: Theme::Wrapper, source });
        }
    }
}

impl Incident {
    fn keep(&mut self, clue: Clue) {
        if self.clues.len() < MOST_CLUES {
            self.clues.push(clue);
        }
    }

    /// Whether it is an error that the index does not know.
    pub(super) fn is_unknown(&self) -> bool {
        self.theme == Theme::Unknown
    }

    /// All its messages, folded.
    pub(super) fn context(&self) -> String {
        self.clues.iter().map(|clue| clue.folded.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// One more message to the incident that says the same, or the first of a new one.
fn add(incidents: &mut Vec<Incident>, record: &Record, hits: Vec<Hit>, theme: Theme, source: String) {
    match incidents.iter_mut().find(|incident| incident.theme == theme) {
        Some(incident) => {
            incident.times += 1;
            if incident.clues.len() < MOST_CLUES {
                incident.keep(clue(record, hits));
            }
        }
        None => incidents.push(Incident { clues: vec![clue(record, hits)], times: 1, theme, source }),
    }
}

/// Weight of what only passes on.
pub(super) const WRAPPER: u8 = 1;

/// How much a row says about what went wrong.
pub(super) const fn weight(row: &Row) -> u8 {
    match row.kind {
        Kind::Wrapper => WRAPPER,
        _ if row.weak => 2,
        _ => 3,
    }
}

fn clue(record: &Record, hits: Vec<Hit>) -> Clue {
    let shown = |text: &str, length: usize| clipped(&secret::mask(text), length).to_owned();
    let record = Record { level: record.level, source: shown(&record.source, 300), package: shown(&record.package, 300), text: around(&record.text, &hits) };
    Clue { folded: fold(&record.text), record, hits }
}

/// The masked text, cut to what is kept: the beginning, and the place of the last hit when that lies behind.
fn around(text: &str, hits: &[Hit]) -> String {
    let masked = secret::mask(text);
    if masked.len() <= KEPT {
        return masked.into_owned();
    }
    let last = hits.iter().map(|hit| hit.at).max().unwrap_or(0);
    let mut from = last.saturating_sub(KEPT / 2).min(masked.len() - KEPT);
    while !masked.is_char_boundary(from) {
        from += 1;
    }
    clipped(masked.get(from..).unwrap_or_default(), KEPT).to_owned()
}

/// The task in a source, without what the data flow engine and connection managers add.
fn place(source: &str) -> String {
    let source = ["SSIS.Pipeline", "DTS.Pipeline", "Connection manager", "Administrador de conex", "Verbindungs-Manager"]
        .iter()
        .fold(source, |rest, end| rest.find(end).map_or(rest, |at| rest.get(..at).unwrap_or_default()));
    let source = source.split('[').next().unwrap_or(source);
    fold(source.trim_matches([' ', ',', ':']))
}

/// Whether two places are one: equal, one inside the other, or one not told.
fn go_together(left: &str, right: &str) -> bool {
    let begins = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| short.is_empty() || !rest.starts_with(char::is_alphanumeric));
    begins(left, right) || begins(right, left)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnose::index::index;

    #[test]
    fn places() {
        for (source, expected) in
            [("Load, SSIS.Pipeline", "load"), ("Load Orders [31]", "load orders"), ("Pkg Connection manager \"A\"", "pkg"), ("[17]", ""), ("SSIS.Pipeline", "")]
        {
            assert_eq!(place(source), expected);
        }
        assert!(go_together("load orders", "load") && go_together("", "x") && !go_together("a", "b") && !go_together("task 1", "task 10"));
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let mut collector = Collector::new(index());
        for number in 0..10_000 {
            let text = format!("Login failed for user 'u{number}' {}", "x".repeat(10_000));
            collector.push(&Record { level: Level::Error, source: format!("Task {number}"), text, ..Record::default() });
        }
        collector.end();
        assert_eq!((collector.records, collector.incidents.len()), (10_000, MOST_INCIDENTS));
        assert!(collector.incidents.iter().all(|incident| incident.context().len() <= KEPT));
    }
}
