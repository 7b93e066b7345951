//! Where something stands in the text of a configuration.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::finding::Location;
use crate::source::LineTable;
use crate::span::Span;

/// Lines and columns of a range of bytes.
pub(super) fn locate(text: &str, range: &Range<usize>) -> Location {
    let offset = |position: usize| u32::try_from(position.min(text.len())).unwrap_or(u32::MAX);
    LineTable::default().location(text, Span::new(offset(range.start), offset(range.end)))
}

/// The key or string `word` below the top-level `key`; the key itself when there is none.
pub(super) fn of_word(text: &str, key: &str, word: &str) -> Option<Range<usize>> {
    let table = DeTable::parse(text).ok()?;
    let (name, value) = table.get_ref().iter().find(|(name, _)| name.get_ref() == key)?;
    Some(in_value(value, word).unwrap_or_else(|| name.span()))
}

fn in_value(value: &Spanned<DeValue<'_>>, word: &str) -> Option<Range<usize>> {
    match value.get_ref() {
        DeValue::String(text) => (text == word).then(|| value.span()),
        DeValue::Array(entries) => entries.iter().find_map(|entry| in_value(entry, word)),
        DeValue::Table(table) => {
            let key = table.iter().find(|(name, _)| name.get_ref() == word).map(|(name, _)| name.span());
            key.or_else(|| table.iter().find_map(|(_, value)| in_value(value, word)))
        }
        _ => None,
    }
}

/// The string that a message quotes first, in the array that an error points at; the array itself when it is not there as written.
pub(super) fn of_quoted(text: &str, array: Range<usize>, message: &str) -> Range<usize> {
    let word = message.split('`').nth(1).unwrap_or_default();
    let Some(inside) = text.get(array.clone()) else { return array };
    let found = ['"', '\''].into_iter().find_map(|quote| {
        let quoted = format!("{quote}{word}{quote}");
        inside.find(&quoted).map(|position| array.start + position..array.start + position + quoted.len())
    });
    found.unwrap_or(array)
}

/// A key of the entry of that index in a list; the entry when it has no such key.
pub(super) fn of_entry(text: &str, list: &str, index: usize, key: &str) -> Option<Range<usize>> {
    let table = DeTable::parse(text).ok()?;
    let DeValue::Array(entries) = table.get_ref().get(list)?.get_ref() else { return None };
    let entry = entries.get(index)?;
    let value = match entry.get_ref() {
        DeValue::Table(entry) => entry.get(key).map(Spanned::span),
        _ => None,
    };
    Some(value.unwrap_or_else(|| entry.span()))
}

/// The place so many characters into a string as it is written; the string itself for its start.
pub(super) fn inside(text: &str, string: Range<usize>, offset: usize) -> Range<usize> {
    let Some(written) = text.get(string.clone()).filter(|_| offset > 0) else { return string };
    let is_literal = written.starts_with('\'');
    let mut rest = content(written);
    for _ in 0..offset {
        rest = &rest[if is_literal { first(rest) } else { escaped(rest) }..];
    }
    let start = string.start + written.len() - rest.len();
    start..(start + first(rest)).min(string.end)
}

/// What is behind the opening quotes. A line break right behind three of them is no part of the string.
fn content(written: &str) -> &str {
    match ["\"\"\"", "'''"].into_iter().find_map(|quotes| written.strip_prefix(quotes)) {
        Some(rest) => rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n')).unwrap_or(rest),
        None => written.get(1..).unwrap_or_default(),
    }
}

/// Length of the first character.
fn first(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// Length of the first character as written between double quotes, with what stands for nothing before it.
fn escaped(text: &str) -> usize {
    let Some(rest) = text.strip_prefix('\\') else { return first(text) };
    let length = match rest.chars().next() {
        Some('u') => 6,
        Some('U') => 10,
        Some('x') => 4,
        Some(next) if next.is_whitespace() => {
            let skipped = text.len() - rest.trim_start().len();
            skipped + text.get(skipped..).map_or(0, escaped)
        }
        _ => 2,
    };
    if text.is_char_boundary(length) { length.min(text.len()) } else { first(text) }
}
