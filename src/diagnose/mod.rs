//! The failed run explained: what a runtime message means ([`answer`]), and what a log says went wrong ([`diagnose`]).
//!
//! A log in any shape becomes records, one per message (`text`, `table`, `json`); records that pass one another on become incidents (`collect`); the error
//! index says what the deciding message means and which rules find its cause (`judge`); findings of these rules in the packages at hand name the object
//! ([`explain_with`]).

pub mod index;

mod code;
mod collect;
mod decode;
mod explain;
mod fold;
mod json;
mod judge;
mod marks;
mod names;
mod opener;
mod packages;
mod record;
mod table;
mod text;
mod write;

use std::io::{self, Read};

pub use explain::{Answer, answer, describe, suggestions, write_answer};
pub use judge::{Aside, Failure};
pub use packages::explain_with;
pub use write::{write_human, write_json};

use collect::Collector;
use decode::Lines;
use record::Record;
use table::Table;
use text::Cutter;

/// What a log says went wrong.
#[derive(Clone, Debug)]
pub struct Diagnosis {
    /// What the log looks like.
    pub shape: &'static str,
    /// Messages read.
    pub records: usize,
    /// Messages beyond those that are kept.
    pub left_out: usize,
    /// What went wrong, the most telling first.
    pub failures: Vec<Failure>,
    /// What did not stop the run.
    pub asides: Vec<Aside>,
}

/// Reads a log of any shape to its end. Memory does not grow with its length.
///
/// # Errors
///
/// When the log cannot be read. What it holds is never an error.
pub fn diagnose(log: impl Read) -> io::Result<Diagnosis> {
    let mut collector = Collector::new(index::index());
    let shape = read(&mut Lines::new(log), &mut collector)?;
    collector.end();
    let shape = if shape == "text" && collector.marks.agent() { "job history" } else { shape };
    let (failures, asides) = judge::judge(&collector);
    Ok(Diagnosis { shape, records: collector.records, left_out: collector.left_out, failures, asides })
}

fn read<R: Read>(lines: &mut Lines<R>, collector: &mut Collector) -> io::Result<&'static str> {
    if lines.head()?.trim_start().starts_with(['{', '[']) {
        let document = lines.rest(json::LONGEST)?;
        if let Some(texts) = document.as_deref().and_then(json::texts) {
            let mut cutter = Cutter::new(|record: &Record| collector.push(record));
            for text in &texts {
                text.lines().for_each(|line| cutter.line(line));
                cutter.flush();
            }
            return Ok("JSON");
        }
    }
    let mut first = lines.next()?;
    if let Some((table, is_header)) = first.as_deref().and_then(Table::of_first_line) {
        if table.is_view() {
            collector.marks.set_catalog();
        }
        first = first.filter(|_| !is_header);
        table.read(|| first.take().map_or_else(|| lines.next(), |row| Ok(Some(row))), &mut |record| collector.push(record))?;
        return Ok(if table.is_view() { "view of the catalog" } else { "table of the log provider" });
    }
    let mut cutter = Cutter::new(|record: &Record| collector.push(record));
    while let Some(line) = first {
        cutter.line(&line);
        first = lines.next()?;
    }
    cutter.flush();
    Ok("text")
}
