//! The code quality report of GitLab: a JSON array, shown beside the lines of a merge request.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::{Report, escape, words};
use crate::finding::{Finding, InputError, Severity, fingerprint};

#[derive(Serialize)]
struct Issue<'r> {
    description: String,
    check_name: &'r str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'r>,
}

#[derive(Serialize)]
struct Location<'r> {
    path: &'r str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
}

/// Writes the array.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut seen = BTreeMap::new();
    let findings = report.findings.iter().map(|finding| issue(finding, &mut seen));
    let issues: Vec<Issue<'_>> = findings.chain(report.errors.iter().map(unreadable)).collect();
    escape::json(&issues, out)?;
    writeln!(out)
}

/// A finding. GitLab drops issues whose fingerprint it has seen, so copies of a package and findings that look alike are told apart.
fn issue<'r>(finding: &'r Finding, seen: &mut BTreeMap<(String, &'r str), u32>) -> Issue<'r> {
    let file = finding.file.to_string();
    let times = seen.entry((file.clone(), &finding.fingerprint)).or_default();
    *times += 1;
    let severity = match finding.severity {
        Severity::Error => "critical",
        Severity::Warning => "major",
        Severity::Info => "info",
    };
    Issue {
        description: escape::line(&words::sentence(finding)),
        check_name: &finding.rule,
        fingerprint: fingerprint(&finding.fingerprint, &file, &times.to_string(), None, ""),
        severity,
        location: place(&finding.file.file, words::position(finding).map_or(1, |(line, _)| line)),
    }
}

fn unreadable(error: &InputError) -> Issue<'_> {
    let print = fingerprint("unreadable", &error.file, "", None, &error.message);
    let description = escape::line(&error.message);
    Issue { description, check_name: "unreadable", fingerprint: print, severity: "blocker", location: place(&error.file, 1) }
}

/// GitLab wants a line; an archive has none, so it gets the first.
const fn place(path: &str, begin: u32) -> Location<'_> {
    Location { path, lines: Lines { begin } }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;
    use crate::report::{Format, Summary, sample};

    /// Checks one issue against the fields that GitLab documents as required.
    fn check(issue: &Value) {
        for field in ["/description", "/check_name", "/fingerprint", "/location/path"] {
            assert!(issue.pointer(field).and_then(Value::as_str).is_some_and(|text| !text.is_empty()), "{field} of {issue}");
        }
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&issue["severity"].as_str().unwrap_or_default()), "{issue}");
        assert!(issue.pointer("/location/lines/begin").and_then(Value::as_u64).is_some_and(|line| line > 0), "{issue}");
    }

    fn parse(text: &str) -> Vec<Value> {
        serde_json::from_str(text).expect("a JSON array")
    }

    #[test]
    fn required_fields_are_there() {
        let issues = parse(&sample::render(Format::Gitlab));
        assert_eq!(issues.len(), 3);
        issues.iter().for_each(check);
        assert_eq!(issues[1]["location"]["path"], "out/Sales.ispac");
        assert!(issues[1]["description"].as_str().is_some_and(|text| text.starts_with("Load.dtsx:120:20: ")));
    }

    #[test]
    fn no_fingerprint_twice() {
        let findings = [sample::full(), sample::full(), sample::bare()];
        let report = Report { targets: vec![], summary: Summary::default(), findings: &findings, errors: &[], suppressed: &[] };
        let mut bytes = Vec::new();
        write(&report, &mut bytes).expect("memory takes everything");
        let issues = parse(std::str::from_utf8(&bytes).expect("JSON is UTF-8"));
        let prints: BTreeSet<_> = issues.iter().map(|issue| issue["fingerprint"].to_string()).collect();
        assert_eq!(prints.len(), 3);
    }

    #[test]
    fn hostile_text_is_harmless() {
        let text = sample::render_hostile(Format::Gitlab);
        sample::assert_harmless(&text);
        parse(&text).iter().for_each(check);
        assert_eq!(parse(&text)[1]["location"]["path"], sample::HOSTILE);
    }
}
