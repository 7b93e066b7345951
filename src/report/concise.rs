//! One line per finding that needs no other: `file:line:column: severity[rule] object: message (help)`.

use std::io::{self, Write};

use super::Report;
use super::escape::line;
use crate::finding::Finding;

/// Writes the findings, then what could not be read.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for finding in report.findings {
        writeln!(out, "{}", line(&one(finding)))?;
    }
    for error in report.errors {
        writeln!(out, "{}", line(&format!("{}: error: {}", error.file, error.message)))?;
    }
    Ok(())
}

/// A finding, not escaped yet.
fn one(finding: &Finding) -> String {
    let Finding { file, location, severity, rule, object, message, .. } = finding;
    let object = if object.is_empty() { String::new() } else { format!(" {object}") };
    let help = finding.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
    format!("{file}:{}:{}: {severity}[{rule}]{object}: {message}{help}", location.line, location.column)
}

#[cfg(test)]
mod tests {
    use crate::report::{Format, sample};

    #[test]
    fn a_sample() {
        insta::assert_snapshot!(sample::render(Format::Concise));
    }

    #[test]
    fn hostile_text_stays_on_its_line() {
        let text = sample::render_hostile(Format::Concise);
        sample::assert_harmless(&text);
        assert_eq!(text.lines().count(), 2, "one finding, one error: {text}");
    }
}
