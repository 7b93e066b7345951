//! Logs that we wrote, in every shape that people paste, and pairs of a log and the project that failed; and real ones, where they are at hand.

#![allow(clippy::print_stderr, reason = "says that real logs were skipped, or how many were right, and which names are rules by now")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use proptest::prelude::*;
use serde_json::Value;
use ssislint::diagnose::{self, Diagnosis, index};
use ssislint::rules;

fn logs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/logs")
}

/// Rows of a file of tab-separated columns, the header left out.
fn table(path: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

fn diagnosed(path: &Path) -> Diagnosis {
    let log = std::fs::File::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    diagnose::diagnose(log).expect("a file can be read")
}

/// The rule that is named first, `not-static` when no package shows the cause, `nothing` when nothing failed.
fn first(diagnosis: &Diagnosis) -> &str {
    diagnosis.failures.first().map_or("nothing", |failure| failure.rules.first().map_or("not-static", |rule| rule))
}

fn ssislint(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_ssislint")).current_dir(logs()).args(arguments).output().expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn json(arguments: &[&str]) -> Value {
    let (code, out, err) = ssislint(&[arguments, &["--format", "json"]].concat());
    assert_eq!(code, Some(0), "{arguments:?}: {err}");
    serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}"))
}

#[test]
fn logs_of_every_shape() {
    let rows = table(&logs().join("EXPECTED.tsv"));
    assert!(rows.len() >= 25);
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|row| {
            let diagnosis = diagnosed(&logs().join(&row[0]));
            (first(&diagnosis) != row[1]).then(|| format!("{}: {} instead of {}", row[0], first(&diagnosis), row[1]))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_failure_of_a_log_is_told() {
    let diagnosis = diagnosed(&logs().join("two-failures.txt"));
    let rules: Vec<&str> = diagnosis.failures.iter().filter_map(|failure| failure.rules.first().copied()).collect();
    assert_eq!(rules, ["describe-parameters", "dtc-target-support"]);
    assert_eq!(diagnosis.failures[0].wrappers, ["0xC0202009", "0xC0047038"]);
}

#[test]
fn load_noise_is_told_as_such() {
    let diagnosis = diagnosed(&logs().join("agent-noise-then-data.txt"));
    assert_eq!(diagnosis.asides.iter().map(|aside| aside.codes.concat()).collect::<Vec<_>>(), ["0xC001000E"]);
}

#[test]
fn packages_show_the_object_that_the_log_names() {
    let pairs = table(&logs().join("pairs/EXPECTED.tsv"));
    assert_eq!(pairs.len(), 6);
    for pair in &pairs {
        let folder = format!("pairs/{}", pair[0]);
        let log = std::fs::read_dir(logs().join(&folder))
            .expect("a folder")
            .flatten()
            .map(|entry| entry.path())
            .find(|path| path.file_stem().is_some_and(|stem| stem == "log"));
        let diagnosis = json(&["diagnose", log.expect("a log").to_str().expect("UTF-8"), &folder]);
        let found: Vec<(&str, &str)> = diagnosis["failures"][0]["findings"]
            .as_array()
            .expect("findings")
            .iter()
            .filter_map(|finding| Some((finding["rule"].as_str()?, finding["object"].as_str()?)))
            .collect();
        assert_eq!(found, [(pair[1].as_str(), pair[2].as_str())], "{}", pair[0]);
    }
}

#[test]
fn a_log_comes_from_standard_input_too() {
    let log = std::fs::read(logs().join("wizard.txt")).expect("a log");
    let output = assert_cmd::Command::cargo_bin("ssislint").expect("the program").args(["diagnose", "-"]).write_stdin(log).output().expect("it runs");
    let out = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(output.status.success() && out.contains("cause: encrypt-default-change"), "{out}");
}

#[test]
fn what_cannot_be_read_ends_with_2() {
    assert_eq!(ssislint(&["diagnose", "no-such-log.txt"]).0, Some(2));
    assert_eq!(ssislint(&["diagnose", "wizard.txt", "no-such-package.dtsx"]).0, Some(2));
    assert_eq!(ssislint(&["diagnose"]).0, Some(2));
}

#[test]
fn hostile_text_is_shown_and_not_obeyed_and_secrets_are_masked() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("log.txt");
    let text = "Error: 0xC0202009 at \u{1b}[31mLoad ##vso[task.complete]\u{202e}: Invalid value specified for connection string attribute 'X' in Data Source=a;Password=Zq9hunter2Zq;Pwd=Zq9hunter2Zq\n::error ::x\n";
    std::fs::write(&log, text).expect("a log");
    for format in ["human", "json"] {
        let (code, out, _) = ssislint(&["diagnose", log.to_str().expect("UTF-8"), "--format", format]);
        assert_eq!(code, Some(0));
        assert!(out.contains("connection-string-malformed"), "{out}");
        assert!(!out.contains("Zq9hunter2Zq") && !out.contains('\u{1b}') && !out.contains('\u{202e}') && !out.contains("##vso"), "{out:?}");
        assert!(out.lines().all(|line| !line.trim_start().starts_with("::")), "{out}");
    }
}

#[test]
fn explain_answers_codes_and_messages() {
    for query in ["0xC0016016", "c0016016", "-1073651690", "3221315606", "DTS_E_UNPROTECTXMLFAILED", "failed to decrypt protected XML node 'X'"] {
        let (code, out, err) = ssislint(&["explain", query]);
        assert_eq!(code, Some(0), "{query}: {err}");
        assert!(out.contains("user-key-ciphertext:"), "{query}: {out}");
    }
    assert!(ssislint(&["explain", "2010"]).1.contains("Not visible in a package."));
    let (code, _, err) = ssislint(&["explain", "0xC0016018"]);
    assert!(code == Some(2) && err.contains("`0xC0016016`"), "{err}");
}

/// Names in the index that are no rules yet. The list may only get shorter.
const PLANNED: &[&str] = &["password-dropped-by-expression"];

#[test]
fn rules_of_the_index_exist() {
    let index = index::index();
    let names: BTreeSet<&str> = index.rows().iter().flat_map(|row| <[_; 2]>::from(index.all_rules(row))).flatten().collect();
    let missing: Vec<&str> = names.into_iter().filter(|name| rules::find(name).is_none() && !PLANNED.contains(name)).collect();
    assert!(missing.is_empty(), "no rules: {missing:?}");
    let stale: Vec<&&str> = PLANNED.iter().filter(|name| rules::find(name).is_some()).collect();
    if !stale.is_empty() {
        eprintln!("rules by now, to be taken off the list: {stale:?}");
    }
}

/// Real logs in the folder that `SSISLINT_LOGS` names: `EXPECTED.tsv` says for `NNN-kind.txt` which rules find the cause (`rules`, `not-static` for none), and
/// which may be named beside it at most (`hints`).
#[test]
fn real_logs() {
    let Some(folder) = std::env::var_os("SSISLINT_LOGS").map(PathBuf::from) else {
        eprintln!("skipped: SSISLINT_LOGS names no folder of logs");
        return;
    };
    let text = std::fs::read_to_string(folder.join("EXPECTED.tsv")).expect("EXPECTED.tsv");
    let header: Vec<&str> = text.lines().next().unwrap_or_default().split('\t').collect();
    let (mut right, mut accused, mut wrong) = (0, 0, Vec::new());
    for line in text.lines().skip(1) {
        let row: Vec<&str> = line.split('\t').collect();
        let field = |name: &str| header.iter().position(|column| *column == name).and_then(|at| row.get(at)).copied().unwrap_or_default();
        let diagnosis = diagnosed(&folder.join(format!("{}-{}.txt", field("id"), field("kind"))));
        if field("rules").split(';').any(|rule| rule == first(&diagnosis)) {
            right += 1;
        } else {
            wrong.push(format!("{}: {} instead of {}", field("id"), first(&diagnosis), field("rules")));
        }
        let causes = diagnosis.failures.iter().filter_map(|failure| failure.rules.first());
        accused += usize::from(causes.into_iter().any(|cause| field("rules") == "not-static" || field("hints").split(';').any(|hint| hint == *cause)));
    }
    let total = right + wrong.len();
    eprintln!("{right} of {total} right, {accused} accused wrongly");
    // 48 of 53, and 3 of 53.
    assert!(right * 53 >= total * 48, "{wrong:#?}");
    assert!(accused * 53 <= total * 3, "{accused}");
}

/// What logs are made of, so that random ones have something to be read.
const PIECES: [&str; 24] = [
    "Error: 2024-01-01 10:00:01.00",
    "Code: 0xC0202009",
    "Source: Load [1]",
    "Description: ",
    "End Error",
    "\n",
    "\r\n",
    "\\n",
    "\"",
    "[",
    "]",
    ":Error: ",
    "{",
    "}",
    "operation_message_id,message\n",
    ",",
    "\t",
    "OnError,a,b,c,",
    "5/6/2024 1:02:03 AM +00:00 : ",
    "-1073741819",
    "Cannot open the datafile ",
    "\\\\srv\\c$",
    "é\u{202e}",
    "Login failed for user",
];

proptest! {
    #[test]
    fn no_bytes_are_too_strange(bytes in proptest::collection::vec(any::<u8>(), 0..4000)) {
        prop_assert!(diagnose::diagnose(&bytes[..]).is_ok());
    }

    #[test]
    fn no_log_is_too_strange(pieces in proptest::collection::vec(prop_oneof![(0..PIECES.len()).prop_map(|at| PIECES[at].to_owned()), "(?s).{0,8}"], 0..120)) {
        let diagnosis = diagnose::diagnose(pieces.concat().as_bytes());
        let mut out = Vec::new();
        prop_assert!(diagnosis.is_ok_and(|diagnosis| diagnose::write_human(&diagnosis, "log", true, &mut out).is_ok()));
        let text = String::from_utf8(out).expect("UTF-8");
        prop_assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{:?}", text);
    }

    #[test]
    fn no_question_is_too_strange(query in "(?s).{0,60}|0x[0-9a-f]{0,10}|-?[0-9]{0,12}") {
        if let Some(answer) = diagnose::answer(&query) {
            prop_assert!(diagnose::write_answer(&answer, &mut Vec::new()).is_ok());
        }
        let _ = (diagnose::suggestions(&query), diagnose::describe(&query));
    }
}
