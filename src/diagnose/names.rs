//! Names of objects in messages.

use std::sync::LazyLock;

use regex::Regex;

use super::collect::Incident;
use super::fold::fold;

/// Names that are kept of one failure.
const MOST: usize = 64;

/// Longer texts are no names.
const LONGEST: usize = 160;

/// What the messages of a failure name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Names {
    /// Sources of the messages as they stand in the log, each once.
    pub(super) sources: Vec<String>,
    /// Names in quotation marks and brackets, folded.
    quoted: Vec<String>,
    /// Sources, folded.
    folded: Vec<String>,
    /// Packages, folded, without ending.
    packages: Vec<String>,
}

static BRACKETED: LazyLock<Regex> = LazyLock::new(|| pattern(r"\[([^\[\]\n]{1,160})\]"));
static PACKAGE: LazyLock<Regex> = LazyLock::new(|| pattern(r#"([^"\\/:*?<>|\n\r,]{1,120})\.dtsx"#));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("internal error: the pattern of names is wrong")
}

fn keep(names: &mut Vec<String>, name: &str) {
    let name = name.trim();
    if !name.is_empty() && names.len() < MOST && !names.iter().any(|known| known == name) {
        names.push(name.to_owned());
    }
}

impl Names {
    /// The names in the messages of an incident.
    pub(super) fn of(incident: &Incident) -> Self {
        let mut names = Self::default();
        for clue in &incident.clues {
            keep(&mut names.sources, &clue.record.source);
            keep(&mut names.folded, &fold(&clue.record.source));
            // Quotation marks stand inside each other and get lost: whatever is between two of them may be a name.
            clue.folded.split('"').skip(1).filter(|text| text.len() <= LONGEST).for_each(|text| keep(&mut names.quoted, text));
            for found in BRACKETED.captures_iter(&clue.folded).filter_map(|found| found.get(1)) {
                keep(&mut names.quoted, found.as_str());
            }
            for found in PACKAGE.captures_iter(&clue.folded).chain(PACKAGE.captures_iter(&fold(&clue.record.package))).filter_map(|found| found.get(1)) {
                let words = found.as_str().rsplit(' ').next().unwrap_or_default();
                keep(&mut names.packages, found.as_str());
                keep(&mut names.packages, words);
            }
        }
        names
    }

    /// Takes the names of another failure in.
    pub(super) fn join(&mut self, other: Self) {
        let lists =
            [(&mut self.sources, other.sources), (&mut self.quoted, other.quoted), (&mut self.folded, other.folded), (&mut self.packages, other.packages)];
        for (names, others) in lists {
            others.iter().for_each(|name| keep(names, name));
        }
    }

    /// Whether a text, as the message of a finding, speaks of something that the log has in quotation marks, such as a path.
    pub(super) fn are_in(&self, text: &str) -> bool {
        let text = fold(text);
        self.quoted.iter().any(|name| name.len() > 3 && holds(&text, name))
    }

    /// How well an object fits the names: its own name counts most, then that of what it is in, then that of the package.
    pub(super) fn resemblance(&self, file: &str, object: &str) -> u32 {
        let parts = parts(object);
        let named = |part: &String| part.len() > 1 && (self.quoted.contains(part) || self.folded.iter().any(|source| holds(source, part)));
        let own = parts.last().is_some_and(named);
        let around = parts.iter().rev().skip(1).any(named);
        let stem = fold(file.rsplit_once('.').map_or(file, |(stem, _)| stem));
        let package = self.packages.contains(&stem) || self.folded.contains(&stem);
        4 * u32::from(own) + 2 * u32::from(around) + u32::from(package)
    }
}

/// Whether a text holds a name, not as a part of a longer word.
fn holds(text: &str, name: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    text.match_indices(name).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + name.len()..).and_then(|after| after.chars().next());
        !is_word(before) && !is_word(after)
    })
}

/// The names in an object path, folded, without the package: `Package\Load.EventHandlers[OnError]` has `load` and `onerror`.
fn parts(object: &str) -> Vec<String> {
    let mut parts = Vec::new();
    for piece in object.split('\\') {
        match piece.split_once('[').map(|(before, inside)| (before, inside.trim_end_matches(']'))) {
            Some((before, inside)) => {
                parts.extend(before.rsplit_once('.').map(|(name, _)| fold(name)));
                parts.push(fold(inside));
            }
            None => parts.push(fold(piece)),
        }
    }
    parts.retain(|part| part != "package" && part != "project");
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_object_paths() {
        assert_eq!(parts(r"Package\Load.EventHandlers[OnError]\Mail"), ["load", "onerror", "mail"]);
        assert_eq!(parts("Package.ConnectionManagers[Sales.db [x]]"), ["sales.db [x"]);
        assert_eq!(parts("Package"), [""; 0]);
    }

    #[test]
    fn a_name_is_no_part_of_a_word() {
        assert!(holds("load orders [31]", "orders"));
        assert!(!holds("preload", "load"));
        assert!(holds("é load", "load") && !holds("éload", "load"));
    }
}
