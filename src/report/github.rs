//! Workflow commands of GitHub Actions: annotations on the files of a pull request.

use std::io::{self, Write};

use super::escape::{github_message, github_property};
use super::{Report, words};
use crate::finding::{Finding, Severity};

/// Writes one command per finding and per document that could not be read.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for finding in report.findings {
        writeln!(out, "{}", command(finding))?;
    }
    for error in report.errors {
        writeln!(out, "::error file={},title=ssislint::{}", github_property(&error.file), github_message(&error.message))?;
    }
    Ok(())
}

/// The command. It names no end: a column is dropped by GitHub when the end is on another line.
fn command(finding: &Finding) -> String {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let file = github_property(&finding.file.file);
    let position = words::position(finding).map(|(line, column)| format!(",line={line},col={column}")).unwrap_or_default();
    let help = finding.help.as_ref().map(|help| format!("%0Ahelp: {}", github_message(help))).unwrap_or_default();
    let message = github_message(&words::sentence(finding));
    format!("::{level} file={file}{position},title={} {}::{message}{help}", finding.id, finding.rule)
}

#[cfg(test)]
mod tests {
    use crate::report::{Format, sample};

    #[test]
    fn a_sample() {
        insta::assert_snapshot!(sample::render(Format::Github));
    }

    #[test]
    fn hostile_text_starts_no_command() {
        let text = sample::render_hostile(Format::Github);
        sample::assert_harmless(&text);
        assert_eq!(text.lines().count(), 2, "{text}");
        for command in text.lines() {
            let (properties, _) = command.trim_start_matches("::").split_once("::").expect("a command has two parts");
            let keys: Vec<&str> = properties.trim_start_matches("error ").split(',').filter_map(|pair| Some(pair.split_once('=')?.0)).collect();
            assert_eq!(keys, ["file", "title"], "{command}");
            assert!(!command.contains("%0A::") && command.contains("%250A"), "{command}");
        }
    }
}
