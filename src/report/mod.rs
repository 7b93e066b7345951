//! What a run found, written down: one file per output format, each a pure function of findings.
//!
//! Every format points at the archive and names the member when a finding is inside an `.ispac`, and none lets a character of a package
//! through that its medium would obey; the module `escape` says how.

mod azure;
mod checkstyle;
mod concise;
mod escape;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod markdown;
mod msbuild;
#[cfg(test)]
mod sample;
mod sarif;
mod snippet;
mod template;
mod words;
mod wrap;
mod xml;

use std::io::{self, Write};

pub(crate) use escape::{json as harmless_json, line, markdown as markdown_text};
pub(crate) use json::JsonFinding;
pub use json::schema;
pub use template::write_template;
pub(crate) use words::count;
pub(crate) use wrap::wrap;

use crate::finding::{Finding, InputError};
use crate::rules::{Category, Described};

/// What a run found, in the order in which it is reported.
#[derive(Clone, Debug)]
pub struct Report<'r> {
    /// The selected targets, as they are called on the command line.
    pub targets: Vec<&'static str>,
    /// What was read and counted.
    pub summary: Summary,
    /// The findings, sorted by [`Finding::sort_key`].
    pub findings: &'r [Finding],
    /// Documents that could not be read at all.
    pub errors: &'r [InputError],
    /// Findings that somebody has accepted; only SARIF tells of them.
    pub suppressed: &'r [SuppressedFinding],
}

/// What was read and counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files read; an archive counts once.
    pub files: usize,
    /// Packages read, those inside archives included.
    pub packages: usize,
    /// Findings that are errors.
    pub errors: usize,
    /// Findings that are warnings.
    pub warnings: usize,
    /// Findings that are advice.
    pub infos: usize,
    /// Findings suppressed in a document or in the configuration.
    pub suppressed: usize,
    /// Findings that the baseline holds.
    pub baselined: usize,
    /// Findings below the lowest severity or confidence asked for.
    pub below_threshold: usize,
    /// Files left out by the configuration.
    pub excluded: usize,
}

/// A finding that somebody has accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuppressedFinding {
    /// The finding.
    pub finding: Finding,
    /// Why it was accepted; empty when nobody said.
    pub justification: String,
    /// Whether the document itself says so, rather than the configuration or the baseline.
    pub in_source: bool,
}

/// An output format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people: excerpts, help and a summary.
    #[default]
    Human,
    /// One line per finding.
    Concise,
    /// One JSON document, version 1.
    Json,
    /// One JSON object per finding and line.
    Jsonl,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// JUnit XML, for test reports.
    Junit,
    /// Workflow commands of GitHub Actions.
    Github,
    /// Code quality report of GitLab.
    Gitlab,
    /// Logging commands of Azure Pipelines.
    Azure,
    /// Lines that MSBuild and Visual Studio understand.
    Msbuild,
    /// Checkstyle XML.
    Checkstyle,
    /// Markdown, for pull requests and step summaries.
    Markdown,
    /// The JSON document through a template of your own.
    Template,
}

impl Format {
    /// Whether it shows [`Finding::excerpt`].
    #[must_use]
    pub const fn shows_excerpts(self) -> bool {
        matches!(self, Self::Human)
    }
}

/// How to write for people; the other formats look at `template` at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether terminal colours may be used.
    pub color: bool,
    /// Width of the terminal in columns.
    pub width: usize,
    /// Whether the terminal follows hyperlinks.
    pub links: bool,
    /// Whether the human format ends with the summary.
    pub summary: bool,
    /// Source of the template for [`Format::Template`].
    pub template: Option<String>,
}

impl Default for Style {
    fn default() -> Self {
        Self { color: false, width: 80, links: false, summary: true, template: None }
    }
}

/// Writes the report. `rules` are those that ran, described in formats that have room for it.
///
/// # Errors
///
/// What `out` gives back; [`io::ErrorKind::InvalidInput`] when a template is missing or does not work.
pub fn write(format: Format, report: &Report<'_>, style: &Style, rules: &[Described<'_>], out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Human => human::write(report, style, out),
        Format::Concise => concise::write(report, out),
        Format::Json => json::write(report, out),
        Format::Jsonl => json::write_lines(report, out),
        Format::Sarif => sarif::write(report, rules, out),
        Format::Junit => junit::write(report, out),
        Format::Github => github::write(report, out),
        Format::Gitlab => gitlab::write(report, out),
        Format::Azure => azure::write(report, out),
        Format::Msbuild => msbuild::write(report, out),
        Format::Checkstyle => checkstyle::write(report, out),
        Format::Markdown => markdown::write(report, out),
        Format::Template => match &style.template {
            Some(source) => write_template(source, report, out),
            None => Err(io::Error::new(io::ErrorKind::InvalidInput, "the format `template` needs a template")),
        },
    }
}

/// Where the page of a rule can be read; none for a team's own, and as long as the project has no public home.
fn rule_url(name: &str, category: &str) -> Option<String> {
    let home = env!("CARGO_PKG_REPOSITORY");
    (!home.is_empty() && category != Category::Custom.as_str()).then(|| format!("{home}/blob/main/rules/{name}.md"))
}
