//! The reviewed findings: per settings and rule their number and a hash in `findings.tsv`, and what tells them apart in `fingerprints.tsv`.
//!
//! Nothing of the packages is in them: a mark is the beginning of a fingerprint and the severity.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use sha2::{Digest, Sha256};

/// Settings and rule.
pub(crate) type Key = (String, String);

/// Marks with how often each occurs: copies of a package share them.
pub(crate) type Marks = BTreeMap<String, usize>;

/// The marks of every rule that finds something.
pub(crate) type Snapshot = BTreeMap<Key, Marks>;

const COUNTS_HEADER: &str = "settings\trule\tcount\thash";
const MARKS_HEADER: &str = "settings\trule\tmarks";

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(name)
}

/// The two files of a snapshot.
pub(crate) fn written(snapshot: &Snapshot) -> [(PathBuf, String); 2] {
    let (mut counts, mut marks) = (format!("{COUNTS_HEADER}\n"), format!("{MARKS_HEADER}\n"));
    for ((settings, rule), of_rule) in snapshot {
        let all: Vec<&str> = of_rule.iter().flat_map(|(mark, count)| std::iter::repeat_n(mark.as_str(), *count)).collect();
        let all_in_one = all.join(" ");
        writeln!(counts, "{settings}\t{rule}\t{}\t{}", all.len(), hash(&all_in_one)).expect("a string takes it");
        writeln!(marks, "{settings}\t{rule}\t{all_in_one}").expect("a string takes it");
    }
    [(path("findings.tsv"), counts), (path("fingerprints.tsv"), marks)]
}

fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(6).fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

/// The snapshot that was reviewed.
pub(crate) fn reviewed() -> Snapshot {
    let text = fs::read_to_string(path("fingerprints.tsv")).unwrap_or_default();
    text.lines().skip(1).map(rule_of).collect()
}

fn rule_of(line: &str) -> (Key, Marks) {
    let cells: Vec<&str> = line.split('\t').collect();
    let [settings, rule, marks] = cells[..] else { panic!("not three columns: {line}") };
    let mut counts = Marks::new();
    marks.split(' ').for_each(|mark| *counts.entry(mark.to_owned()).or_default() += 1);
    ((settings.to_owned(), rule.to_owned()), counts)
}

/// What one has more than the other: settings, rule, mark, and how often.
pub(crate) fn surplus<'s>(one: &'s Snapshot, other: &Snapshot) -> Vec<(&'s Key, &'s str, usize)> {
    let more = |key: &'s Key, mark: &'s String, count: usize| {
        let known = other.get(key).and_then(|marks| marks.get(mark)).copied().unwrap_or_default();
        (count > known).then(|| (key, mark.as_str(), count - known))
    };
    one.iter().flat_map(|(key, marks)| marks.iter().filter_map(move |(mark, count)| more(key, mark, *count))).collect()
}

#[test]
fn a_snapshot_tells_what_came_and_what_went() {
    let marks = |marks: &[(&str, usize)]| marks.iter().map(|(mark, count)| ((*mark).to_owned(), *count)).collect::<Marks>();
    let key = || ("default".to_owned(), "excel-parallel".to_owned());
    let (before, after) = (Snapshot::from([(key(), marks(&[("a1", 2), ("b2", 1)]))]), Snapshot::from([(key(), marks(&[("a1", 1), ("c3", 1)]))]));
    let brief = |found: Vec<(&Key, &str, usize)>| found.into_iter().map(|(_, mark, count)| format!("{mark} {count}")).collect::<Vec<_>>();
    assert_eq!(brief(surplus(&before, &after)), ["a1 1", "b2 1"]);
    assert_eq!(brief(surplus(&after, &before)), ["c3 1"]);
    let [(_, counts), (_, lines)] = written(&before);
    assert!(counts.starts_with(&format!("{COUNTS_HEADER}\ndefault\texcel-parallel\t3\t")), "{counts}");
    assert_eq!(lines, format!("{MARKS_HEADER}\ndefault\texcel-parallel\ta1 a1 b2\n"));
    assert_eq!(rule_of("default\texcel-parallel\ta1 a1 b2"), (key(), marks(&[("a1", 2), ("b2", 1)])));
}
