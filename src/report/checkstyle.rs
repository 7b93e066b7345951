//! Checkstyle XML: a `file` per file, an `error` per finding.

use std::io::{self, Write};

use super::xml::Xml;
use super::{Report, words};
use crate::finding::Finding;

/// Writes the findings file by file, then what could not be read.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Xml::new(out)?;
    // The version is that of the format as its readers know it, not of a Checkstyle that ran.
    xml.open("checkstyle", &[("version", "4.3")])?;
    for findings in report.findings.chunk_by(|one, next| one.file.file == next.file.file) {
        xml.open("file", &[("name", &findings[0].file.file)])?;
        for finding in findings {
            error(&mut xml, finding)?;
        }
        xml.close("file")?;
    }
    for error in report.errors {
        xml.open("file", &[("name", &error.file)])?;
        xml.empty("error", &[("severity", "error"), ("message", &error.message), ("source", "ssislint")])?;
        xml.close("file")?;
    }
    xml.close("checkstyle")?;
    xml.finish()
}

fn error(xml: &mut Xml<'_>, finding: &Finding) -> io::Result<()> {
    let position = words::position(finding).map(|(line, column)| (line.to_string(), column.to_string()));
    let help = finding.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
    let message = format!("{}{help}", words::sentence(finding));
    let source = format!("ssislint.{}.{}", finding.category, finding.rule);
    let mut attributes = Vec::new();
    if let Some((line, column)) = &position {
        attributes.extend([("line", line.as_str()), ("column", column.as_str())]);
    }
    attributes.extend([("severity", finding.severity.as_str()), ("message", &message), ("source", &source)]);
    xml.empty("error", &attributes)
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use crate::report::{Format, sample};

    #[test]
    fn a_file_element_per_file() {
        let text = sample::render(Format::Checkstyle);
        let document = Document::parse(&text).expect("well-formed XML");
        assert!(document.root_element().has_tag_name("checkstyle"));
        let files: Vec<_> = document.root_element().children().filter(|node| node.has_tag_name("file")).collect();
        let names: Vec<_> = files.iter().filter_map(|file| file.attribute("name")).collect();
        assert_eq!(names, ["etl/Load Orders.dtsx", "out/Sales.ispac", "etl/Broken.ispac"]);
        let errors: Vec<_> = document.descendants().filter(|node| node.has_tag_name("error")).collect();
        assert_eq!(errors.iter().map(|error| error.attribute("severity")).collect::<Vec<_>>(), [Some("info"), Some("error"), Some("error")]);
        assert_eq!((errors[0].attribute("line"), errors[1].attribute("line")), (Some("1"), None));
        assert!(errors[1].attribute("message").is_some_and(|message| message.starts_with("Load.dtsx:120:20: two Excel")));
        assert_eq!(errors[1].attribute("source"), Some("ssislint.excel.excel-parallel"));
    }

    #[test]
    fn hostile_text_stays_text() {
        let text = sample::render_hostile(Format::Checkstyle);
        sample::assert_harmless(&text);
        assert!(!text.contains("]]>") && !text.contains("<script"), "{text}");
        let document = Document::parse(&text).expect("well-formed XML");
        assert_eq!(document.descendants().filter(roxmltree::Node::is_element).count(), 5, "{text}");
    }
}
