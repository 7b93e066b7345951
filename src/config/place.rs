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
    LineTable::new(text).location(text, Span::new(offset(range.start), offset(range.end)))
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

/// The rule of the `[[allow]]` entry of that index.
pub(super) fn of_allow(text: &str, index: usize) -> Option<Range<usize>> {
    let table = DeTable::parse(text).ok()?;
    let DeValue::Array(entries) = table.get_ref().get("allow")?.get_ref() else { return None };
    let entry = entries.get(index)?;
    match entry.get_ref() {
        DeValue::Table(entry) => entry.get("rule").map(Spanned::span),
        _ => Some(entry.span()),
    }
}
