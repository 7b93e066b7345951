//! JUnit XML: a test suite per document, a failed test per error or warning, a passed one per piece of advice.

use std::io::{self, Write};

use super::xml::Xml;
use super::{Report, words};
use crate::finding::{Finding, InputError, Severity};

/// Writes the suites. One that always passes comes first: test reports without a single test count as broken in some servers.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (failures, errors) = (failures(report.findings), report.errors.len().to_string());
    let tests = (1 + report.findings.len() + report.errors.len()).to_string();
    let mut xml = Xml::new(out)?;
    xml.open("testsuites", &[("name", "ssislint"), ("tests", &tests), ("failures", &failures), ("errors", &errors)])?;
    run(&mut xml, report)?;
    for findings in report.findings.chunk_by(|one, next| one.file == next.file) {
        suite(&mut xml, findings)?;
    }
    for error in report.errors {
        unreadable(&mut xml, error)?;
    }
    xml.close("testsuites")?;
    xml.finish()
}

/// The suite that says what was read.
fn run(xml: &mut Xml<'_>, report: &Report<'_>) -> io::Result<()> {
    xml.open("testsuite", &[("name", "ssislint"), ("tests", "1"), ("failures", "0"), ("errors", "0")])?;
    xml.empty("testcase", &[("classname", "ssislint"), ("name", &words::summary(&report.summary))])?;
    xml.close("testsuite")
}

/// The findings of one document.
fn suite(xml: &mut Xml<'_>, findings: &[Finding]) -> io::Result<()> {
    let name = findings[0].file.to_string();
    let tests = findings.len().to_string();
    xml.open("testsuite", &[("name", &name), ("tests", &tests), ("failures", &failures(findings)), ("errors", "0")])?;
    for finding in findings {
        case(xml, &name, finding)?;
    }
    xml.close("testsuite")
}

fn case(xml: &mut Xml<'_>, suite: &str, finding: &Finding) -> io::Result<()> {
    let name = if finding.object.is_empty() { finding.rule.to_string() } else { format!("{}: {}", finding.rule, finding.object) };
    let line = finding.location.line.to_string();
    let mut text = vec![format!("{suite}:{line}:{}: {}", finding.location.column, finding.message)];
    text.extend(finding.related.iter().map(|related| format!("also: {} ({})", related.object, related.message)));
    text.extend(finding.help.iter().map(|help| format!("help: {help}")));
    xml.open("testcase", &[("classname", suite), ("name", &name), ("file", &finding.file.file), ("line", &line)])?;
    match finding.severity {
        Severity::Info => xml.text("system-out", &[], &text)?,
        Severity::Error | Severity::Warning => {
            let kind = format!("{}[{}]", finding.severity, finding.id);
            xml.text("failure", &[("type", &kind), ("message", &finding.message)], &text)?;
        }
    }
    xml.close("testcase")
}

/// A document that could not be read.
fn unreadable(xml: &mut Xml<'_>, error: &InputError) -> io::Result<()> {
    xml.open("testsuite", &[("name", &error.file), ("tests", "1"), ("failures", "0"), ("errors", "1")])?;
    xml.open("testcase", &[("classname", &error.file), ("name", "read"), ("file", &error.file)])?;
    xml.empty("error", &[("type", "input"), ("message", &error.message)])?;
    xml.close("testcase")?;
    xml.close("testsuite")
}

fn failures(findings: &[Finding]) -> String {
    findings.iter().filter(|finding| finding.severity > Severity::Info).count().to_string()
}

#[cfg(test)]
mod tests {
    use roxmltree::{Document, Node};

    use crate::report::{Format, sample};

    /// The counts in the attributes are those of the elements, everywhere.
    fn check(node: Node<'_, '_>) {
        let count = |name: &str| node.descendants().filter(|child| child.has_tag_name(name)).count().to_string();
        for (attribute, element) in [("tests", "testcase"), ("failures", "failure"), ("errors", "error")] {
            assert_eq!(node.attribute(attribute), Some(count(element).as_str()), "{node:?}");
        }
    }

    #[test]
    fn suites_count_what_they_hold() {
        for text in [sample::render(Format::Junit), sample::render_empty(Format::Junit)] {
            let document = Document::parse(&text).expect("well-formed XML");
            let root = document.root_element();
            assert!(root.has_tag_name("testsuites"));
            check(root);
            root.children().filter(Node::is_element).for_each(check);
            for case in document.descendants().filter(|node| node.has_tag_name("testcase")) {
                assert!(case.attribute("name").is_some() && case.attribute("classname").is_some(), "{case:?}");
                assert!(case.parent().is_some_and(|parent| parent.has_tag_name("testsuite")));
            }
        }
    }

    #[test]
    fn a_failure_names_archive_and_member() {
        let text = sample::render(Format::Junit);
        let document = Document::parse(&text).expect("well-formed XML");
        let failure = document.descendants().find(|node| node.has_tag_name("failure")).expect("one finding is an error");
        assert_eq!(failure.attribute("type"), Some("error[SSIS0501]"));
        assert!(failure.text().is_some_and(|text| text.starts_with("out/Sales.ispac!Load.dtsx:120:20: two Excel")));
    }

    #[test]
    fn hostile_text_stays_text() {
        let text = sample::render_hostile(Format::Junit);
        sample::assert_harmless(&text);
        assert!(!text.contains("]]>") && !text.contains("<script"), "{text}");
        let document = Document::parse(&text).expect("well-formed XML");
        assert_eq!(document.descendants().filter(Node::is_element).count(), 9, "{text}");
    }
}
