//! Findings that a team lives with for now: known ones do not fail a run, new ones do.
//!
//! A baseline knows findings by their [fingerprint](crate::finding::fingerprint) alone, so it holds after a save in the designer, in another
//! folder and inside the `.ispac`. What else it says of a finding is for people.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::finding::Finding;

/// The version that is written, and the only one that is read.
const VERSION: u32 = 1;

/// Known findings: one entry per fingerprint, sorted by document, object, rule and fingerprint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    entries: Vec<Entry>,
}

/// Findings that share a fingerprint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// What a finding is recognised by.
    pub fingerprint: String,
    /// How many findings with that fingerprint are known; copies of a package in several folders share it.
    pub count: u32,
    /// Name of the rule.
    pub rule: String,
    /// File name of the document, without folder and archive.
    pub file: String,
    /// Object path; empty when the finding is about the document itself.
    pub object: String,
    /// What the rule said when the entry was written; the first in order when several findings share the entry.
    pub message: String,
}

/// Why a baseline cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    /// The file is missing, closed, or not UTF-8.
    #[error("cannot read the baseline: {0}")]
    Read(#[from] std::io::Error),
    /// The file is no JSON, or not that of a baseline.
    #[error("this is no baseline, or a damaged one: {0}")]
    Broken(#[from] serde_json::Error),
    /// Another version of this program wrote it.
    #[error("the baseline has version {0}, and only version {VERSION} can be read")]
    Version(u32),
}

#[derive(Deserialize)]
struct Version {
    version: u32,
}

#[derive(Deserialize)]
struct Content {
    entries: Vec<Entry>,
}

impl Baseline {
    /// The baseline that holds exactly these findings.
    #[must_use]
    pub fn of(findings: &[Finding]) -> Self {
        Self::sorted(findings.iter().map(Entry::of), u32::saturating_add)
    }

    /// Reads a file.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or is no baseline of a known version.
    pub fn read(path: &Path) -> Result<Self, BaselineError> {
        Self::parse(&std::fs::read_to_string(path)?)
    }

    /// Reads JSON. An entry that is there twice, as after a merge of two branches, counts once, with the larger count.
    ///
    /// # Errors
    ///
    /// When the text is no baseline of a known version.
    pub fn parse(text: &str) -> Result<Self, BaselineError> {
        // Editors and shells on Windows put a byte order mark before what they save.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let Version { version } = serde_json::from_str(text)?;
        if version != VERSION {
            return Err(BaselineError::Version(version));
        }
        let content: Content = serde_json::from_str(text)?;
        Ok(Self::sorted(content.entries.into_iter(), u32::max))
    }

    fn sorted(entries: impl Iterator<Item = Entry>, count: fn(u32, u32) -> u32) -> Self {
        let mut known: BTreeMap<String, Entry> = BTreeMap::new();
        for entry in entries {
            match known.get_mut(&entry.fingerprint) {
                Some(same) => same.join(entry, count),
                None => {
                    known.insert(entry.fingerprint.clone(), entry);
                }
            }
        }
        let mut entries: Vec<_> = known.into_values().collect();
        entries.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        Self { entries }
    }

    /// The file's text: JSON with one entry per line, so that tools for lines show and merge what has changed.
    ///
    /// # Errors
    ///
    /// When an entry cannot be written as JSON.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        let lines = self.entries.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>()?;
        let lines: Vec<_> = lines.iter().map(|line| format!("\n{line}")).collect();
        Ok(format!("{{\"version\":{VERSION},\"entries\":[{}\n]}}\n", lines.join(",")))
    }

    /// All entries, sorted.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Takes known findings out, of each entry the first ones up to its count, and gives them back.
    pub fn take_known(&self, findings: &mut Vec<Finding>) -> Vec<Finding> {
        let mut left: BTreeMap<&str, u32> = self.entries.iter().map(|entry| (entry.fingerprint.as_str(), entry.count)).collect();
        let is_known = |finding: &mut Finding| match left.get_mut(finding.fingerprint.as_str()) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        };
        findings.extract_if(.., is_known).collect()
    }

    /// What of the baseline is not among these findings any more; the count of each entry says how many are gone.
    #[must_use]
    pub fn stale(&self, findings: &[Finding]) -> Vec<Entry> {
        let mut found: BTreeMap<&str, u32> = BTreeMap::new();
        for finding in findings {
            let count = found.entry(&finding.fingerprint).or_default();
            *count = count.saturating_add(1);
        }
        let gone = |entry: &Entry| entry.count.saturating_sub(found.get(entry.fingerprint.as_str()).copied().unwrap_or(0));
        self.entries.iter().map(|entry| Entry { count: gone(entry), ..entry.clone() }).filter(|entry| entry.count > 0).collect()
    }

    /// Takes stale entries, as [`Self::stale`] gives them, out. Never adds.
    #[must_use]
    pub fn without(self, stale: &[Entry]) -> Self {
        let gone: BTreeMap<&str, u32> = stale.iter().map(|entry| (entry.fingerprint.as_str(), entry.count)).collect();
        let rest = |entry: &Entry| entry.count.saturating_sub(gone.get(entry.fingerprint.as_str()).copied().unwrap_or(0));
        let entries = self.entries.into_iter().map(|entry| Entry { count: rest(&entry), ..entry });
        Self { entries: entries.filter(|entry| entry.count > 0).collect() }
    }
}

