//! The program itself: its exit code is what its report says, whatever the file holds.

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

/// Options, and the severities that make a run with them fail.
const RUNS: [(&[&str], &[&str]); 4] = [
    (&[], &["error", "warning"]),
    (&["--select", "all", "--fail-on", "info"], &["error", "warning", "info"]),
    (&["--fail-on", "error"], &["error"]),
    (&["--exit-zero"], &[]),
];

pub(crate) fn complaint(path: &Path, mutant: &[u8], number: u64) -> Option<String> {
    let run = usize::try_from(number).unwrap_or_default() % RUNS.len();
    let (options, failing) = RUNS[run];
    let mut command = Command::cargo_bin("ssislint").expect("the program");
    command.args(["-", "--no-config", "--format", "json", "--stdin-filename"]).arg(path).args(options).write_stdin(mutant);
    let output = command.output().expect("it runs");
    let Ok(report) = serde_json::from_slice::<Value>(&output.stdout) else {
        return Some(format!("the program writes no report: {}", String::from_utf8_lossy(&output.stderr)));
    };
    let (code, designed) = (output.status.code(), exit_code(&report, failing)?);
    (code != Some(designed)).then(|| format!("the program ends with {code:?} instead of {designed}"))
}

/// The exit code that a report asks for.
fn exit_code(report: &Value, failing: &[&str]) -> Option<i32> {
    let is_failing = |finding: &Value| finding["severity"].as_str().is_some_and(|severity| failing.contains(&severity));
    let fails = report["findings"].as_array()?.iter().any(is_failing);
    Some(if report["errors"].as_array()?.is_empty() { i32::from(fails) } else { 2 })
}
