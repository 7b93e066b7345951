//! The JSON document, version 1, and its schema.
//!
//! The structs here mirror the contract and nothing else, so that a change of [`Finding`] cannot change the document by accident.
//! Keys come in the order of declaration.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::{Report, escape};
use crate::finding::{Confidence, Finding, InputError, Related, Severity};

/// What a run of ssislint found.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "ssislint report")]
pub(super) struct Document<'r> {
    /// Version of this format. It changes when a key goes away or changes its meaning; new keys may come at any time.
    version: u32,
    /// What wrote the report.
    tool: Tool,
    /// The selected targets.
    targets: &'r [&'static str],
    /// What was read and counted.
    summary: Summary,
    /// The findings, sorted by path, offset and rule.
    findings: Vec<JsonFinding<'r>>,
    /// Documents that could not be read at all.
    errors: Vec<JsonError<'r>>,
}

/// What wrote the report.
#[derive(Serialize, JsonSchema)]
struct Tool {
    /// Always `ssislint`.
    name: &'static str,
    /// Its version.
    version: &'static str,
}

/// What was read and counted.
#[derive(Serialize, JsonSchema)]
struct Summary {
    /// Files read; an archive counts once.
    files: usize,
    /// Packages read, those inside archives included.
    packages: usize,
    /// Findings that are errors.
    errors: usize,
    /// Findings that are warnings.
    warnings: usize,
    /// Findings that are advice.
    infos: usize,
    /// Findings suppressed in a document or in the configuration.
    suppressed: usize,
    /// Findings that the baseline holds.
    baselined: usize,
}

/// One finding.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Finding")]
pub(crate) struct JsonFinding<'r> {
    /// Name of the rule.
    rule: &'r str,
    /// Stable id of the rule.
    id: &'r str,
    /// Category of the rule.
    category: &'r str,
    /// How bad it is in the selected targets.
    severity: Severity,
    /// How sure it is.
    confidence: Confidence,
    /// What is wrong and what will happen.
    message: &'r str,
    /// What to change.
    help: Option<&'r str>,
    /// Path as it was given, with `/` as separator.
    file: &'r str,
    /// Decoded entry name when the file is an `.ispac` archive.
    member: Option<&'r str>,
    /// Object path in designer terms; empty when the finding is about the document itself.
    object: &'r str,
    /// The property that is wrong.
    property: Option<&'r str>,
    /// The place in the document.
    location: Location,
    /// Other objects that the finding speaks of.
    related: Vec<JsonRelated<'r>>,
    /// Identity that survives a save in the designer: 16 hex digits.
    fingerprint: &'r str,
}

/// A place in a document. Lines and columns are 1-based, columns count characters; offset and length are bytes of the text as decoded to UTF-8.
#[derive(Serialize, JsonSchema)]
struct Location {
    /// Line of the first character.
    line: u32,
    /// Column of the first character.
    column: u32,
    /// Line of the end.
    end_line: u32,
    /// Column just past the last character.
    end_column: u32,
    /// Offset of the first byte.
    offset: u32,
    /// Length in bytes.
    length: u32,
}

/// Another object that a finding speaks of.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Related")]
struct JsonRelated<'r> {
    /// What it has to do with the finding.
    message: &'r str,
    /// Path as it was given.
    file: &'r str,
    /// Decoded entry name when the file is an `.ispac` archive.
    member: Option<&'r str>,
    /// Object path.
    object: &'r str,
    /// Its place.
    location: Location,
}

/// A document that could not be read at all.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Error")]
struct JsonError<'r> {
    /// The path as it was given.
    file: &'r str,
    /// What happened and what to do.
    message: &'r str,
}

/// The JSON Schema of the document.
#[must_use]
pub fn schema() -> serde_json::Value {
    schemars::generate::SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<Document<'static>>().to_value()
}

/// Writes the document on one line.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    escape::json(&document(report), out)?;
    writeln!(out)
}

/// Writes one finding per line, as it stands in the document. What could not be read has no line: the exit code tells.
pub(super) fn write_lines(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for finding in report.findings {
        escape::json(&JsonFinding::from(finding), out)?;
        writeln!(out)?;
    }
    Ok(())
}

