//! Text → pairs, in one pass.

use std::borrow::Cow;
use std::ops::Range;

use super::keyword::canonical;
use super::{Dialect, Fault, Pair};

/// Reads all pairs, and what is wrong with the text.
pub(super) fn read(text: &str, dialect: Dialect) -> (Vec<Pair<'_>>, Vec<Fault>) {
    let mut reader = Reader { text, dialect, at: 0, pairs: Vec::with_capacity(8), faults: Vec::new(), unclosed: Vec::new() };
    while reader.at < text.len() {
        reader.pair();
    }
    (reader.pairs, reader.faults)
}

struct Reader<'a> {
    text: &'a str,
    dialect: Dialect,
    /// Offset of the next byte to read; all delimiters are ASCII, so always on a character.
    at: usize,
    pairs: Vec<Pair<'a>>,
    faults: Vec<Fault>,
    /// Quotes that were searched to the end of the text in vain: never again, or hostile text makes reading quadratic.
    unclosed: Vec<u8>,
}

impl<'a> Reader<'a> {
    /// One pair with the semicolon behind it.
    fn pair(&mut self) {
        let start = self.at;
        let Some(key) = self.key() else {
            return self.without_equals(start);
        };
        let (value, value_range) = self.value();
        if key.is_empty() {
            self.faults.push(Fault::EmptyKey(start..self.at));
        }
        let name = self.slice(&key);
        let name = if self.doubles_equals() { undoubled(name, b'=') } else { Cow::Borrowed(name) };
        self.pairs.push(Pair { keyword: canonical(&name), key: name, value, key_range: key, value_range });
        self.at = (self.at + 1).min(self.text.len());
    }

    /// The keyword and its `=`; None if a semicolon or the end comes first, with the position left where it was.
    fn key(&mut self) -> Option<Range<usize>> {
        let bytes = self.text.as_bytes();
        let mut end = self.at;
        loop {
            match bytes.get(end)? {
                b';' => return None,
                b'=' if bytes.get(end + 1) == Some(&b'=') && self.doubles_equals() => end += 2,
                b'=' => break,
                _ => end += 1,
            }
        }
        let key = self.trimmed(self.at..end);
        self.at = end + 1;
        Some(key)
    }

    fn doubles_equals(&self) -> bool {
        matches!(self.dialect, Dialect::DataLink | Dialect::SqlClient | Dialect::AdoNet)
    }

    fn without_equals(&mut self, start: usize) {
        let end = self.find(b';', start);
        let rest = self.trimmed(start..end);
        if !rest.is_empty() {
            self.faults.push(Fault::MissingEquals(rest));
        }
        self.at = (end + 1).min(self.text.len());
    }

    /// The value; afterwards the position is on the semicolon or at the end.
    fn value(&mut self) -> (Cow<'a, str>, Range<usize>) {
        // Only what stands in front is of interest: to trim the far end again for every pair would be quadratic.
        let rest = self.slice(&(self.at..self.text.len()));
        let start = self.text.len() - rest.trim_start().len();
        let opening = self.text.as_bytes().get(start).copied();
        let closing = match (self.dialect, opening) {
            (Dialect::Odbc, Some(b'{')) => Some(b'}'),
            (Dialect::DataLink | Dialect::SqlClient | Dialect::AdoNet, Some(quote @ (b'"' | b'\''))) => Some(quote),
            _ => None,
        };
        closing.and_then(|closing| self.quoted(start, closing)).unwrap_or_else(|| self.bare())
    }

    fn bare(&mut self) -> (Cow<'a, str>, Range<usize>) {
        let end = self.find(b';', self.at);
        let range = self.trimmed(self.at..end);
        self.at = end;
        (Cow::Borrowed(self.slice(&range)), range)
    }

