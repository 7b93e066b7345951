//! The error index: one data file, read once.

use std::sync::LazyLock;

use foldhash::HashMap;
use memchr::memmem;
use regex::{Regex, RegexSet};
use serde::Deserialize;

use super::code;
use super::fold::fold;

/// How far apart the parts of a message may stand: room for a name between them.
const GAP: usize = 300;

/// What the index knows.
#[derive(Debug)]
pub struct Index {
    rows: Vec<Row>,
    choices: Vec<Choice>,
    sources: HashMap<String, String>,
    by_code: HashMap<String, Vec<usize>>,
    /// First parts of all messages, in the order of `messages`.
    starts: RegexSet,
    messages: Vec<Message>,
}

/// What one error means.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Row {
    /// Codes, each with its symbolic name when it has one, parted by a blank.
    pub codes: Vec<String>,
    /// Parts of the text; `*` stands for a name.
    pub messages: Vec<String>,
    /// Codes that come with the message and do not say enough without it.
    pub with: Vec<String>,
    /// What weight it has.
    pub kind: Kind,
    /// Any other cause beside it wins.
    pub weak: bool,
    /// Its message comes after the one that it passes on.
    pub after: bool,
    also: Option<Pattern>,
    unless: Option<Pattern>,
    /// What the failure is about.
    pub topic: Option<String>,
    /// Topics of failures that it explains, for noise.
    pub explains: Vec<String>,
    /// What it means, in a few sentences.
    pub meaning: String,
    rules: Vec<String>,
    hints: Vec<String>,
    choose: Option<String>,
    /// Counts only in a log that ends in the middle of a run.
    pub unfinished: bool,
    /// Where to look when no package shows it.
    pub check: Option<String>,
    sources: Vec<String>,
}

/// What weight an error has among others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Says what went wrong.
    #[default]
    Cause,
    /// Says what went wrong, and no file shows it.
    NotStatic,
    /// Passes another error on.
    Wrapper,
    /// Often logged while the run goes on.
    Noise,
}

/// Rules that depend on what the text of the failure holds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Choice {
    of: String,
    when: Option<Pattern>,
    shape: Option<String>,
    #[serde(default)]
    rules: Vec<String>,
    #[serde(default)]
    hints: Vec<String>,
}

/// Rules that find a cause, and rules that may have to do with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rules<'i> {
    /// Best first.
    pub rules: &'i [String],
    /// Never the cause.
    pub hints: &'i [String],
}

/// A row that a text meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    /// Which row.
    pub(super) row: usize,
    /// By a message, which says more than a code.
    pub(super) by_message: bool,
    /// Where in the folded text.
    pub(super) at: usize,
}

#[derive(Debug)]
struct Message {
    row: usize,
    parts: Vec<String>,
}

/// A pattern over folded text.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
struct Pattern(Regex);

impl TryFrom<String> for Pattern {
    type Error = regex::Error;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Regex::new(&text).map(Self)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    sources: HashMap<String, String>,
    choice: Vec<Choice>,
    row: Vec<Row>,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("index.toml")).expect("internal error: the error index is malformed");
    Index::new(file)
});

/// The index of this version.
#[must_use]
pub fn index() -> &'static Index {
    &INDEX
}

impl Index {
    fn new(file: File) -> Self {
        let mut by_code: HashMap<String, Vec<usize>> = HashMap::default();
        let mut messages = Vec::new();
        for (row, entry) in file.row.iter().enumerate() {
            for word in entry.codes.iter().flat_map(|code| code.split(' ')) {
                let rows = by_code.entry(code::canonical(word).unwrap_or_else(|| word.to_owned())).or_default();
                if rows.last() != Some(&row) {
                    rows.push(row);
                }
            }
            messages.extend(entry.messages.iter().map(|text| Message { row, parts: parts(text) }));
        }
        let starts = RegexSet::new(messages.iter().map(|message| regex::escape(message.parts.first().map_or("", String::as_str))))
            .expect("internal error: the messages of the error index are no patterns");
        Self { rows: file.row, choices: file.choice, sources: file.sources, by_code, starts, messages }
    }

    /// Every row.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The row of that number, which came from this index.
    pub(super) fn row(&self, number: usize) -> Option<&Row> {
        self.rows.get(number)
    }

    /// Rows of a canonical code or a symbolic name.
    pub(super) fn with_code(&self, code: &str) -> &[usize] {
        self.by_code.get(code).map_or(&[], Vec::as_slice)
    }

    /// Rows that a folded text meets, by messages first. Conditions are not looked at.
    pub(super) fn hits(&self, folded: &str) -> Vec<Hit> {
        let mut hits = self.by_messages(folded);
        for (code, at) in code::scan(folded) {
            for row in self.with_code(&code) {
                if !hits.iter().any(|hit| hit.row == *row) {
                    hits.push(Hit { row: *row, by_message: false, at });
                }
            }
        }
        hits
    }

