//! Which rules run: `--select` and `--ignore`.

use super::{Category, Described, Rule, RuleSet};
use crate::rules;

/// The rules that say what was not linted. They run whatever is selected, until they are ignored: nothing is skipped in silence.
const UNREAD: [&str; 4] = ["malformed-xml", "unsupported-file", "limit-exceeded", "damaged-archive"];

/// Words that select rules: names, ids, prefixes of ids, categories, `all`, `default`, `pedantic`, `preview`.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// What to run besides the rules on files that cannot be read; the default set when empty.
    pub select: Vec<String>,
    /// What not to run.
    pub ignore: Vec<String>,
}

/// A word that selects no rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{word}` is no rule, id, category or set of rules{}", suggestion.as_ref().map(|name| format!("; did you mean `{name}`?")).unwrap_or_default())]
pub struct UnknownSelector {
    /// The word.
    pub word: String,
    /// The rule with the most similar name.
    pub suggestion: Option<String>,
}

impl Selection {
    /// The selected built-in rules, in order of their ids.
    ///
    /// # Errors
    ///
    /// When a word selects nothing.
    pub fn rules(&self) -> Result<Vec<&'static Rule>, UnknownSelector> {
        self.check(&[])?;
        Ok(rules::ALL.iter().copied().filter(|rule| self.includes(&rule.described())).collect())
    }

    /// Checks that every word selects something. `own` are the names of rules that are not built in.
    ///
    /// # Errors
    ///
    /// When a word selects nothing.
    pub fn check(&self, own: &[&str]) -> Result<(), UnknownSelector> {
        self.select.iter().chain(&self.ignore).try_for_each(|word| known(word, own))
    }

    /// Whether a rule is to run.
    #[must_use]
    pub fn includes(&self, rule: &Described<'_>) -> bool {
        let selected = match self.select.as_slice() {
            [] => rule.set == RuleSet::Default,
            words => UNREAD.contains(&rule.name.as_ref()) || words.iter().any(|word| selects(word, rule)),
        };
        selected && !self.ignore.iter().any(|word| selects(word, rule))
    }
}

/// Whether a word can select rules at all. `own` are the names of rules that are not built in.
///
/// # Errors
///
/// When it selects nothing.
pub fn known(word: &str, own: &[&str]) -> Result<(), UnknownSelector> {
    let is_own = |name: &&str| name.eq_ignore_ascii_case(word) || custom_id(name).eq_ignore_ascii_case(word);
    if rules::ALL.iter().any(|rule| selects(word, &rule.described())) || is_word(word) || own.iter().any(is_own) {
        return Ok(());
    }
    let names = rules::ALL.iter().map(|rule| rule.name).chain(own.iter().copied());
    Err(UnknownSelector { word: word.to_owned(), suggestion: closest(word, names).map(str::to_owned) })
}

/// Whether a word names a rule, an id or a category: no set, which would accept what nobody has thought of.
///
/// # Errors
///
/// When it names none.
pub fn named(word: &str, own: &[&str]) -> Result<(), UnknownSelector> {
    if is_set(word) { Err(UnknownSelector { word: word.to_owned(), suggestion: None }) } else { known(word, own) }
}

/// Id of a rule that is not built in.
#[must_use]
pub fn custom_id(name: &str) -> String {
    format!("CUSTOM-{name}")
}

/// Whether a word is a set or a category of rules.
#[must_use]
pub fn is_word(word: &str) -> bool {
    is_set(word) || is_category(word)
}

/// Whether a word is a category that rules have.
#[must_use]
pub fn is_category(word: &str) -> bool {
    let mut categories = rules::ALL.iter().map(|rule| rule.category).chain([Category::Custom]);
    categories.any(|category| category.as_str().eq_ignore_ascii_case(word))
}

fn is_set(word: &str) -> bool {
    ["all", "default", "pedantic", "preview"].iter().any(|set| set.eq_ignore_ascii_case(word))
}

/// Whether a word selects a rule. A prefix of an id must reach its block: `SSIS05`.
#[must_use]
pub fn selects(word: &str, rule: &Described<'_>) -> bool {
    let is = |text: &str| text.eq_ignore_ascii_case(word);
    let prefix = word.len() >= 6 && rule.id.get(..word.len()).is_some_and(is);
    match rule.set {
        _ if is("all") || prefix || is(&rule.name) || is(rule.category.as_str()) => true,
        RuleSet::Default => is("default"),
        RuleSet::Pedantic => is("pedantic"),
        RuleSet::Preview => is("preview"),
    }
}

/// The rule whose name has the most pairs of letters in common with the word, when that is at least half of them.
#[must_use]
pub fn similar(word: &str) -> Option<&'static str> {
    closest(word, rules::ALL.iter().map(|rule| rule.name))
}

/// The candidate that has the most pairs of letters in common with the word, when that is at least half of them.
pub fn closest<'c>(word: &str, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    let word = word.to_ascii_lowercase();
    let scored = candidates.map(|candidate| (resemblance(&word, candidate), candidate));
    let best = scored.filter(|(score, _)| *score >= 0.5).max_by(|(left, _), (right, _)| left.total_cmp(right));
    best.map(|(_, name)| name)
}

fn resemblance(left: &str, right: &str) -> f64 {
    let pairs = |text: &str| text.as_bytes().windows(2).map(|pair| [pair[0], pair[1]]).collect::<Vec<_>>();
    let (left, mut right) = (pairs(left), pairs(right));
    let total = left.len() + right.len();
    let mut common = 0;
    for pair in &left {
        if let Some(index) = right.iter().position(|candidate| candidate == pair) {
            right.swap_remove(index);
            common += 1;
        }
    }
    if total == 0 { 0.0 } else { f64::from(2 * common) / f64::from(u32::try_from(total).unwrap_or(u32::MAX)) }
}
