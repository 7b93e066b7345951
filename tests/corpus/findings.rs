//! The findings on the corpus are those that were reviewed. When a rule changes, what came and what went is printed; once it is right,
//! `UPDATE_CORPUS=1 cargo test --test corpus` writes it down.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::snapshot::{self, Key, Snapshot};
use crate::corpus;

/// Arguments by the name of the settings: as most people run it, and all that the program can say.
const SETTINGS: [(&str, &[&str]); 2] = [("default", &[]), ("all", &["--select", "all", "--target", "agent,ssisdb,azure-ssis,fabric,sql2022,sql2025"])];

/// A mark is so much of a fingerprint.
const DIGITS: usize = 12;

/// Where each mark of a rule was found: on all copies of a package.
type Places = BTreeMap<(Key, String), Vec<String>>;

fn findings(corpus: &Path, arguments: &[&str]) -> Vec<Value> {
    let mut command = assert_cmd::Command::cargo_bin("ssislint").expect("the program");
    command.args(["--no-config", "--exit-zero", "--format", "jsonl"]).args(arguments).arg(".").current_dir(corpus);
    let output = command.output().expect("it runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn cell<'f>(finding: &'f Value, name: &str) -> &'f str {
    finding[name].as_str().unwrap_or_default()
}

/// The beginning of the fingerprint, and the severity, which may change as well.
fn mark(finding: &Value) -> String {
    let fingerprint = cell(finding, "fingerprint");
    format!("{}{}", fingerprint.get(..DIGITS).expect("it is longer"), cell(finding, "severity").get(..1).expect("a severity").to_uppercase())
}

fn place(finding: &Value) -> String {
    let [file, member, object, property] = ["file", "member", "object", "property"].map(|name| cell(finding, name));
    let parts = [file.trim_start_matches("./"), member, object, property].into_iter().filter(|part| !part.is_empty());
    format!("{}: {}", parts.collect::<Vec<_>>().join(" · "), cell(finding, "message"))
}

/// What is found now.
fn present(corpus: &Path) -> (Snapshot, Places) {
    let (mut snapshot, mut places) = (Snapshot::new(), Places::new());
    for (settings, arguments) in SETTINGS {
        for finding in findings(corpus, arguments) {
            let (key, mark) = ((settings.to_owned(), cell(&finding, "rule").to_owned()), mark(&finding));
            *snapshot.entry(key.clone()).or_default().entry(mark.clone()).or_default() += 1;
            places.entry((key, mark)).or_default().push(place(&finding));
        }
    }
    (snapshot, places)
}

/// What came, by object, and what went, of which no more than the mark is known.
fn differences(reviewed: &Snapshot, now: &Snapshot, places: &Places) -> Vec<String> {
    let times = |count: usize| if count == 1 { String::new() } else { format!(" ({count} times)") };
    let came = snapshot::surplus(now, reviewed).into_iter().map(|(key, mark, count)| {
        let found = places[&(key.clone(), mark.to_owned())].join("\n    or ");
        format!("came: {} {} {mark}{}\n       {found}", key.0, key.1, times(count))
    });
    let went = snapshot::surplus(reviewed, now).into_iter().map(|(key, mark, count)| format!("went: {} {} {mark}{}", key.0, key.1, times(count)));
    came.chain(went).collect()
}

#[test]
fn findings_are_those_that_were_reviewed() {
    let Some(corpus) = corpus() else { return };
    let (now, places) = present(&corpus);
    let files = snapshot::written(&now);
    if std::env::var_os("UPDATE_CORPUS").is_some() {
        return files.iter().for_each(|(path, text)| fs::write(path, text).expect("the snapshot is written"));
    }
    let differences = differences(&snapshot::reviewed(), &now, &places);
    assert!(differences.is_empty(), "{} differences; if they are right: UPDATE_CORPUS=1\n{}", differences.len(), differences.join("\n"));
    for (path, text) in files {
        assert!(fs::read_to_string(&path).is_ok_and(|old| old.replace("\r\n", "\n") == text), "{} is not in step: UPDATE_CORPUS=1", path.display());
    }
}
