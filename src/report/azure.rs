//! Logging commands of Azure Pipelines: issues on the summary page of a run.

use std::io::{self, Write};

use super::escape::{azure_message, azure_property};
use super::{Report, words};
use crate::finding::{Finding, Severity};

/// Writes one command per finding and per document that could not be read.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for finding in report.findings {
        writeln!(out, "{}", command(finding))?;
    }
    for error in report.errors {
        writeln!(out, "##vso[task.logissue type=error;sourcepath={};]{}", azure_property(&error.file), azure_message(&error.message))?;
    }
    Ok(())
}

/// The command. There is no type for advice, so that becomes a line that is shown in the log and counted nowhere.
fn command(finding: &Finding) -> String {
    let help = finding.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
    let message = azure_message(&format!("{}{help}", words::sentence(finding)));
    let file = azure_property(&finding.file.file);
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => return format!("{file}: info {}: {message}", finding.id),
    };
    let position = words::position(finding).map(|(line, column)| format!("linenumber={line};columnnumber={column};")).unwrap_or_default();
    format!("##vso[task.logissue type={level};sourcepath={file};{position}code={};]{message}", finding.id)
}

#[cfg(test)]
mod tests {
    use crate::report::{Format, sample};

    #[test]
    fn a_sample() {
        insta::assert_snapshot!(sample::render(Format::Azure));
    }

    #[test]
    fn hostile_text_starts_no_command() {
        let text = sample::render_hostile(Format::Azure);
        sample::assert_harmless(&text);
        assert_eq!(text.lines().count(), 2, "{text}");
        for command in text.lines() {
            let (properties, _) = command.split_once(']').expect("a command has an end");
            let properties = properties.strip_prefix("##vso[task.logissue ").expect("the command is the one we mean");
            let keys: Vec<&str> = properties.split_terminator(';').filter_map(|pair| Some(pair.split_once('=')?.0)).collect();
            assert!(["type,sourcepath,code", "type,sourcepath"].contains(&keys.join(",").as_str()), "{command}");
        }
    }
}
