//! How rules say what they found.

use super::{Rule, Severities};
use crate::finding::Confidence;
use crate::model::Document;
use crate::span::Span;

/// What a rule says about one object. Build it with [`Report::new`] and hand it to [`Sink::report`].
#[derive(Clone, Debug)]
pub struct Report {
    pub(crate) object: String,
    pub(crate) span: Span,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    pub(crate) property: Option<String>,
    pub(crate) severities: Option<Severities>,
    pub(crate) confidence: Confidence,
    pub(crate) mentions: Vec<Mention>,
    pub(crate) discriminator: String,
}

impl Report {
    /// A finding on the object of that path, pointing at `span`. The message says what is wrong and what will happen; it never holds a secret.
    #[must_use]
    pub fn new(object: impl Into<String>, span: Span, message: impl Into<String>) -> Self {
        Self {
            object: object.into(),
            span,
            message: message.into(),
            help: None,
            property: None,
            severities: None,
            confidence: Confidence::High,
            mentions: Vec::new(),
            discriminator: String::new(),
        }
    }

    /// What to change.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The property that is wrong, by its documented name.
    #[must_use]
    pub fn property(mut self, property: impl Into<String>) -> Self {
        self.property = Some(property.into());
        self
    }

    /// Other severities than the rule's own.
    #[must_use]
    pub const fn severity(mut self, severities: Severities) -> Self {
        self.severities = Some(severities);
        self
    }

    /// How sure the rule is; high when not said.
    #[must_use]
    pub const fn confidence(mut self, confidence: Confidence) -> Self {
        self.confidence = confidence;
        self
    }

    /// Another object that the finding speaks of.
    #[must_use]
    pub fn mention(mut self, mention: Mention) -> Self {
        self.mentions.push(mention);
        self
    }

    /// Other objects of which the same holds; the first ones, for more help nobody.
    #[must_use]
    pub fn mention_first(self, mentions: impl IntoIterator<Item = Mention>) -> Self {
        mentions.into_iter().take(MENTIONS).fold(self, Self::mention)
    }

    /// What tells two findings on the same object and property apart, for the fingerprint: never a line, an offset or a secret.
    #[must_use]
    pub fn discriminator(mut self, discriminator: impl Into<String>) -> Self {
        self.discriminator = discriminator.into();
        self
    }
}

const MENTIONS: usize = 10;

/// Another object that a finding speaks of.
#[derive(Clone, Debug)]
pub struct Mention {
    pub(crate) message: String,
    pub(crate) object: String,
    pub(crate) span: Span,
    /// Index of the document in the project; the finding's own when none.
    pub(crate) document: Option<usize>,
}

impl Mention {
    /// An object of the same document.
    #[must_use]
    pub fn new(object: impl Into<String>, span: Span, message: impl Into<String>) -> Self {
        Self { message: message.into(), object: object.into(), span, document: None }
    }

    /// An object of another document of the project, by index.
    #[must_use]
    pub const fn in_document(mut self, index: usize) -> Self {
        self.document = Some(index);
        self
    }
}

/// Takes the reports of one rule.
pub struct Sink<'r> {
    pub(crate) rule: &'r Rule,
    pub(crate) document: usize,
    pub(crate) reports: Vec<(usize, Report)>,
}

impl<'r> Sink<'r> {
    /// A sink for one rule, on the document of that index.
    pub(crate) const fn new(rule: &'r Rule) -> Self {
        Self { rule, document: 0, reports: Vec::new() }
    }

    /// Severities of the rule that is running, for what several rules share; a rule itself has its `RULE`.
    #[must_use]
    pub const fn severities(&self) -> Severities {
        self.rule.severity
    }

    /// Takes a finding on the current document.
    pub fn report(&mut self, report: Report) {
        self.reports.push((self.document, report));
    }

    /// Takes findings, or the one that there may be, on the current document.
    pub fn report_all(&mut self, reports: impl IntoIterator<Item = Report>) {
        reports.into_iter().for_each(|report| self.report(report));
    }

    /// Takes a finding on another document of the project.
    pub fn report_in(&mut self, project: &crate::model::Project<'_>, document: &Document<'_>, report: Report) {
        // Documents lie in a row.
        let index = project.documents.partition_point(|candidate| std::ptr::from_ref(candidate).addr() < std::ptr::from_ref(document).addr());
        let is_there = project.documents.get(index).is_some_and(|candidate| std::ptr::eq(candidate, document));
        self.reports.push((if is_there { index } else { self.document }, report));
    }
}
