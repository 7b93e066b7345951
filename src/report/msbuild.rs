//! The line that MSBuild, and so Visual Studio, reads as an error or a warning: `file(line,column): warning SSIS0501: message [object]`.

use std::io::{self, Write};

use super::escape::line;
use super::{Report, words};
use crate::finding::Finding;

/// Writes the findings, then what could not be read.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for finding in report.findings {
        writeln!(out, "{}", line(&one(finding)))?;
    }
    for error in report.errors {
        writeln!(out, "{}", line(&format!("{} : error SSIS0000: {}", error.file, error.message)))?;
    }
    Ok(())
}

/// A finding, not escaped yet. Without a position a blank parts the file from the colon, or the file would be taken for a drive.
fn one(finding: &Finding) -> String {
    let origin = match words::position(finding) {
        Some((line, column)) => format!("{}({line},{column})", finding.file.file),
        None => format!("{} ", finding.file.file),
    };
    format!("{origin}: {} {}: {}", finding.severity, finding.id, words::sentence(finding))
}

#[cfg(test)]
mod tests {
    use crate::report::{Format, sample};

    #[test]
    fn a_sample() {
        insta::assert_snapshot!(sample::render(Format::Msbuild));
    }

    #[test]
    fn hostile_text_stays_on_its_line() {
        let text = sample::render_hostile(Format::Msbuild);
        sample::assert_harmless(&text);
        assert_eq!(text.lines().count(), 2, "{text}");
    }
}
