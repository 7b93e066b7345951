//! Connection strings: `keyword=value;` in the dialects of the connection managers.
//!
//! Reading never fails; what a provider would refuse is listed in [`ConnectionString::faults`].

mod dialect;
mod facts;
mod keyword;
mod reader;
mod server;

use std::borrow::Cow;
use std::ops::Range;

pub use dialect::Dialect;
pub use facts::{Authentication, Encryption};
pub use server::{server_is_azure_sql_database, server_is_loopback};

use super::secret;

/// A connection string, read. It borrows from its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionString<'a> {
    text: &'a str,
    dialect: Dialect,
    pairs: Vec<Pair<'a>>,
    faults: Vec<Fault>,
}

/// One `keyword=value`. Ranges are bytes of the text, without quotes and surrounding blanks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair<'a> {
    /// The keyword as written, a doubled `=` made single.
    pub key: Cow<'a, str>,
    /// The name that the keyword shares with its synonyms.
    pub(super) keyword: Cow<'static, str>,
    /// The value without its quotes or braces, doubled ones made single.
    pub value: Cow<'a, str>,
    /// Where the keyword stands.
    pub key_range: Range<usize>,
    /// Where the value stands, inside its quotes.
    pub value_range: Range<usize>,
}

/// Why a provider would refuse the string, with the bytes of the text it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Not one `keyword=value` in it.
    NoPairs,
    /// Text between two semicolons without `=`: often the rest of a value that needs quotes.
    MissingEquals(Range<usize>),
    /// Nothing before the `=`.
    EmptyKey(Range<usize>),
    /// A quote or brace that is never closed.
    Unbalanced(Range<usize>),
    /// Text between a closing quote or brace and the next semicolon.
    TextAfterQuote(Range<usize>),
}

impl<'a> ConnectionString<'a> {
    /// Reads the text. Never fails: see [`Self::faults`].
    #[must_use]
    pub fn parse(text: &'a str, dialect: Dialect) -> Self {
        let (pairs, mut faults) = reader::read(text, dialect);
        if pairs.is_empty() {
            faults.push(Fault::NoPairs);
        }
        Self { text, dialect, pairs, faults }
    }

    /// The text it was read from.
    #[must_use]
    pub const fn text(&self) -> &'a str {
        self.text
    }

    /// The dialect it was read in.
    #[must_use]
    pub const fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// All pairs in the order of the text, duplicates included.
    #[must_use]
    pub fn pairs(&self) -> &[Pair<'a>] {
        &self.pairs
    }

    /// What a provider would refuse, in the order of the text.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// The pair that counts for a keyword or any of its synonyms, without regard to case, blanks and underscores. Of duplicates the last
    /// counts, in ODBC the first; of `Provider` always the first.
    #[must_use]
    pub fn pair(&self, key: &str) -> Option<&Pair<'a>> {
        let wanted = keyword::canonical(key);
        let mut same = self.pairs.iter().filter(|pair| pair.keyword == wanted);
        let first_counts = self.dialect == Dialect::Odbc || wanted == "provider";
        if first_counts { same.next() } else { same.next_back() }
    }

    /// The value that counts for a keyword or any of its synonyms; see [`Self::pair`].
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.pair(key).map(|pair| pair.value.as_ref())
    }

    /// Where literal secrets stand, in bytes of the text, in order. Empty values and placeholders are none.
    #[must_use]
    pub fn secrets(&self) -> Vec<Range<usize>> {
        self.pairs.iter().flat_map(|pair| self.secrets_of(pair)).collect()
    }

    fn secrets_of(&self, pair: &Pair<'a>) -> Vec<Range<usize>> {
        if secret::is_secret_name(&pair.key) {
            let literal = !pair.value.is_empty() && !secret::is_placeholder(&pair.value);
            return literal.then(|| pair.value_range.clone()).into_iter().collect();
        }
        let inside = self.text.get(pair.value_range.clone()).map(secret::secrets_in_text).unwrap_or_default();
        inside.into_iter().map(|range| range.start + pair.value_range.start..range.end + pair.value_range.start).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn secrets(text: &str, dialect: Dialect) -> Vec<&str> {
        ConnectionString::parse(text, dialect).secrets().into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn duplicates() {
        let string = ConnectionString::parse("Provider=A;Data Source=x;Server=y;Provider=B", Dialect::DataLink);
        assert_eq!((string.get("provider"), string.get("ADDRESS")), (Some("A"), Some("y")));
        let string = ConnectionString::parse("SERVER=x;Server=y", Dialect::Odbc);
        assert_eq!(string.get("server"), Some("x"));
    }

    #[test]
    fn secrets_are_literals_only() {
        assert_eq!(secrets("Server=a;UID=b;Pwd=geheim1;", Dialect::SqlClient), ["geheim1"]);
        assert_eq!(secrets("Driver={X};UID=b;PWD={ge;heim}", Dialect::Odbc), ["ge;heim"]);
        assert_eq!(secrets("SERVER=h:1521/S;USERNAME=u;password=geheim1;WINAUTH=0", Dialect::Plain), ["geheim1"]);
        assert_eq!(secrets("Provider=Microsoft.Jet.OLEDB.4.0;Jet OLEDB:Database Password='geheim1'", Dialect::DataLink), ["geheim1"]);
        assert_eq!(secrets("Provider=P;Extended Properties=\"Password=geheim1;x=1\"", Dialect::DataLink), ["geheim1"]);
        assert_eq!(secrets("BlobEndpoint=https://a;SharedAccessSignature=sv=1&sig=abcdefghijklmnopq", Dialect::Plain), ["sv=1&sig=abcdefghijklmnopq"]);
        assert!(secrets("Server=a;Password=***;Access Token=;PWD=\"\";Persist Security Info=True", Dialect::SqlClient).is_empty());
    }

    proptest! {
        #[test]
        fn ranges_lie_in_the_text(text in "(?:[a-zA-Zé ;=\"'{}+@]|Password=|Provider=){0,40}", dialect in 0_usize..5) {
            let dialect = [Dialect::DataLink, Dialect::SqlClient, Dialect::AdoNet, Dialect::Odbc, Dialect::Plain][dialect];
            let string = ConnectionString::parse(&text, dialect);
            for pair in string.pairs() {
                prop_assert!(text.get(pair.key_range.clone()).is_some() && text.get(pair.value_range.clone()).is_some());
            }
            for range in string.secrets() {
                prop_assert!(text.get(range).is_some());
            }
        }
    }
}
