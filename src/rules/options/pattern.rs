//! What options are made of: lists of patterns.

use globset::{GlobBuilder, GlobMatcher};
use regex::{Regex, RegexBuilder};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A list, or none: an empty list takes away what another configuration gives.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct List<T>(Option<Vec<T>>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> List<T> {
    /// Whether nothing is said.
    #[must_use]
    pub const fn is_absent(&self) -> bool {
        self.0.is_none()
    }

    /// Its entries.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.as_deref().unwrap_or_default().iter()
    }
}

impl<T: PartialEq> List<T> {
    /// Whether it has the entry.
    #[must_use]
    pub fn contains(&self, entry: &T) -> bool {
        self.iter().any(|own| own == entry)
    }
}

impl<T: Pattern> List<T> {
    /// Whether one of its patterns matches.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        self.iter().any(|pattern| pattern.is_match(text))
    }
}

/// What matches a text.
pub trait Pattern {
    /// Whether it matches.
    fn is_match(&self, text: &str) -> bool;
}

/// A pattern type is read from a string and written as one.
macro_rules! as_string {
    ($($name:ident)*) => {$(
        impl From<$name> for String {
            fn from(pattern: $name) -> Self {
                pattern.text
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.text == other.text
            }
        }
    )*};
}

as_string!(PathGlob HostGlob NamePattern Prefix);

/// A glob of Windows paths: `\` and `/` are alike, case does not matter, a folder stands for all that is in it.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct PathGlob {
    text: String,
    itself: GlobMatcher,
    below: GlobMatcher,
}

impl TryFrom<String> for PathGlob {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let path = slashes(not_empty(&text)?);
        let path = path.trim_end_matches('/');
        Ok(Self { itself: glob(path, true)?, below: glob(&format!("{path}/**"), true)?, text })
    }
}

impl Pattern for PathGlob {
    fn is_match(&self, path: &str) -> bool {
        let path = slashes(path.trim().trim_matches('"'));
        self.itself.is_match(&path) || self.below.is_match(&path)
    }
}

/// A glob of servers as connection strings name them; the protocol never counts, the instance and the port only when the glob has them.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct HostGlob {
    text: String,
    glob: GlobMatcher,
}

impl TryFrom<String> for HostGlob {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Ok(Self { glob: glob(&slashes(not_empty(&text)?), false)?, text })
    }
}

impl Pattern for HostGlob {
    fn is_match(&self, server: &str) -> bool {
        let server = server.trim();
        let without_protocol = server.split_once(':').map_or(server, |(_, rest)| rest);
        let host = without_protocol.split(['\\', ',']).next().unwrap_or_default();
        [server, without_protocol, host].iter().any(|form| self.glob.is_match(slashes(form)))
    }
}

/// A regular expression that is searched for in names, in any case. A word is one that finds itself.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct NamePattern {
    text: String,
    regex: Regex,
}

impl TryFrom<String> for NamePattern {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let regex = RegexBuilder::new(not_empty(&text)?).case_insensitive(true).size_limit(1 << 20).build().map_err(|error| {
            // The last line of the library's drawing says what is wrong.
            let drawing = error.to_string();
            let reason = drawing.lines().last().unwrap_or_default().trim().trim_start_matches("error: ");
            format!("`{text}` is no regular expression: {reason}")
        })?;
        Ok(Self { regex, text })
    }
}

impl Pattern for NamePattern {
    fn is_match(&self, name: &str) -> bool {
        self.regex.is_match(name)
    }
}

/// The beginning of a name, in any case.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Prefix {
    text: String,
}

impl TryFrom<String> for Prefix {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Ok(Self { text: not_empty(&text)?.to_owned() })
    }
}

impl Pattern for Prefix {
    fn is_match(&self, name: &str) -> bool {
        name.trim_start().get(..self.text.len()).is_some_and(|start| start.eq_ignore_ascii_case(&self.text))
    }
}

/// A pattern of nothing would match everything, which nobody means.
fn not_empty(text: &str) -> Result<&str, String> {
    let text = text.trim();
    if text.is_empty() { Err("the pattern is empty".to_owned()) } else { Ok(text) }
}

fn slashes(path: &str) -> String {
    path.replace('\\', "/")
}

/// Brackets and braces are characters of Windows names, no sets and no choices.
fn glob(pattern: &str, literal_separator: bool) -> Result<GlobMatcher, String> {
    let escaped = pattern.replace('[', "[[]").replace('{', "[{]").replace('}', "[}]");
    let built = GlobBuilder::new(&escaped).case_insensitive(true).literal_separator(literal_separator).build();
    built.map(|glob| glob.compile_matcher()).map_err(|error| format!("`{pattern}` is no glob: {}", error.kind()))
}