    /// A value in quotes or braces. A quote that is never closed is a fault, and the value then ends with its semicolon, so that the rest
    /// of the string can still be read.
    fn quoted(&mut self, start: usize, closing: u8) -> Option<(Cow<'a, str>, Range<usize>)> {
        let Some(end) = self.closed_at(start + 1, closing) else {
            self.unclosed.push(closing);
            self.faults.push(Fault::Unbalanced(start..start + 1));
            return None;
        };
        let range = start + 1..end;
        let value = undoubled(self.slice(&range), closing);
        self.at = self.find(b';', end + 1);
        let behind = self.trimmed(end + 1..self.at);
        if !behind.is_empty() {
            self.faults.push(Fault::TextAfterQuote(behind));
        }
        Some((value, range))
    }

    /// Where the closing quote stands.
    fn closed_at(&self, from: usize, closing: u8) -> Option<usize> {
        if self.unclosed.contains(&closing) {
            return None;
        }
        let bytes = self.text.as_bytes();
        let mut at = from;
        loop {
            let end = at + memchr::memchr(closing, bytes.get(at..)?)?;
            if bytes.get(end + 1) != Some(&closing) {
                return Some(end);
            }
            at = end + 2;
        }
    }

    fn find(&self, byte: u8, from: usize) -> usize {
        self.text.as_bytes().get(from..).and_then(|rest| memchr::memchr(byte, rest)).map_or(self.text.len(), |found| from + found)
    }

    fn slice(&self, range: &Range<usize>) -> &'a str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let slice = self.slice(&range);
        let start = range.start + (slice.len() - slice.trim_start().len());
        start..start + slice.trim().len()
    }
}

/// The text with that ASCII character made single where it is doubled.
fn undoubled(text: &str, character: u8) -> Cow<'_, str> {
    if memchr::memchr(character, text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let single = char::from(character).to_string();
    Cow::Owned(text.replace(&single.repeat(2), &single))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str, dialect: Dialect) -> Vec<(String, String)> {
        read(text, dialect).0.into_iter().map(|pair| (pair.key.into_owned(), pair.value.into_owned())).collect()
    }

    fn pair(key: &str, value: &str) -> (String, String) {
        (key.to_owned(), value.to_owned())
    }

    #[test]
    fn data_link() {
        assert_eq!(pairs(" A = b ;;C=\"d;\"\"e\" ; F='g''h';", Dialect::DataLink), [pair("A", "b"), pair("C", "d;\"e"), pair("F", "g'h")]);
        assert_eq!(pairs("a==b=c=d", Dialect::DataLink), [pair("a=b", "c=d")]);
        assert_eq!(pairs("User ID=\"\";x=", Dialect::DataLink), [pair("User ID", ""), pair("x", "")]);
    }

    #[test]
    fn odbc() {
        assert_eq!(pairs("Driver={SQL Server};PWD={a;}}b};X='y'", Dialect::Odbc), [pair("Driver", "SQL Server"), pair("PWD", "a;}b"), pair("X", "'y'")]);
    }

    #[test]
    fn plain_values_keep_their_quotes() {
        assert_eq!(pairs("AccountKey=abc==;X=\"y", Dialect::Plain), [pair("AccountKey", "abc=="), pair("X", "\"y")]);
    }

    #[test]
    fn faults() {
        let faults = |text| read(text, Dialect::DataLink).1;
        assert_eq!(faults("a=b;  ; ;"), []);
        assert_eq!(faults("a=b;rest;c=d"), [Fault::MissingEquals(4..8)]);
        assert_eq!(faults("a=\"b;c=d"), [Fault::Unbalanced(2..3)]);
        assert_eq!(faults("a=\"b\"x;c=d"), [Fault::TextAfterQuote(5..6)]);
        assert_eq!(faults("=b"), [Fault::EmptyKey(0..2)]);
    }

    #[test]
    fn an_open_quote_does_not_swallow_the_rest() {
        assert_eq!(pairs("a=\"b;c=d", Dialect::DataLink), [pair("a", "\"b"), pair("c", "d")]);
    }
}
