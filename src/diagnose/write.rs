//! A diagnosis for people and for programs.

use std::io::{self, Write};

use serde::Serialize;

use super::{Aside, Diagnosis, Failure};
use crate::report::{JsonFinding, count, harmless_json, wrap};
use crate::rules;

const WIDTH: usize = 100;

/// Failures that people are shown.
const MOST: usize = 20;

/// Said wherever no rule can find the cause.
const NOT_STATIC: &str = "not visible in a package";

/// Writes a diagnosis for people; `linted` says that packages were looked at.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write_human(diagnosis: &Diagnosis, log: &str, linted: bool, out: &mut dyn Write) -> io::Result<()> {
    let failures = count(diagnosis.failures.len(), "failure");
    writeln!(out, "{}", wrap("", &format!("{log}: {}, {}, {failures}", diagnosis.shape, count(diagnosis.records, "message")), WIDTH, 2))?;
    for (number, failure) in diagnosis.failures.iter().enumerate().take(MOST) {
        write_failure(failure, number + 1, linted, out)?;
    }
    if let Some(more) = diagnosis.failures.len().checked_sub(MOST).filter(|more| *more > 0) {
        writeln!(out)?;
        note(out, "and", &format!("{} more; `--format json` has them all", count(more, "failure")))?;
    }
    if diagnosis.failures.is_empty() {
        writeln!(out, "Nothing in it says that a run failed.")?;
    }
    for aside in &diagnosis.asides {
        writeln!(out)?;
        note(out, "also in the log, not the cause:", &aside.message)?;
    }
    if diagnosis.left_out > 0 {
        note(out, "left out:", &count(diagnosis.left_out, "further message"))?;
    }
    Ok(())
}

fn write_failure(failure: &Failure, number: usize, linted: bool, out: &mut dyn Write) -> io::Result<()> {
    let codes = if failure.codes.is_empty() { String::new() } else { format!(" ({})", failure.codes.join(", ")) };
    writeln!(out)?;
    writeln!(out, "{}", wrap(&format!("{number}. "), &format!("{}{codes}", failure.meaning), WIDTH, 3))?;
    note(out, "the log:", &failure.message)?;
    if failure.times > 1 {
        note(out, "said:", &format!("{} times", failure.times))?;
    }
    if !failure.sources().is_empty() {
        note(out, "said by:", &failure.sources().iter().take(6).map(String::as_str).collect::<Vec<_>>().join("; "))?;
    }
    if !failure.wrappers.is_empty() {
        note(out, "looked through:", &failure.wrappers.join(", "))?;
    }
    match failure.rules.as_slice() {
        [] if failure.known => note(out, "cause:", NOT_STATIC)?,
        [] => note(out, "cause:", &format!("{NOT_STATIC}, as far as the error index knows"))?,
        rules => note(out, "cause:", &rules.iter().map(|rule| named(rule)).collect::<Vec<_>>().join(", "))?,
    }
    if !failure.hints.is_empty() {
        note(out, "may have to do with it:", &failure.hints.iter().map(|rule| named(rule)).collect::<Vec<_>>().join(", "))?;
    }
    write_findings(failure, linted, out)?;
    failure.check.map_or(Ok(()), |check| note(out, "check:", check))
}

fn write_findings(failure: &Failure, linted: bool, out: &mut dyn Write) -> io::Result<()> {
    for finding in &failure.findings {
        let object = if finding.object.is_empty() { String::new() } else { format!(" · {}", finding.object) };
        note(out, "in the packages:", &format!("{}[{}] {}{object}: {}", finding.severity, finding.rule, finding.file, finding.message))?;
        if let Some(help) = &finding.help {
            note(out, "help:", help)?;
        }
    }
    if linted && failure.findings.is_empty() && !failure.rules.is_empty() {
        note(out, "in the packages:", "none of these rules finds anything")?;
    }
    Ok(())
}

/// A rule, marked when this version does not have it.
fn named(rule: &str) -> String {
    if rules::find(rule).is_some() { rule.to_owned() } else { format!("{rule} (not in this version)") }
}

fn note(out: &mut dyn Write, head: &str, text: &str) -> io::Result<()> {
    writeln!(out, "{}", wrap(&format!("   {head}"), text, WIDTH, 5))
}

#[derive(Serialize)]
struct Document<'d> {
    version: u32,
    log: Log<'d>,
    failures: Vec<JsonFailure<'d>>,
    asides: Vec<JsonAside<'d>>,
}

#[derive(Serialize)]
struct Log<'d> {
    name: &'d str,
    shape: &'d str,
    messages: usize,
    left_out: usize,
}

#[derive(Serialize)]
struct JsonFailure<'d> {
    /// `rule`: a rule finds the cause; `not-static`: no package shows it.
    cause: &'static str,
    known: bool,
    meaning: &'d str,
    message: &'d str,
    codes: &'d [String],
    wrappers: &'d [String],
    times: usize,
    sources: &'d [String],
    rules: Vec<JsonRule<'d>>,
    hints: Vec<JsonRule<'d>>,
    check: Option<&'d str>,
    /// As a report has them.
    findings: Vec<JsonFinding<'d>>,
}

#[derive(Serialize)]
struct JsonRule<'d> {
    name: &'d str,
    /// None when this version does not have the rule.
    id: Option<&'static str>,
}

#[derive(Serialize)]
struct JsonAside<'d> {
    message: &'d str,
    codes: &'d [String],
    rules: Vec<JsonRule<'d>>,
}

/// Writes a diagnosis for programs, on one line.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write_json(diagnosis: &Diagnosis, log: &str, out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        version: 1,
        log: Log { name: log, shape: diagnosis.shape, messages: diagnosis.records, left_out: diagnosis.left_out },
        failures: diagnosis.failures.iter().map(JsonFailure::from).collect(),
        asides: diagnosis.asides.iter().map(JsonAside::from).collect(),
    };
    harmless_json(&document, out)?;
    writeln!(out)
}

fn json_rules<'d>(names: &[&'d str]) -> Vec<JsonRule<'d>> {
    names.iter().map(|name| JsonRule { name, id: rules::find(name).map(|rule| rule.id) }).collect()
}

impl<'d> From<&'d Failure> for JsonFailure<'d> {
    fn from(failure: &'d Failure) -> Self {
        Self {
            cause: if failure.rules.is_empty() { "not-static" } else { "rule" },
            known: failure.known,
            meaning: failure.meaning,
            message: &failure.message,
            codes: &failure.codes,
            wrappers: &failure.wrappers,
            times: failure.times,
            sources: failure.sources(),
            rules: json_rules(&failure.rules),
            hints: json_rules(&failure.hints),
            check: failure.check,
            findings: failure.findings.iter().map(JsonFinding::from).collect(),
        }
    }
}

impl<'d> From<&'d Aside> for JsonAside<'d> {
    fn from(aside: &'d Aside) -> Self {
        Self { message: &aside.message, codes: &aside.codes, rules: json_rules(&aside.rules) }
    }
}
