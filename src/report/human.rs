//! For people at a terminal: the object path first, since an SSIS developer thinks in designer objects, not in lines of XML.

use std::io::{self, Write};

use owo_colors::Style as Paint;

use super::escape::line;
use super::wrap::wrap;
use super::{Report, Style, rule_url, snippet, words};
use crate::finding::{FileRef, Finding, InputError, Related, Severity};

/// Widths beyond these read badly, whatever a terminal says of itself.
const WIDTHS: (usize, usize) = (40, 160);

/// Writes the findings in their order, document by document, then what could not be read, then the summary.
pub(super) fn write(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let look = Look::new(style);
    for finding in report.findings {
        writeln!(out, "{}", look.finding(finding))?;
    }
    for error in report.errors {
        writeln!(out, "{}", look.input_error(error))?;
    }
    if !style.summary {
        return Ok(());
    }
    writeln!(out, "{}", look.wrap("", &words::summary(&report.summary), 2))
}

/// How things are painted and how wide they may be.
struct Look<'s> {
    style: &'s Style,
    width: usize,
}

impl<'s> Look<'s> {
    fn new(style: &'s Style) -> Self {
        Self { style, width: style.width.clamp(WIDTHS.0, WIDTHS.1) }
    }

    /// The style, or none without colours.
    fn paint(&self, paint: Paint) -> Paint {
        if self.style.color { paint } else { Paint::new() }
    }

    fn severity(&self, severity: Severity) -> Paint {
        let paint = Paint::new().bold();
        self.paint(match severity {
            Severity::Error => paint.red(),
            Severity::Warning => paint.yellow(),
            Severity::Info => paint.cyan(),
        })
    }

    /// A finding in all its lines, an empty one last.
    fn finding(&self, finding: &Finding) -> String {
        let mut text = self.headline(finding);
        text.push_str(&self.place(finding));
        for related in &finding.related {
            text.push_str(&self.related(finding, related));
        }
        if let Some(help) = &finding.help {
            text.push_str(&self.note("help:", help));
        }
        if finding.confidence != crate::finding::Confidence::High {
            text.push_str(&self.note("confidence:", finding.confidence.as_str()));
        }
        let explain = format!("  ssislint explain {}", finding.rule);
        text.push_str(&format!("{}\n", self.paint(Paint::new().dimmed()).style(explain)));
        text
    }

    fn headline(&self, finding: &Finding) -> String {
        let head = format!("{}[{}]:", finding.severity, finding.rule);
        let text = self.wrap(&head, &finding.message, 2);
        let message = text.strip_prefix(&head).unwrap_or(&text);
        let head = self.severity(finding.severity).style(head).to_string();
        let head = match rule_url(&finding.rule, finding.category).filter(|_| self.style.links) {
            Some(url) => format!("\x1b]8;;{url}\x1b\\{head}\x1b]8;;\x1b\\"),
            None => head,
        };
        format!("{head}{}\n", self.paint(Paint::new().bold()).style(message))
    }

    /// The object, then the document around it; without an excerpt at least where that is.
    fn place(&self, finding: &Finding) -> String {
        let theme = snippet::theme(self.style.color, self.severity(finding.severity));
        let excerpt = snippet::draw(finding, theme, self.width).unwrap_or_else(|| {
            let place = format!("{}:{}:{}", finding.file, finding.location.line, finding.location.column);
            format!("  at {}\n", line(&place))
        });
        format!("  in {}\n{excerpt}", line(&object(&finding.file, &finding.object)))
    }

    fn related(&self, finding: &Finding, related: &Related) -> String {
        let same = related.file == finding.file && !related.object.is_empty();
        let object = if same { related.object.clone() } else { object(&related.file, &related.object) };
        self.note("also:", &format!("{object} ({})", related.message))
    }

    fn note(&self, head: &str, text: &str) -> String {
        let indented = format!("  {head}");
        let text = self.wrap(&indented, text, 4);
        let rest = text.strip_prefix(&indented).unwrap_or(&text);
        format!("  {}{rest}\n", self.paint(Paint::new().cyan()).style(head))
    }

    fn input_error(&self, error: &InputError) -> String {
        let head = "error:";
        let text = self.wrap(head, &format!("{}: {}", error.file, error.message), 2);
        format!("{}{}\n", self.severity(Severity::Error).style(head), text.strip_prefix(head).unwrap_or(&text))
    }

    fn wrap(&self, head: &str, text: &str, indentation: usize) -> String {
        wrap(head, text, self.width, indentation)
    }
}

/// `Load.dtsx · Package\Load`, not escaped yet.
fn object(file: &FileRef, object: &str) -> String {
    if object.is_empty() { file.name().to_owned() } else { format!("{} · {object}", file.name()) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::report::{Format, sample};

    #[test]
    fn a_sample() {
        let text = sample::render(Format::Human);
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        insta::assert_snapshot!(text);
    }

    #[test]
    fn nothing_found() {
        insta::assert_snapshot!(sample::render_empty(Format::Human), @"3 files, 3 packages: no findings");
    }

    #[test]
    fn hostile_text_is_shown_and_not_obeyed() {
        let text = sample::render_hostile(Format::Human);
        sample::assert_harmless(&text);
        assert!(text.lines().all(|line| !line.trim_start().starts_with("::")), "{text}");
    }

    #[test]
    fn colours_only_when_asked_for() {
        let style = Style { color: true, ..Style::default() };
        let text = Look::new(&style).finding(&sample::full());
        assert!(text.starts_with("\x1b[31;1merror[excel-parallel]:\x1b[0m"), "{text:?}");
        assert!(!sample::render(Format::Human).contains('\x1b'));
    }

    proptest! {
        #[test]
        fn any_text_is_written(message in "(\\PC|[\n\r\t #:]|\\x{1b}){0,120}", width in 0_usize..300) {
            let finding = Finding { message: message.clone(), help: Some(message.clone()), object: message, ..sample::full() };
            let style = Style { width, ..Style::default() };
            let text = Look::new(&style).finding(&finding);
            prop_assert!(!text.chars().any(|c| c.is_control() && c != '\n'));
        }
    }
}
