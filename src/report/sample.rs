//! A small report and a hostile one, for the tests of all formats.

use super::{Format, Report, Style, Summary, SuppressedFinding, write};
use crate::finding::{Confidence, Excerpt, FileRef, Finding, InputError, Location, Related, Severity, fingerprint};
use crate::rules::{Category, Check, Rule, RuleSet, Severities};

/// What nobody wants in a terminal, a log, a web page or an XML document.
pub(super) const HOSTILE: &str = "x\u{1b}[31m\u{9b}1m\0\u{7}\u{8}\r\n::error ::pwned\n##vso[task.setvariable variable=a]b\n##[error]c]]><script>alert(1)</script>|`d`|@all \
     [e](javascript:f)*g*\u{202e}h\u{2066}i\u{200f}j\u{2028}k\u{feff}\u{fffe}l%0A::m,n;o\"'&amp;";

/// A rule on secrets.
pub(super) static SECRET: Rule = Rule {
    id: "SSIS0101",
    name: "plain-password",
    category: Category::Protection,
    severity: Severities::new(Severity::Error),
    set: RuleSet::Default,
    summary: "A password is stored in plain text",
    page: "---\nid: SSIS0101\nsince: 0.1.0\n---\n\n# plain-password\n\n## What it does\n\nLooks for passwords.\n",
    check: Check::Input,
};

/// A rule on something else.
pub(super) static EXCEL: Rule = Rule {
    id: "SSIS0501",
    name: "excel-parallel",
    category: Category::Excel,
    severity: Severities::new(Severity::Warning),
    set: RuleSet::Pedantic,
    summary: "Excel components that can run at the same time crash the process",
    page: "# excel-parallel\n",
    check: Check::Input,
};

/// A finding on the document itself, with as little as there can be.
pub(super) fn bare() -> Finding {
    Finding {
        rule: SECRET.name.into(),
        id: SECRET.id.into(),
        category: SECRET.category.as_str(),
        severity: Severity::Info,
        confidence: Confidence::Low,
        message: "the package stores a password, which everybody who can read the file can read too".into(),
        help: None,
        file: FileRef { file: "etl/Load Orders.dtsx".into(), member: None },
        object: String::new(),
        property: None,
        location: Location { line: 1, column: 1, end_line: 1, end_column: 1, offset: 0, length: 0 },
        excerpt: None,
        related: Vec::new(),
        fingerprint: fingerprint(SECRET.name, "Load Orders.dtsx", "", None, ""),
    }
}

/// A finding inside an archive, with everything.
pub(super) fn full() -> Finding {
    let object = r"Package\Load\DFT Orders\Excel Source";
    let file = FileRef { file: "out/Sales.ispac".into(), member: Some("Load.dtsx".into()) };
    let text = "      <components>\n        <component refId=\"Package\\Load\\DFT Orders\\Excel Source\" name=\"Excel Source\">\n          <connections/>\n";
    Finding {
        rule: EXCEL.name.into(),
        id: EXCEL.id.into(),
        category: EXCEL.category.as_str(),
        severity: Severity::Error,
        confidence: Confidence::High,
        message: "two Excel components can run at the same time, and the driver crashes the process when they do".into(),
        help: Some("join DFT Orders and DFT Lines with a precedence constraint, or run one in a child package with ExecuteOutOfProcess".into()),
        object: object.into(),
        property: Some("refId".into()),
        location: Location { line: 120, column: 20, end_line: 120, end_column: 64, offset: 5120, length: 44 },
        excerpt: Some(Excerpt { first_line: 119, first_column: 1, text: text.into(), label: (38, 82) }),
        related: vec![Related {
            message: "no precedence constraint orders the two data flows".into(),
            file: file.clone(),
            object: r"Package\Load\DFT Lines\Excel Destination".into(),
            location: Location { line: 180, column: 9, end_line: 180, end_column: 20, offset: 8000, length: 11 },
        }],
        file,
        fingerprint: fingerprint(EXCEL.name, "Load.dtsx", object, Some("refId"), ""),
    }
}

/// A finding whose every text is hostile.
pub(super) fn hostile() -> Finding {
    let file = FileRef { file: format!("etl/{HOSTILE}.ispac"), member: Some(HOSTILE.into()) };
    Finding {
        message: HOSTILE.into(),
        help: Some(HOSTILE.into()),
        object: HOSTILE.into(),
        property: Some(HOSTILE.into()),
        excerpt: Some(Excerpt { first_line: 7, first_column: 1, text: HOSTILE.into(), label: (1, 40) }),
        related: vec![Related { message: HOSTILE.into(), file: file.clone(), object: HOSTILE.into(), location: Location::default() }],
        file,
        ..full()
    }
}

/// The small report in a format.
pub(super) fn render(format: Format) -> String {
    render_with(format, &Style::default())
}

/// The small report in a format and a style.
pub(super) fn render_with(format: Format, style: &Style) -> String {
    let findings = [bare(), full()];
    let errors = [InputError { file: "etl/Broken.ispac".into(), message: "not a zip archive".into() }];
    let suppressed = [SuppressedFinding { finding: full(), justification: "runs alone".into(), in_source: true }];
    let summary = Summary { files: 12, packages: 9, errors: 1, infos: 1, suppressed: 1, baselined: 2, ..Summary::default() };
    to_string(format, style, &Report { targets: vec!["agent", "ssisdb"], summary, findings: &findings, errors: &errors, suppressed: &suppressed })
}

/// The hostile report in a format: one finding, one error.
pub(super) fn render_hostile(format: Format) -> String {
    render_hostile_with(format, &Style::default())
}

/// The hostile report in a format and a style.
pub(super) fn render_hostile_with(format: Format, style: &Style) -> String {
    let findings = [hostile()];
    let errors = [InputError { file: HOSTILE.into(), message: HOSTILE.into() }];
    let suppressed = [SuppressedFinding { finding: hostile(), justification: HOSTILE.into(), in_source: false }];
    let summary = Summary { files: 1, packages: 1, errors: 1, ..Summary::default() };
    to_string(format, style, &Report { targets: vec!["agent"], summary, findings: &findings, errors: &errors, suppressed: &suppressed })
}

/// A report with nothing in it.
pub(super) fn render_empty(format: Format) -> String {
    let summary = Summary { files: 3, packages: 3, ..Summary::default() };
    to_string(format, &Style::default(), &Report { targets: vec!["agent"], summary, findings: &[], errors: &[], suppressed: &[] })
}

fn to_string(format: Format, style: &Style, report: &Report<'_>) -> String {
    let mut bytes = Vec::new();
    write(format, report, style, &[SECRET.described(), EXCEL.described()], &mut bytes).expect("memory takes everything");
    String::from_utf8(bytes).expect("reports are UTF-8")
}

/// Nothing in the text moves a cursor, turns text, or starts a command that the format did not mean to start.
pub(super) fn assert_harmless(text: &str) {
    for (number, line) in text.lines().enumerate() {
        let bad = line.chars().find(|c| c.is_control() || ('\u{2028}'..='\u{202e}').contains(c) || matches!(c, '\u{2066}' | '\u{200f}' | '\u{feff}'));
        assert_eq!(bad, None, "line {number}: {line:?}");
        let rest = ["##vso[task.logissue ", "### "].iter().find_map(|ours| line.strip_prefix(ours)).unwrap_or(line);
        assert!(!rest.contains("##"), "line {number}: {line:?}");
        assert!(!line.trim_start().starts_with("::error ::"), "line {number}: {line:?}");
    }
}
