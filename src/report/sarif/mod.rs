//! SARIF 2.1.0, for GitHub code scanning, Azure DevOps, Visual Studio.

mod log;

use std::collections::BTreeMap;
use std::io::{self, Write};

use log::{
    Artifact, Configuration, Descriptor, DescriptorProperties, Driver, Invocation, Location, Log, LogicalLocation, Multiformat, Notification, PhysicalLocation,
    Region, RelatedLocation, ResultProperties, Run, SarifResult, Suppression, Text, Tool,
};

use super::{Report, escape, rule_url, words};
use crate::finding::{Confidence, FileRef, Finding, Severity};
use crate::rules::{Category, Described, Severities, Target, TargetSet};

/// Results that GitHub takes from one run.
const MAX_RESULTS: usize = 25_000;
/// Locations that GitHub takes from one result; one is the result's own.
const MAX_RELATED: usize = 999;
/// Where the schema can be had.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Writes the log: one run, findings first, then the suppressed ones.
pub(super) fn write(report: &Report<'_>, rules: &[Described<'_>], out: &mut dyn Write) -> io::Result<()> {
    let targets = selected(report);
    let driver = Driver {
        name: env!("CARGO_PKG_NAME"),
        semantic_version: env!("CARGO_PKG_VERSION"),
        information_uri: Some(env!("CARGO_PKG_REPOSITORY")).filter(|uri| !uri.is_empty()),
        rules: rules.iter().map(|rule| descriptor(rule, targets)).collect(),
    };
    let run = Run { tool: Tool { driver }, invocations: [invocation(report)], column_kind: "unicodeCodePoints", results: results(report, rules) };
    escape::json(&Log { schema: SCHEMA, version: "2.1.0", runs: [run] }, out)?;
    writeln!(out)
}

fn selected(report: &Report<'_>) -> TargetSet {
    let targets: Vec<Target> = Target::ALL.into_iter().filter(|target| report.targets.contains(&target.as_str())).collect();
    TargetSet::of(&targets)
}

fn results<'r>(report: &'r Report<'_>, rules: &[Described<'_>]) -> Vec<SarifResult<'r>> {
    let indices: BTreeMap<&str, usize> = rules.iter().enumerate().map(|(index, rule)| (&*rule.id, index)).collect();
    let open = report.findings.iter().map(|finding| (finding, None));
    let suppressed = report.suppressed.iter().map(|accepted| {
        let kind = if accepted.in_source { "inSource" } else { "external" };
        let justification = Some(escape::line(&accepted.justification)).filter(|text| !text.is_empty());
        (&accepted.finding, Some(Suppression { kind, justification }))
    });
    let findings = open.chain(suppressed).take(MAX_RESULTS);
    findings.map(|(finding, suppression)| result(finding, indices.get(&*finding.id).copied(), suppression)).collect()
}

fn result(finding: &Finding, rule_index: Option<usize>, suppression: Option<Suppression>) -> SarifResult<'_> {
    let help = finding.help.as_ref().map(|help| format!("\n\nhelp: {}", message(help))).unwrap_or_default();
    let related = finding.related.iter().take(MAX_RELATED).enumerate();
    SarifResult {
        rule_id: &finding.id,
        rule_index,
        level: level(finding.severity),
        rank: rank(finding.confidence),
        message: Text { text: format!("{}{help}", message(&words::sentence(finding))) },
        locations: [place(&finding.file, &finding.object, finding.location)],
        related_locations: related
            .map(|(id, related)| RelatedLocation {
                id,
                message: Text { text: message(&format!("{} [{}]", related.message, related.object)) },
                location: place(&related.file, &related.object, related.location),
            })
            .collect(),
        partial_fingerprints: fingerprints(finding),
        suppressions: suppression.into_iter().collect(),
        properties: ResultProperties { confidence: finding.confidence.as_str(), member: finding.file.member.as_deref(), property: finding.property.as_deref() },
    }
}

/// A text that is read by people, without links of its own.
fn message(text: &str) -> String {
    escape::sarif_message(&escape::line(text))
}

