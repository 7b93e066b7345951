//! What the index answers to a question: a code in any notation, a symbolic name, a part of a message.

use std::io::{self, Write};

use super::code;
use super::fold::fold;
use super::index::{Index, Kind, Row, index};
use crate::report::{line, wrap};
use crate::rules;

/// A part of a message that is shorter says nothing.
const SHORTEST: usize = 5;

/// How many rows an answer shows.
const MOST: usize = 4;

/// Rows that answer a question.
#[derive(Debug)]
pub struct Answer {
    /// The code as the index writes it, when the question was one.
    pub code: Option<String>,
    /// Rows, best first.
    pub rows: Vec<&'static Row>,
}

/// The answer to a question; none when the index does not know it.
#[must_use]
pub fn answer(query: &str) -> Option<Answer> {
    let index = index();
    let code = code::canonical(query);
    let key = code.clone().unwrap_or_else(|| query.trim().to_ascii_uppercase());
    let mut rows: Vec<&'static Row> = index.with_code(&key).iter().filter_map(|row| index.row(*row)).collect();
    rows.extend(index.rows().iter().filter(|row| row.with.contains(&key)));
    if rows.is_empty() && code.is_none() {
        rows = by_text(index, &fold(query));
        rows.truncate(MOST);
    }
    (!rows.is_empty()).then_some(Answer { code, rows })
}

/// Rows whose messages are in the text, or hold it.
fn by_text(index: &'static Index, query: &str) -> Vec<&'static Row> {
    let query = query.trim();
    let mut hits = index.hits(query);
    let weight = |row: &Row| (row.kind == Kind::Wrapper, row.weak);
    hits.retain(|hit| index.row(hit.row).is_some_and(|row| row.applies(query) || hit.by_message));
    hits.sort_by_key(|hit| (index.row(hit.row).map(weight), !hit.by_message, hit.at));
    if !hits.is_empty() {
        return hits.iter().filter_map(|hit| index.row(hit.row)).collect();
    }
    let holds = |row: &&Row| row.messages.iter().any(|message| fold(message).contains(query));
    if query.chars().count() < SHORTEST { Vec::new() } else { index.rows().iter().filter(holds).collect() }
}

/// A question in the notation of the index, when it is a code in another one.
#[must_use]
pub fn describe(query: &str) -> String {
    match code::canonical(query).filter(|code| code != query) {
        Some(code) => format!("`{}` ({code})", line(query)),
        None => format!("`{}`", line(query)),
    }
}

/// What may have been meant: rules, codes that differ in one digit, names and messages with the same words.
#[must_use]
pub fn suggestions(query: &str) -> Vec<String> {
    let index = index();
    if let Some(code) = code::canonical(query) {
        let near = index.rows().iter().flat_map(Row::numbers).filter(|known| differences(known, &code) == 1);
        return distinct(near.map(str::to_owned));
    }
    let query = fold(query);
    let words: Vec<&str> = query.split(' ').filter(|word| word.len() > 3).collect();
    let common = |message: &str| words.iter().filter(|word| message.contains(**word)).count();
    let mut messages: Vec<(usize, &String)> = index.rows().iter().flat_map(|row| &row.messages).map(|message| (common(message), message)).collect();
    messages.sort_by_key(|(common, _)| std::cmp::Reverse(*common));
    let enough = words.len().div_ceil(2).max(1);
    distinct(messages.into_iter().filter(|(common, _)| *common >= enough).map(|(_, message)| message.clone()))
}

fn differences(left: &str, right: &str) -> usize {
    if left.len() != right.len() { usize::MAX } else { left.bytes().zip(right.bytes()).filter(|(left, right)| left != right).count() }
}

/// The first few, each once.
fn distinct(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut distinct = Vec::new();
    for text in texts {
        if !distinct.contains(&text) && distinct.len() < MOST {
            distinct.push(text);
        }
    }
    distinct
}

/// Writes an answer for people, in 100 columns.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write_answer(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    if let Some(code) = &answer.code {
        let signed = code::signed(code).map(|number| format!(" ({number})")).unwrap_or_default();
        writeln!(out, "{}{signed}\n", line(code))?;
    }
    for (number, row) in answer.rows.iter().enumerate() {
        if number > 0 {
            writeln!(out, "\n{}\n", "-".repeat(40))?;
        }
        write_row(index(), row, out)?;
    }
    Ok(())
}