impl Entry {
    fn of(finding: &Finding) -> Self {
        Self {
            fingerprint: finding.fingerprint.clone(),
            count: 1,
            rule: finding.rule.to_string(),
            file: finding.file.name().to_owned(),
            object: finding.object.clone(),
            message: finding.message.clone(),
        }
    }

    /// Which message stays must not depend on the folders that the findings were in.
    fn join(&mut self, other: Self, count: fn(u32, u32) -> u32) {
        self.count = count(self.count, other.count);
        if other.message < self.message {
            self.message = other.message;
        }
    }

    fn sort_key(&self) -> (&str, &str, &str, &str) {
        (&self.file, &self.object, &self.rule, &self.fingerprint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Confidence, FileRef, Location, Severity};

    fn finding(fingerprint: &str, file: &str, message: &str) -> Finding {
        Finding {
            rule: "excel-parallel".into(),
            id: "SSIS0501".into(),
            category: "excel",
            severity: Severity::Error,
            confidence: Confidence::High,
            message: message.to_owned(),
            help: None,
            file: FileRef { file: file.to_owned(), member: None },
            object: "Package".to_owned(),
            property: None,
            location: Location::default(),
            excerpt: None,
            related: Vec::new(),
            fingerprint: fingerprint.to_owned(),
        }
    }

    #[test]
    fn text_is_sorted_and_comes_back() {
        let findings = [finding("2", "a/B.dtsx", "m"), finding("1", "b/A.dtsx", "n"), finding("1", "a/A.dtsx", "k")];
        let baseline = Baseline::of(&findings);
        let text = baseline.to_json().expect("JSON");
        let first = r#"{"fingerprint":"1","count":2,"rule":"excel-parallel","file":"A.dtsx","object":"Package","message":"k"}"#;
        assert_eq!(text.lines().nth(1), Some(format!("{first},").as_str()));
        assert_eq!(text.lines().count(), 4);
        assert_eq!(Baseline::parse(&format!("\u{feff}{text}")).expect("a baseline"), baseline);
        assert_eq!(Baseline::parse(&Baseline::default().to_json().expect("JSON")).expect("a baseline"), Baseline::default());
    }

    #[test]
    fn an_entry_covers_as_many_as_it_counts() {
        let baseline = Baseline::of(&[finding("1", "A.dtsx", "m")]);
        let mut findings = vec![finding("1", "A.dtsx", "m"), finding("2", "A.dtsx", "m"), finding("1", "B.dtsx", "m")];
        assert_eq!(baseline.take_known(&mut findings).len(), 1);
        assert_eq!(findings.iter().map(|left| left.fingerprint.as_str()).collect::<Vec<_>>(), ["2", "1"]);
    }

    #[test]
    fn stale_entries_shrink_or_go() {
        let two = [finding("1", "A.dtsx", "m"), finding("1", "A.dtsx", "m"), finding("2", "A.dtsx", "m")];
        let baseline = Baseline::of(&two);
        let now = [finding("1", "A.dtsx", "m"), finding("3", "A.dtsx", "m")];
        let stale = baseline.stale(&now);
        assert_eq!(stale.iter().map(|entry| (entry.fingerprint.as_str(), entry.count)).collect::<Vec<_>>(), [("1", 1), ("2", 1)]);
        assert_eq!(baseline.without(&stale), Baseline::of(&now[..1]));
    }

    #[test]
    fn what_is_no_baseline_is_refused() {
        let newer = Baseline::parse(r#"{"version":2,"entries":{}}"#);
        assert!(matches!(newer, Err(BaselineError::Version(2))), "{newer:?}");
        for text in ["", "[]", "{}", r#"{"version":1}"#, r#"{"version":1,"entries":[{"fingerprint":"1","count":-1}]}"#] {
            assert!(matches!(Baseline::parse(text), Err(BaselineError::Broken(_))), "{text}");
        }
        let merged = r#"{"fingerprint":"1","count":2,"rule":"r","file":"f","object":"","message":""}"#;
        let merged = Baseline::parse(&format!(r#"{{"version":1,"entries":[{merged},{merged}]}}"#)).expect("a baseline");
        assert_eq!(merged.entries().iter().map(|entry| entry.count).collect::<Vec<_>>(), [2]);
    }
}
