//! What can be wrong with a configuration.

use std::ops::Range;

use super::place;
use crate::rules::{self, select::closest};

/// A configuration that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read the configuration `{0}`: {1}")]
    Read(String, std::io::Error),
    /// Files extend each other in a circle.
    #[error("the configuration `{0}` extends itself")]
    Circle(String),
    /// The file is not TOML, has an unknown key, or a value that makes no sense.
    #[error("{file}:{line}:{column}: {message}")]
    Invalid {
        /// As findings show it.
        file: String,
        /// 1-based.
        line: u32,
        /// 1-based, in characters.
        column: u32,
        /// What is wrong, with what may have been meant.
        message: String,
    },
}

impl ConfigError {
    /// A mistake at a place of a file.
    pub(super) fn at(file: &str, text: &str, range: Option<Range<usize>>, message: String) -> Self {
        let place = place::locate(text, &range.unwrap_or(0..0));
        Self::Invalid { file: file.to_owned(), line: place.line, column: place.column, message }
    }

    /// A mistake that reading TOML has found.
    pub(super) fn of_toml(file: &str, text: &str, error: &toml::de::Error) -> Self {
        let message = message(error.message());
        let span = error.span().map(|span| place::of_quoted(text, span, &message));
        Self::at(file, text, span, message)
    }
}

/// Tells the names of rules from other keys.
const SOME_RULE_WITH_OPTIONS: &str = "loopback-server";

/// In the words of configurations, with what may have been meant.
pub(super) fn message(message: &str) -> String {
    let said =
        message.replace('\n', ", ").replace("unknown field", "unknown key").replace("missing field", "missing key").replace("unknown variant", "unknown value");
    // What serde says of a choice between words.
    let said = said.replace("wanted string or table", "expected a string");
    let mut quoted = said.split('`').skip(1).step_by(2);
    let (word, known) = (quoted.next().unwrap_or_default(), quoted.collect::<Vec<_>>());
    if known.contains(&SOME_RULE_WITH_OPTIONS) && rules::find(word).is_some() {
        return format!("the rule `{word}` has no options");
    }
    let meant = closest(word, known.into_iter()).filter(|_| said.starts_with("unknown"));
    match meant {
        Some(meant) => format!("{said}; did you mean `{meant}`?"),
        None => said,
    }
}
