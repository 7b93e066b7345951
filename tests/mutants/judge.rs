//! What holds for every outcome, whatever was linted: it can be shown in every format, and it is as it was designed.

use std::sync::Arc;

use clap::ValueEnum;
use ssislint::finding::{Finding, Severity};
use ssislint::lint::{Outcome, Settings};
use ssislint::report::{self, Format, Report, Style, Summary};
use ssislint::rules::{self, Rule, Target, TargetSet};

const TEMPLATE: &str = "{% for finding in findings %}{{ finding.message }}{{ finding.location }}\n{% endfor %}{{ summary }}";

/// All rules, all targets.
pub(crate) fn settings(stdin: &[u8]) -> Settings {
    Settings { targets: TargetSet::of(&Target::ALL), rules: rules::ALL.to_vec(), stdin: Some(Arc::from(stdin)), ..Settings::default() }
}

/// Writes the outcome in every format; what must be JSON is read again.
pub(crate) fn write_all(outcome: &Outcome) -> std::io::Result<()> {
    let summary = Summary { files: outcome.files, packages: outcome.packages, ..Summary::default() };
    let report = Report { targets: vec!["agent"], summary, findings: &outcome.findings, errors: &outcome.errors, suppressed: &[] };
    let style = Style { color: true, links: true, template: Some(TEMPLATE.to_owned()), ..Style::default() };
    // Describing all rules to SARIF would take longer than all the rest.
    let speaks = |rule: &&&Rule| outcome.findings.iter().any(|finding| finding.rule == rule.name);
    let spoken: Vec<_> = rules::ALL.iter().filter(speaks).map(|rule| rule.described()).collect();
    Format::value_variants().iter().try_for_each(|format| {
        let mut out = Vec::new();
        report::write(*format, &report, &style, &spoken, &mut out)?;
        if *format == Format::Json {
            serde_json::from_slice::<serde_json::Value>(&out)?;
        }
        String::from_utf8(out).map(drop).map_err(std::io::Error::other)
    })
}

/// Where the outcome is not as it was designed: everything about the file is a finding in order, and the exit code follows.
pub(crate) fn disagreement(outcome: &Outcome) -> Option<String> {
    let fails = outcome.findings.iter().any(|finding| finding.severity >= Severity::Warning);
    if let Some(error) = outcome.errors.first() {
        Some(error.message.clone())
    } else if outcome.fails() != fails {
        Some("the exit code does not follow from the findings".to_owned())
    } else if !outcome.findings.is_sorted_by(|one, two| one.sort_key() <= two.sort_key()) {
        Some("the findings are not in order".to_owned())
    } else {
        outcome.findings.iter().find(|finding| !is_shown_well(finding)).map(|finding| format!("{} has no good place or excerpt", finding.rule))
    }
}

fn is_shown_well(finding: &Finding) -> bool {
    let location = finding.location;
    let ordered = (location.line, location.column) <= (location.end_line, location.end_column) && location.line >= 1 && location.column >= 1;
    let excerpt = finding.excerpt.as_ref().is_none_or(|excerpt| excerpt.text.get(excerpt.label.0..excerpt.label.1).is_some());
    ordered && excerpt && !finding.message.is_empty()
}