fn write_row(index: &Index, row: &Row, out: &mut dyn Write) -> io::Result<()> {
    paragraph(out, "", &row.meaning)?;
    writeln!(out)?;
    if !row.codes.is_empty() {
        section(out, "Codes", row.codes.iter().map(String::as_str))?;
    }
    if !row.messages.is_empty() {
        let messages: Vec<String> = row.messages.iter().map(|message| message.replace('*', "…")).collect();
        section(out, "Messages", messages.iter().map(String::as_str))?;
    }
    let (rules, hints) = index.all_rules(row);
    write_rules(out, "Rules that find the cause", &rules)?;
    write_rules(out, "Rules that may have to do with it", &hints)?;
    if rules.is_empty() {
        writeln!(out, "Not visible in a package.")?;
    }
    if row.kind == Kind::Wrapper {
        writeln!(out, "It only passes another error on: look at the messages beside it.")?;
    }
    if let Some(check) = &row.check {
        paragraph(out, "Where to look when the files do not show it: ", check)?;
    }
    let sources: Vec<&str> = index.sources(row).collect();
    if !sources.is_empty() {
        writeln!(out, "Sources")?;
        sources.iter().try_for_each(|source| paragraph(out, "  ", source))?;
    }
    Ok(())
}

fn write_rules(out: &mut dyn Write, title: &str, names: &[&str]) -> io::Result<()> {
    let lines: Vec<String> = names.iter().map(|name| format!("{name}: {}", rules::find(name).map_or("not in this version", |rule| rule.summary))).collect();
    if lines.is_empty() { Ok(()) } else { section(out, title, lines.iter().map(String::as_str)) }
}

fn section<'t>(out: &mut dyn Write, title: &str, lines: impl Iterator<Item = &'t str>) -> io::Result<()> {
    writeln!(out, "{title}")?;
    for text in lines {
        paragraph(out, "  ", text)?;
    }
    writeln!(out)
}

fn paragraph(out: &mut dyn Write, head: &str, text: &str) -> io::Result<()> {
    writeln!(
        out,
        "{}",
        wrap(
            head,
            text,
            100,
            match head {
                "" => 0,
                "  " => 4,
                _ => 2,
            }
        )
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first_rules(query: &str) -> Vec<&'static str> {
        let answer = answer(query).unwrap_or_else(|| panic!("no answer: {query}"));
        answer.rows.first().map(|row| index().all_rules(row).0).unwrap_or_default()
    }

    #[test]
    fn every_row_answers_in_every_notation() {
        for row in index().rows() {
            for code in row.numbers().chain(row.with.iter().map(String::as_str)) {
                let unsigned = code::signed(code).map(|number| number.cast_unsigned().to_string());
                let notations = [code.to_owned(), code.to_lowercase()].into_iter().chain(code::signed(code).map(|number| number.to_string())).chain(unsigned);
                for notation in notations {
                    let answer = answer(&notation).unwrap_or_else(|| panic!("no answer: {notation}"));
                    assert!(answer.rows.iter().any(|found| std::ptr::eq(*found, row)), "{notation}");
                }
            }
            for name in row.codes.iter().filter_map(|code| code.split(' ').nth(1)) {
                assert!(answer(name).is_some_and(|answer| answer.rows.iter().any(|found| std::ptr::eq(*found, row))), "{name}");
            }
            for message in &row.messages {
                let text = message.replace('*', "'X'");
                assert!(answer(&text).is_some_and(|answer| answer.rows.iter().any(|found| found.messages.contains(message))), "{text}");
            }
        }
    }

    #[test]
    fn parts_of_messages_are_found() {
        assert_eq!(first_rules("Key not valid for use in specified state"), ["user-key-ciphertext", "encrypt-all-user-key"]);
        assert_eq!(first_rules("KEY not valid"), ["user-key-ciphertext", "encrypt-all-user-key"]);
        assert_eq!(first_rules("Error: The connection 'Sales' is not found. This error is thrown")[0], "unresolved-connection");
        assert_eq!(first_rules("Error: 0xC0202009 at X: error code 0x80040E4D \"Login failed for user 'CORP\\svc'\"")[0], "managed-identity-conflict");
    }

    #[test]
    fn what_is_not_known_gets_suggestions() {
        assert!(answer("0xC0016099").is_none());
        assert!(suggestions("0xC0016018").contains(&"0xC0016016".to_owned()));
        assert!(answer("nobody has ever seen this").is_none());
        assert!(!suggestions("package encrypted with passwords").is_empty());
        for query in ["", " ", "*", "é", "\u{1b}[31m"] {
            assert!(answer(query).is_none(), "{query:?}");
            let _ = suggestions(query);
        }
    }

    #[test]
    fn an_answer_fits_into_a_hundred_columns() {
        for row in index().rows() {
            let mut out = Vec::new();
            write_answer(&Answer { code: None, rows: vec![row] }, &mut out).expect("memory takes everything");
            let text = String::from_utf8(out).expect("UTF-8");
            // An address is left whole.
            assert!(text.lines().all(|line| line.chars().count() <= 100 || !line.trim().contains(' ')), "{text}");
        }
    }
}