/// The report as the contract wants it.
pub(super) fn document<'r>(report: &'r Report<'_>) -> Document<'r> {
    let super::Summary { files, packages, errors, warnings, infos, suppressed, baselined, .. } = report.summary;
    Document {
        version: 1,
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        targets: &report.targets,
        summary: Summary { files, packages, errors, warnings, infos, suppressed, baselined },
        findings: report.findings.iter().map(JsonFinding::from).collect(),
        errors: report.errors.iter().map(JsonError::from).collect(),
    }
}

impl<'r> From<&'r Finding> for JsonFinding<'r> {
    fn from(finding: &'r Finding) -> Self {
        Self {
            rule: &finding.rule,
            id: &finding.id,
            category: finding.category,
            severity: finding.severity,
            confidence: finding.confidence,
            message: &finding.message,
            help: finding.help.as_deref(),
            file: &finding.file.file,
            member: finding.file.member.as_deref(),
            object: &finding.object,
            property: finding.property.as_deref(),
            location: finding.location.into(),
            related: finding.related.iter().map(JsonRelated::from).collect(),
            fingerprint: &finding.fingerprint,
        }
    }
}

impl<'r> From<&'r Related> for JsonRelated<'r> {
    fn from(related: &'r Related) -> Self {
        let Related { message, file, object, location } = related;
        Self { message, file: &file.file, member: file.member.as_deref(), object, location: (*location).into() }
    }
}

impl<'r> From<&'r InputError> for JsonError<'r> {
    fn from(error: &'r InputError) -> Self {
        Self { file: &error.file, message: &error.message }
    }
}

impl From<crate::finding::Location> for Location {
    fn from(location: crate::finding::Location) -> Self {
        let crate::finding::Location { line, column, end_line, end_column, offset, length } = location;
        Self { line, column, end_line, end_column, offset, length }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::schema;
    use crate::report::{Format, sample};

    fn parse(text: &str) -> Value {
        serde_json::from_str(text).expect("valid JSON")
    }

    #[test]
    fn a_sample() {
        insta::assert_snapshot!(sample::render(Format::Json));
    }

    #[test]
    fn the_schema_in_the_repository_is_fresh() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/ssislint-report.schema.json");
        let fresh = format!("{:#}\n", schema());
        if std::env::var_os("UPDATE_SCHEMA").is_some() {
            std::fs::write(path, &fresh).expect("the schema can be written");
        }
        let checked_in = std::fs::read_to_string(path).expect("the schema is checked in");
        assert!(checked_in.replace('\r', "") == fresh, "the schema is stale: run the tests once with UPDATE_SCHEMA=1");
    }

    #[test]
    fn documents_follow_the_schema() {
        let validator = jsonschema::validator_for(&schema()).expect("the schema is one");
        for text in [sample::render(Format::Json), sample::render_empty(Format::Json), sample::render_hostile(Format::Json)] {
            let document = parse(&text);
            let problems: Vec<String> = validator.iter_errors(&document).map(|error| format!("{}: {error}", error.instance_path())).collect();
            assert_eq!(problems, Vec::<String>::new());
        }
        assert!(!validator.is_valid(&parse(r#"{"version":1}"#)));
    }

    #[test]
    fn the_schema_asks_for_every_key() {
        let schema = schema();
        let document = parse(&sample::render(Format::Json));
        for (properties, required, sample) in [
            (&schema["properties"], &schema["required"], &document),
            (&schema["$defs"]["Finding"]["properties"], &schema["$defs"]["Finding"]["required"], &document["findings"][0]),
        ] {
            let keys = |value: &Value| value.as_object().map(|object| object.keys().cloned().map(Value::from).collect::<Vec<_>>());
            assert_eq!(keys(properties), keys(sample));
            assert_eq!(required.as_array(), keys(sample).as_ref());
        }
    }

    #[test]
    fn every_line_is_a_finding_of_the_document() {
        let lines: Vec<Value> = sample::render(Format::Jsonl).lines().map(parse).collect();
        assert_eq!(Value::from(lines), parse(&sample::render(Format::Json))["findings"]);
    }

    #[test]
    fn hostile_text_is_read_back_and_harmless() {
        let (document, lines) = (sample::render_hostile(Format::Json), sample::render_hostile(Format::Jsonl));
        sample::assert_harmless(&document);
        sample::assert_harmless(&lines);
        for finding in [&parse(&document)["findings"][0], &parse(&lines)] {
            assert_eq!(finding["object"], sample::HOSTILE);
            assert_eq!(finding["member"], sample::HOSTILE);
        }
    }
}