/// GitHub knows alerts again by `primaryLocationLineHash` only. Its upload action computes that from the text around the line and warns
/// about a different one, so only findings inside archives bring theirs: the action passes over locations without a line.
fn fingerprints(finding: &Finding) -> BTreeMap<&'static str, String> {
    let mut prints = BTreeMap::from([("ssislint/v1", finding.fingerprint.clone())]);
    if finding.file.member.is_some() {
        prints.insert("primaryLocationLineHash", format!("{}:1", finding.fingerprint));
    }
    prints
}

/// A place: the file, and the lines in it unless it is an archive, whose member becomes a logical location.
fn place<'r>(file: &'r FileRef, object: &'r str, location: crate::finding::Location) -> Location<'r> {
    let crate::finding::Location { line, column, end_line, end_column, .. } = location;
    let region = Region { start_line: line.max(1), start_column: column.max(1), end_line: end_line.max(line).max(1), end_column: end_column.max(1) };
    let object = Some(object).filter(|object| !object.is_empty()).map(|object| LogicalLocation::new(object, "object"));
    let member = file.member.as_deref().map(|member| LogicalLocation::new(member, "module"));
    Location {
        physical_location: PhysicalLocation { artifact_location: Artifact { uri: escape::uri(&file.file) }, region: file.member.is_none().then_some(region) },
        logical_locations: object.into_iter().chain(member).collect(),
    }
}

/// How the run went: what could not be read, and what GitHub would not take.
fn invocation(report: &Report<'_>) -> Invocation {
    let mut notifications: Vec<Notification> =
        report.errors.iter().map(|error| Notification::error(message(&error.message), escape::uri(&error.file))).collect();
    let all = report.findings.len() + report.suppressed.len();
    if all > MAX_RESULTS {
        let left_out = words::count(all - MAX_RESULTS, "finding");
        notifications.push(Notification::warning(format!("{left_out} left out: GitHub takes no more than {MAX_RESULTS}")));
    }
    Invocation { execution_successful: report.errors.is_empty(), notifications }
}

/// What a rule is.
fn descriptor<'r>(rule: &'r Described<'_>, targets: TargetSet) -> Descriptor<'r> {
    let severity = highest(rule.severity, targets);
    let protection = rule.category == Category::Protection;
    let markdown = body(rule.page).trim();
    let own = rule.category == Category::Custom;
    Descriptor {
        id: &rule.id,
        name: &rule.name,
        short_description: Text { text: rule.summary.to_owned() },
        full_description: Text { text: rule.summary.to_owned() },
        help: Multiformat { text: if own { markdown.to_owned() } else { format!("{}\n\nssislint explain {}", rule.summary, rule.name) }, markdown },
        help_uri: rule_url(&rule.name, rule.category.as_str()),
        default_configuration: Configuration { level: level(severity) },
        properties: DescriptorProperties {
            tags: if protection { vec!["security", rule.category.as_str()] } else { vec![rule.category.as_str()] },
            problem_severity: problem_severity(severity),
            security_severity: protection.then(|| security_severity(severity)),
        },
    }
}

/// The rule's severity in the selected targets; the highest anywhere for a rule that is silent in them.
fn highest(severities: Severities, targets: TargetSet) -> Severity {
    severities.highest(targets).or_else(|| severities.highest(TargetSet::of(&Target::ALL))).unwrap_or(Severity::Info)
}

/// A rule's page without its front matter.
fn body(page: &str) -> &str {
    page.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).map_or(page, |(_, body)| body)
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

const fn problem_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "recommendation",
    }
}

/// On the scale of CVSS, as GitHub cuts it: above 7 is high, above 4 medium.
const fn security_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "8.0",
        Severity::Warning => "5.5",
        Severity::Info => "2.0",
    }
}