    fn by_messages(&self, folded: &str) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        for message in self.starts.matches(folded).iter().filter_map(|number| self.messages.get(number)) {
            let Some(at) = message.find(folded) else { continue };
            match hits.iter_mut().find(|hit| hit.row == message.row) {
                Some(hit) => hit.at = hit.at.min(at),
                None => hits.push(Hit { row: message.row, by_message: true, at }),
            }
        }
        hits
    }

    /// Where the sources of a row can be read.
    pub fn sources<'i>(&'i self, row: &'i Row) -> impl Iterator<Item = &'i str> {
        row.sources.iter().filter_map(|key| self.sources.get(key)).map(String::as_str)
    }

    /// The rules of a row for a failure with this folded text, in a log of this shape.
    pub(super) fn rules<'i>(&'i self, row: &'i Row, folded: &str, shape: &str) -> Rules<'i> {
        let Some(of) = &row.choose else { return Rules { rules: &row.rules, hints: &row.hints } };
        let fits = |choice: &&Choice| {
            choice.of == *of && choice.when.as_ref().is_none_or(|when| when.0.is_match(folded)) && choice.shape.as_deref().is_none_or(|wanted| wanted == shape)
        };
        self.choices.iter().find(fits).map(|choice| Rules { rules: &choice.rules, hints: &choice.hints }).unwrap_or_default()
    }

    /// All rules that a row may name, whatever the failure, each once.
    #[must_use]
    pub fn all_rules<'i>(&'i self, row: &'i Row) -> (Vec<&'i str>, Vec<&'i str>) {
        let choices = self.choices.iter().filter(|choice| row.choose.as_ref() == Some(&choice.of));
        let (rules, hints): (Vec<_>, Vec<_>) = choices.map(|choice| (&choice.rules, &choice.hints)).unzip();
        let rules = distinct(row.rules.iter().chain(rules.into_iter().flatten()));
        let mut hints = distinct(row.hints.iter().chain(hints.into_iter().flatten()));
        hints.retain(|hint| !rules.contains(hint));
        (rules, hints)
    }
}

fn distinct<'i>(names: impl Iterator<Item = &'i String>) -> Vec<&'i str> {
    let mut distinct: Vec<&str> = Vec::new();
    for name in names {
        if !distinct.contains(&name.as_str()) {
            distinct.push(name);
        }
    }
    distinct
}

/// The parts of a message between the names.
fn parts(message: &str) -> Vec<String> {
    message.split('*').map(|part| fold(part).trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

impl Message {
    /// Where the message begins: all parts in their order, each close behind the one before.
    fn find(&self, folded: &str) -> Option<usize> {
        let (first, rest) = self.parts.split_first()?;
        memmem::find_iter(folded.as_bytes(), first.as_bytes()).find(|at| follows(folded.as_bytes(), at + first.len(), rest))
    }
}

fn follows(text: &[u8], from: usize, parts: &[String]) -> bool {
    let mut from = from;
    parts.iter().all(|part| {
        let window = text.get(from..text.len().min(from + GAP + part.len())).unwrap_or_default();
        let found = memmem::find(window, part.as_bytes());
        from += found.unwrap_or(0) + part.len();
        found.is_some()
    })
}

impl Row {
    /// Whether what has to be in the text of the failure is, and what must not be is not.
    pub(super) fn applies(&self, folded: &str) -> bool {
        self.also.as_ref().is_none_or(|also| also.0.is_match(folded)) && self.unless.as_ref().is_none_or(|unless| !unless.0.is_match(folded))
    }

    /// Whether it looks at more than its own message.
    pub(super) fn is_conditional(&self) -> bool {
        self.also.is_some()
    }

    /// Codes without their names.
    pub fn numbers(&self) -> impl Iterator<Item = &str> {
        self.codes.iter().map(|code| code.split(' ').next().unwrap_or(code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_is_sound() {
        let index = index();
        for row in index.rows() {
            assert!(!row.meaning.is_empty() && row.meaning.ends_with('.'), "{row:?}");
            assert!(!row.codes.is_empty() || !row.messages.is_empty(), "{row:?}");
            assert!(!row.sources.is_empty(), "{row:?}");
            assert!(row.sources.iter().all(|key| key == "experience" || index.sources.contains_key(key)), "{:?}", row.sources);
            assert!(row.numbers().chain(row.with.iter().map(String::as_str)).all(|code| code::canonical(code).as_deref() == Some(code)), "{:?}", row.codes);
            let (rules, hints) = index.all_rules(row);
            if row.kind == Kind::NotStatic {
                assert!(rules.is_empty() && row.check.is_some(), "{row:?}");
            }
            if row.kind == Kind::Cause {
                assert!(!rules.is_empty(), "{row:?}");
            }
            assert!(row.check.is_some() || !rules.is_empty() || !hints.is_empty(), "{row:?}");
        }
    }

    #[test]
    fn every_choice_is_asked_for_and_ends_with_one_that_always_fits() {
        let index = index();
        for row in index.rows().iter().filter(|row| row.choose.is_some()) {
            let last = index.choices.iter().rfind(|choice| row.choose.as_ref() == Some(&choice.of));
            assert!(last.is_some_and(|choice| choice.when.is_none() && choice.shape.is_none()), "{:?}", row.choose);
        }
        assert!(index.choices.iter().all(|choice| index.rows().iter().any(|row| row.choose.as_ref() == Some(&choice.of))));
    }

    #[test]
    fn every_message_of_a_row_meets_the_row() {
        let index = index();
        for (number, row) in index.rows().iter().enumerate() {
            for message in &row.messages {
                let text = fold(&message.replace('*', " 'A name' "));
                assert!(index.hits(&text).iter().any(|hit| hit.row == number), "{message}");
            }
        }
    }

    #[test]
    fn names_between_the_parts_of_a_message_do_not_matter() {
        let index = index();
        let meets = |text: &str| index.hits(&fold(text)).iter().filter_map(|hit| index.row(hit.row)).any(|row| row.numbers().any(|code| code == "0xC001000E"));
        assert!(meets("The connection “Ledger (old)” is  not\nfound."));
        assert!(!meets(&format!("The connection {} is not found", "x".repeat(2 * GAP))));
    }
}
