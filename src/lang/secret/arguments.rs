//! Secrets on a command line.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::is_placeholder;
use super::text::{disjoint, secrets_in_text};
use crate::lang::pattern::pattern;

/// A switch that takes a password, by long name: `/password:x`, `--password=x`, `-Password x`, `-pw x`.
static LONG: LazyLock<Regex> =
    LazyLock::new(|| switch(r"(?i:/|--?)(?i:password|passwd|passphrase|pass|pwd|pw|token|secret|apikey|api-key|decrypt|de)(?:[:=]\s*|\s+)"));

/// The short one: `-Px`, `-P x` of sqlcmd and bcp, `-px` of 7-Zip and mysql. `-p x` with a blank is a port or a path as often, so not taken.
static SHORT: LazyLock<Regex> = LazyLock::new(|| switch(r"(?:-P\s*|-p)"));

/// Programs whose `-P` or `-p` is a password. Boundaries of words are those of ASCII: others would make the search slow in every text with an umlaut.
static PROGRAM: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:sqlcmd|osql|isql|bcp|7z|7za|7zg|rar|winrar|unrar|mysql|mysqldump|pkzipc|wzzip)\b|(?:^|\s)[axe]\s+-|-[US]\s*\S"));

fn switch(name: &str) -> Regex {
    pattern(&format!(r#"(?:^|\s)(?:{name})(?:"([^"]*)"|'([^']*)'|([^\s"'/-]\S*))"#))
}

/// The literal secrets of the arguments of a process, in byte ranges, in order: `/password:x`, `--password=x`, `-pw x`, sqlcmd's `-P x`, 7-Zip's
/// `-px`, and what [`secrets_in_text`] finds.
#[must_use]
pub fn secrets_in_arguments(arguments: &str) -> Vec<Range<usize>> {
    let mut found = values(&LONG, arguments);
    if PROGRAM.is_match(arguments) {
        found.extend(values(&SHORT, arguments));
    }
    found.retain(|range| arguments.get(range.clone()).is_some_and(|value| !is_placeholder(value) && !value.starts_with('$')));
    found.extend(secrets_in_text(arguments).into_iter().map(|range| first_word(arguments, range)));
    disjoint(found)
}

/// What the switches carry, quotes taken off.
pub(super) fn values(switch: &Regex, arguments: &str) -> Vec<Range<usize>> {
    switch.captures_iter(arguments).filter_map(|found| found.iter().skip(1).flatten().next()).map(|value| value.range()).collect()
}

/// Every value that may be a secret, programs and placeholders not looked at.
pub(super) fn suspects(arguments: &str) -> Vec<Range<usize>> {
    values(&LONG, arguments)
}

/// A bare value ends with its argument.
fn first_word(text: &str, range: Range<usize>) -> Range<usize> {
    let quoted = text.get(..range.start).is_some_and(|before| before.ends_with(['"', '\'', '{']));
    let value = text.get(range.clone()).unwrap_or_default();
    let start = range.start + value.len() - value.trim_start().len();
    let word = value.split_whitespace().next().map_or(0, str::len);
    if quoted { range } else { start..start + word }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(text: &str) -> Vec<&str> {
        secrets_in_arguments(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn switches() {
        for arguments in [
            "/password:geheim1 x",
            "--password=geheim1",
            "-Password geheim1",
            "-pw \"geheim1\" host",
            "-S a -U b -P geheim1 -Q x",
            "a -pgeheim1 x.7z",
            "x -tzip -U b -Pgeheim1",
            "user@host --token 'geheim1'",
            "-c Password=geheim1 -x",
            "sqlcmd -P geheim1",
        ] {
            assert_eq!(secrets(arguments), ["geheim1"], "{arguments}");
        }
    }

    #[test]
    fn white_space_before_a_value_is_no_part_of_it() {
        assert_eq!(secrets("pwd=\u{b}geheimé x"), ["geheimé"]);
    }

    #[test]
    fn silent() {
        for arguments in
            ["-F .\\storage.ps1", "alarms.py 0", "-p 22 host", "-path C:\\x", "/password:%PWD%", "-pw $(P)", "", "-Password $pwd", "/print:x", "-pw -x"]
        {
            assert!(secrets(arguments).is_empty(), "{arguments}: {:?}", secrets(arguments));
        }
    }
}
