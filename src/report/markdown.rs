//! Markdown for pull requests and step summaries: counts, a table, details folded away.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::escape::markdown;
use super::{Report, rule_url, words};
use crate::finding::{FileRef, Finding, Severity};

/// Findings shown: a comment on GitHub holds 65,536 characters.
const SHOWN: usize = 80;

/// Writes the summary, the table and the details.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "### ssislint\n\n{}", markdown(&words::summary(&report.summary)))?;
    for error in report.errors {
        writeln!(out, "\n**could not be read:** {}: {}", code(&error.file), markdown(&error.message))?;
    }
    let shown = report.findings.get(..SHOWN).unwrap_or(report.findings);
    if shown.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n| | Rule | Where | What |\n|---|---|---|---|")?;
    for finding in shown {
        writeln!(out, "{}", row(finding))?;
    }
    writeln!(out, "\n<details>\n<summary>Details</summary>\n")?;
    for finding in shown {
        writeln!(out, "{}", details(finding))?;
    }
    writeln!(out, "</details>")?;
    match report.findings.len() - shown.len() {
        0 => Ok(()),
        more => writeln!(out, "\nNot shown here: {}.", words::count(more, "finding")),
    }
}

fn row(finding: &Finding) -> String {
    let sign = match finding.severity {
        Severity::Error => "🛑",
        Severity::Warning => "⚠️",
        Severity::Info => "ℹ️",
    };
    let place = format!("{}:{}", place(&finding.file), finding.location.line);
    format!("| {sign} {} | {} | {} | {} |", finding.severity, rule(finding), markdown(&place), markdown(&finding.message))
}

fn details(finding: &Finding) -> String {
    let mut text = format!("**{}** in {}\n\n", rule(finding), code(&place(&finding.file)));
    if !finding.object.is_empty() {
        let _ = writeln!(text, "- object: {}", code(&finding.object));
    }
    let _ = writeln!(text, "- {}", markdown(&finding.message));
    for related in &finding.related {
        let _ = writeln!(text, "- also: {}, {}", code(&related.object), markdown(&related.message));
    }
    if let Some(help) = &finding.help {
        let _ = writeln!(text, "- help: {}", markdown(help));
    }
    text
}

/// The rule, with a link when its page is public.
fn rule(finding: &Finding) -> String {
    match rule_url(&finding.rule, finding.category) {
        Some(url) => format!("[{}]({url})", finding.rule),
        None => finding.rule.to_string(),
    }
}

/// `Sales.ispac › Load.dtsx`, not escaped yet.
fn place(file: &FileRef) -> String {
    match &file.member {
        Some(member) => format!("{} › {member}", file.file),
        None => file.file.clone(),
    }
}

/// Text in a fixed font. Markdown's own code spans know no escapes, so the tag it is.
fn code(text: &str) -> String {
    format!("<code>{}</code>", markdown(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Format, Summary, sample};

    #[test]
    fn a_sample() {
        insta::assert_snapshot!(sample::render(Format::Markdown));
    }

    #[test]
    fn hostile_text_is_no_markup() {
        let text = sample::render_hostile(Format::Markdown);
        sample::assert_harmless(&text);
        for markup in ["<script", "](javascript", "`", "*g*", "@all", "]]>"] {
            assert!(!text.contains(markup), "{markup}: {text}");
        }
        let rows = text.lines().filter(|line| line.starts_with('|'));
        assert!(rows.map(|row| row.matches('|').count()).all(|bars| bars == 5), "{text}");
    }

    #[test]
    fn what_does_not_fit_is_counted() {
        let findings = vec![sample::full(); SHOWN + 2];
        let report = Report { targets: vec![], summary: Summary::default(), findings: &findings, errors: &[], suppressed: &[] };
        let mut bytes = Vec::new();
        write(&report, &mut bytes).expect("memory takes everything");
        assert!(bytes.ends_with(b"\nNot shown here: 2 findings.\n"));
        assert!(bytes.len() < 65_536, "{}", bytes.len());
    }
}
