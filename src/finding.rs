//! What a rule found: the owned result of linting, independent of documents and models.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// How bad a finding is in the selected targets. Ordered: `Info < Warning < Error`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, clap::ValueEnum, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Advice.
    Info,
    /// Likely to fail.
    Warning,
    /// Will fail in a selected target, or leaks a secret.
    Error,
}

impl Severity {
    /// The word used in every format and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// One step up, at most to an error.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Info => Self::Warning,
            Self::Warning | Self::Error => Self::Error,
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// How sure a finding is, given what static reading can know. Ordered: `Low < Medium < High`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// A value that is not at hand may well change the outcome.
    Low,
    /// Usual circumstances are assumed.
    Medium,
    /// Certain from the file alone.
    #[default]
    High,
}

impl Confidence {
    /// The word used in every format.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// The file, and inside an archive the member, that a finding points at.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileRef {
    /// Path as it was given, relative to the working directory, with `/` as separator.
    pub file: String,
    /// Decoded entry name when the file is an `.ispac` archive.
    pub member: Option<String>,
}

impl FileRef {
    /// The document's own file name: of the member when there is one, else the last part of the path.
    #[must_use]
    pub fn name(&self) -> &str {
        let path = self.member.as_deref().unwrap_or(&self.file);
        path.rsplit('/').next().unwrap_or(path)
    }
}

impl fmt::Display for FileRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.member {
            Some(member) => write!(f, "{}!{member}", self.file),
            None => f.write_str(&self.file),
        }
    }
}

/// A place in a document, ready to show.
///
/// Lines and columns are 1-based; columns count characters; offset and length are bytes of the text as decoded to UTF-8.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Location {
    /// Line of the first character.
    pub line: u32,
    /// Column of the first character.
    pub column: u32,
    /// Line of the end.
    pub end_line: u32,
    /// Column just past the last character.
    pub end_column: u32,
    /// Offset of the first byte.
    pub offset: u32,
    /// Length in bytes.
    pub length: u32,
}

/// A few lines of a document around a finding's span, with secrets already replaced by `***`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// 1-based number of the excerpt's first line in the document.
    pub first_line: u32,
    /// 1-based column, in characters, of the excerpt's first character in its line; above 1 when the line was cut on its left.
    pub first_column: u32,
    /// The text, lines parted by `\n`, long lines cut around the label.
    pub text: String,
    /// Byte range of the label inside `text`.
    pub label: (usize, usize),
}

/// Another object that a finding speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// What it has to do with the finding.
    pub message: String,
    /// Where it is.
    pub file: FileRef,
    /// Its object path.
    pub object: String,
    /// Its place in the document.
    pub location: Location,
}

/// One finding: a rule, an object, what will happen and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Kebab-case name of the rule.
    pub rule: Cow<'static, str>,
    /// Stable id of the rule, as `SSIS0501`; `CUSTOM-` and the name for a team's own.
    pub id: Cow<'static, str>,
    /// The rule's category.
    pub category: &'static str,
    /// The highest severity over the selected targets.
    pub severity: Severity,
    /// How sure it is.
    pub confidence: Confidence,
    /// What is wrong and what will happen.
    pub message: String,
    /// What to change.
    pub help: Option<String>,
    /// The document.
    pub file: FileRef,
    /// Object path in designer terms; empty when the finding is about the document itself.
    pub object: String,
    /// The property that is wrong, when there is one.
    pub property: Option<String>,
    /// The place in the document.
    pub location: Location,
    /// The document around that place; none when there is no text to show.
    pub excerpt: Option<Excerpt>,
    /// Other objects it speaks of.
    pub related: Vec<Related>,
    /// Identity that survives a save in the designer: see [`fingerprint`].
    pub fingerprint: String,
}

impl Finding {
    /// The key of the one order in which findings are reported: path, offset, rule id, then what is left to tell two apart.
    #[must_use]
    pub fn sort_key(&self) -> (&FileRef, u32, &str, &str, Option<&str>, &str) {
        (&self.file, self.location.offset, &self.id, &self.object, self.property.as_deref(), &self.message)
    }
}

/// Identity of a finding: 16 hex digits, the first 8 bytes of SHA-256 over rule name, file name of the document, object path, property and a
/// discriminator of the rule's choice.
///
/// Lines, offsets, folders and archives do not enter, so it holds after a save in the designer and on the way into the `.ispac`, where the project
/// file goes under another name.
#[must_use]
pub fn fingerprint(rule: &str, file_name: &str, object: &str, property: Option<&str>, discriminator: &str) -> String {
    let mut hash = Sha256::new();
    let is_project = file_name == "@Project.manifest" || file_name.to_ascii_lowercase().ends_with(".dtproj");
    for part in [rule, if is_project { "Project" } else { file_name }, object, property.unwrap_or_default(), discriminator] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// A document that could not be read at all, or a fault of the linter itself; makes the run exit with 2.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct InputError {
    /// The path as it was given.
    pub file: String,
    /// What happened and what to do.
    pub message: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprint_parts_do_not_run_together() {
        let one = fingerprint("r", "a.dtsx", "Package", Some("x"), "");
        let two = fingerprint("r", "a.dtsx", "Packagex", None, "");
        assert_ne!(one, two);
        assert_eq!(one.len(), 16);
    }

    #[test]
    fn a_project_file_and_its_manifest_are_one() {
        let of = |file| fingerprint("r", file, "Project", None, "");
        assert_eq!(of("Sales.dtproj"), of("@Project.manifest"));
        assert_ne!(of("Sales.dtproj"), of("Sales.dtsx"));
    }

    #[test]
    fn a_member_names_the_document() {
        let inside = FileRef { file: "out/Sales.ispac".into(), member: Some("Load.dtsx".into()) };
        assert_eq!(inside.name(), "Load.dtsx");
        let loose = FileRef { file: "out/Load.dtsx".into(), member: None };
        assert_eq!(loose.name(), "Load.dtsx");
    }
}
