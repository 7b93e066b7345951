//! Findings of block 00: documents that cannot be read as they should.

use super::Settings;
use crate::finding::{Finding, Location, fingerprint};
use crate::rules::Rule;
use crate::source::{Problem, ProblemKind};

/// The rules of block 00, by what they are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputRule {
    /// Not well-formed XML.
    Malformed,
    /// Nothing that SSIS writes.
    Unsupported,
    /// A limit was exceeded.
    Limit,
    /// An archive that is damaged or suspicious.
    Archive,
}

impl InputRule {
    const fn name(self) -> &'static str {
        match self {
            Self::Malformed => "malformed-xml",
            Self::Unsupported => "unsupported-file",
            Self::Limit => "limit-exceeded",
            Self::Archive => "damaged-archive",
        }
    }

    /// The rule, when it is selected.
    pub(super) fn selected(self, settings: &Settings) -> Option<&'static Rule> {
        settings.rules.iter().copied().find(|rule| rule.name == self.name())
    }
}

/// The finding for a problem met before there was any text; none for context documents and rules that are not selected.
pub(super) fn finding_of_problem(problem: &Problem, settings: &Settings) -> Option<Finding> {
    let kind = match problem.kind {
        ProblemKind::Malformed => InputRule::Malformed,
        ProblemKind::Unsupported => InputRule::Unsupported,
        ProblemKind::Limit => InputRule::Limit,
        ProblemKind::Archive => InputRule::Archive,
    };
    let rule = kind.selected(settings).filter(|_| problem.requested)?;
    Some(Finding {
        rule: rule.name.into(),
        id: rule.id.into(),
        category: rule.category.as_str(),
        severity: rule.severity.highest(settings.targets)?,
        confidence: crate::finding::Confidence::High,
        message: problem.message.clone(),
        help: Some(problem.help.clone()).filter(|help| !help.is_empty()),
        object: String::new(),
        property: None,
        location: Location { line: 1, column: 1, end_line: 1, end_column: 1, offset: 0, length: 0 },
        excerpt: None,
        related: Vec::new(),
        fingerprint: fingerprint(rule.name, problem.file.name(), "", None, &problem.message),
        file: problem.file.clone(),
    })
}