/// From 0, least important, to 100.
const fn rank(confidence: Confidence) -> u32 {
    match confidence {
        Confidence::Low => 30,
        Confidence::Medium => 60,
        Confidence::High => 90,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::report::{Format, Summary, sample};

    fn validator() -> jsonschema::Validator {
        let mut schema: Value = serde_json::from_str(include_str!("../../../testdata/report/sarif-schema-2.1.0.json")).expect("the schema is JSON");
        // The patterns of both `language` keys have a stray bracket, which a strict reader of regular expressions refuses. We write neither.
        for object in ["run", "toolComponent"] {
            let language = schema.pointer_mut(&format!("/definitions/{object}/properties/language")).and_then(Value::as_object_mut);
            language.and_then(|language| language.remove("pattern")).expect("the pattern is there");
        }
        jsonschema::options().should_validate_formats(true).build(&schema).expect("the schema is one")
    }

    /// Parses a log and checks it against the official schema.
    fn valid(text: &str) -> Value {
        let log = serde_json::from_str(text).expect("valid JSON");
        let problems: Vec<String> = validator().iter_errors(&log).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert_eq!(problems, Vec::<String>::new());
        log
    }

    #[test]
    fn a_sample_is_valid() {
        let log = valid(&sample::render(Format::Sarif));
        let rules = &log["runs"][0]["tool"]["driver"]["rules"];
        assert_eq!(rules[0]["properties"]["security-severity"], "8.0");
        assert_eq!(rules[1]["properties"]["security-severity"], Value::Null);
        assert!(rules[0]["help"]["markdown"].as_str().is_some_and(|page| page.starts_with("# plain-password")));
        let results = &log["runs"][0]["results"];
        assert_eq!(results[0]["level"], "note");
        assert_eq!(results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "etl/Load%20Orders.dtsx");
        assert_eq!(results[0]["locations"][0]["physicalLocation"]["region"]["startLine"], 1);
        assert_eq!(results[2]["suppressions"][0]["kind"], "inSource");
        assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], false);
    }

    #[test]
    fn a_member_is_named_and_the_archive_pointed_at() {
        let log = valid(&sample::render(Format::Sarif));
        let result = &log["runs"][0]["results"][1];
        assert_eq!(result["ruleIndex"], 1);
        assert!(result["message"]["text"].as_str().is_some_and(|text| text.starts_with("Load.dtsx:120:20: two Excel")));
        let location = &result["locations"][0];
        assert_eq!(location["physicalLocation"]["artifactLocation"]["uri"], "out/Sales.ispac");
        assert_eq!(location["physicalLocation"]["region"], Value::Null);
        assert_eq!(location["logicalLocations"][0]["fullyQualifiedName"], r"Package\Load\DFT Orders\Excel Source");
        assert_eq!(location["logicalLocations"][0]["name"], "Excel Source");
        assert_eq!(location["logicalLocations"][1]["name"], "Load.dtsx");
    }

    #[test]
    fn nothing_and_hostile_text_are_valid() {
        valid(&sample::render_empty(Format::Sarif));
        let text = sample::render_hostile(Format::Sarif);
        sample::assert_harmless(&text);
        let log = valid(&text);
        let result = &log["runs"][0]["results"][0];
        assert!(!result["message"]["text"].as_str().is_some_and(|text| text.contains("](")), "{result}");
        assert_eq!(result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"], sample::HOSTILE);
    }

    #[test]
    fn the_limits_of_github_hold() {
        let related = vec![sample::full().related.remove(0); MAX_RELATED + 1];
        let mut findings = vec![Finding { related, ..sample::full() }];
        findings.resize_with(MAX_RESULTS + 1, sample::bare);
        let report = Report { targets: vec!["agent"], summary: Summary::default(), findings: &findings, errors: &[], suppressed: &[] };
        let mut bytes = Vec::new();
        write(&report, &[], &mut bytes).expect("memory takes everything");
        let log: Value = serde_json::from_slice(&bytes).expect("valid JSON");
        let run = &log["runs"][0];
        assert_eq!(run["results"].as_array().map(Vec::len), Some(MAX_RESULTS));
        assert_eq!(run["results"][0]["relatedLocations"].as_array().map(Vec::len), Some(MAX_RELATED));
        let note = &run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
        assert_eq!(note, "1 finding left out: GitHub takes no more than 25000");
    }
}
