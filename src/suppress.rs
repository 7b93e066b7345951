//! Suppressions: findings that somebody has accepted, with a reason.
//!
//! They stand in the configuration (`[[allow]]`), or in the *Description* of an object, the one text that the designer keeps: `ssislint:allow RULE
//! reason`. A suppression covers the object and everything inside it.

use std::collections::BTreeSet;

use crate::config::Allow;
use crate::finding::{Confidence, FileRef, Finding, Location, fingerprint};
use crate::model::{Document, DocumentKind, Package, Text};
use crate::paths::FileGlob;
use crate::rules::select::{custom_id, is_category};
use crate::rules::{self, Described, TargetSet};
use crate::span::Span;

/// What introduces a suppression in a description.
const MARK: &str = "ssislint:allow";

/// A suppression found in a description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// The document.
    pub file: FileRef,
    /// The object whose description it is.
    pub object: String,
    /// Where the description stands.
    pub location: Location,
    /// Rules by name, id or category.
    pub rules: Vec<String>,
    /// Why; may be empty, which makes it invalid.
    pub reason: String,
}

/// A finding that was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppressed {
    /// The finding.
    pub finding: Finding,
    /// Why it was accepted.
    pub reason: String,
    /// Whether the document says so itself.
    pub in_source: bool,
}

/// Year, month and day.
pub type Day = (u16, u8, u8);

/// An `[[allow]]` entry, ready to match.
#[derive(Clone, Debug)]
pub struct Allowance {
    /// The entry.
    pub entry: Allow,
    /// The files that it is about; all when none.
    pub path: Option<FileGlob>,
    /// The configuration file.
    pub file: FileRef,
    /// Where it stands there.
    pub location: Location,
    /// Whether everything that the entry can be about is linted, so that one without a match is known to be of no use.
    pub judged: bool,
}

impl Allowance {
    fn covers(&self, finding: &Finding) -> bool {
        selects(&self.entry.rule, finding)
            && self.path.as_ref().is_none_or(|path| path.matches(&finding.file))
            && self.entry.object.as_deref().is_none_or(|pattern| is_like(&finding.object, pattern))
    }

    fn has_expired(&self, today: Day) -> bool {
        self.entry.until.and_then(|until| until.date).is_some_and(|date| (date.year, date.month, date.day) < today)
    }
}

/// Whether a text matches a pattern in which `*` stands for any text. Object paths are full of brackets, which globs would read as sets.
#[must_use]
pub fn is_like(text: &str, pattern: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        let Some(position) = rest.find(part) else { return false };
        rest = &rest[position + part.len()..];
    }
    rest.ends_with(last)
}

pub(crate) fn selects(word: &str, finding: &Finding) -> bool {
    [&*finding.rule, &*finding.id, finding.category].iter().any(|name| name.eq_ignore_ascii_case(word))
}

/// Suppressions in the descriptions of a document's objects.
#[must_use]
pub fn directives(document: &Document<'_>, locate: impl Fn(Span) -> Location) -> Vec<Directive> {
    let mut found = Vec::new();
    let mut add = |object: &str, description: Option<&Text<'_>>| {
        let Some(text) = description.filter(|text| text.value.contains(MARK)) else { return };
        found.extend(read(text.as_str()).map(|(rules, reason)| Directive {
            file: document.file.clone(),
            object: object.to_owned(),
            location: locate(text.span),
            rules,
            reason,
        }));
    };
    match &document.kind {
        DocumentKind::Package(package) => add_package(package, &mut add),
        DocumentKind::ConnectionManager(manager) => add(&manager.path, manager.properties.get("Description")),
        DocumentKind::Parameters(parameters) => parameters.iter().for_each(|parameter| add(&parameter.path, parameter.description.as_ref())),
        DocumentKind::Project(_) | DocumentKind::ConfigurationFile(_) => {}
    }
    found
}

fn add_package(package: &Package<'_>, add: &mut impl FnMut(&str, Option<&Text<'_>>)) {
    for executable in &package.executables {
        add(&executable.path, executable.properties.get("Description"));
        executable.constraints.iter().for_each(|constraint| add(&constraint.path, constraint.description.as_ref()));
        executable.variables.iter().for_each(|variable| add(&variable.path, variable.description.as_ref()));
        let components = executable.data_flow().into_iter().flat_map(|flow| &flow.components);
        components.into_iter().for_each(|component| add(&component.path, component.description.as_ref()));
    }
    package.connections.iter().for_each(|manager| add(&manager.path, manager.properties.get("Description")));
    package.parameters.iter().for_each(|parameter| add(&parameter.path, parameter.description.as_ref()));
    package.log_providers.iter().for_each(|provider| add(&provider.path, provider.description.as_ref()));
}

/// Each `ssislint:allow RULE[,RULE] reason` of a description; the reason ends with the line or at the next one.
fn read(description: &str) -> impl Iterator<Item = (Vec<String>, String)> {
    description.split(MARK).skip(1).map(|rest| {
        let line = rest.lines().next().unwrap_or_default().trim();
        let (names, reason) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        (names.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect(), reason.trim().to_owned())
    })
}

impl Directive {
    fn is_valid(&self, custom: &[String]) -> bool {
        !self.reason.is_empty() && !self.rules.is_empty() && self.rules.iter().all(|word| names_a_rule(word, custom))
    }

    fn covers(&self, finding: &Finding) -> bool {
        let inside = finding.object.strip_prefix(&self.object).is_some_and(|rest| rest.is_empty() || rest.starts_with(['\\', '.']));
        inside && finding.file == self.file && self.rules.iter().any(|word| selects(word, finding))
    }
}

fn names_a_rule(word: &str, custom: &[String]) -> bool {
    let is = |name: &str| name.eq_ignore_ascii_case(word);
    rules::find(word).is_some() || is_category(word) || custom.iter().any(|name| is(name) || is(&custom_id(name)))
}

/// What findings are held against.
pub struct Suppressions<'s> {
    /// From descriptions.
    pub directives: &'s [Directive],
    /// From the configuration.
    pub allowances: &'s [Allowance],
    /// The day of the run.
    pub today: Day,
    /// The rules that ran.
    pub rules: Vec<Described<'s>>,
    /// Names of the team's own rules, whether or not they ran.
    pub custom: &'s [String],
    /// The selected targets.
    pub targets: TargetSet,
}

/// Findings, parted by whether somebody has accepted them.
#[derive(Debug, Default)]
pub struct Parted {
    /// Findings to report, those about directives included.
    pub kept: Vec<Finding>,
    /// Findings that were accepted.
    pub suppressed: Vec<Suppressed>,
    /// Indices of the allowances that matched: also where several do, each is of use.
    pub used: BTreeSet<usize>,
}

/// Parts the findings of one project, and adds those about directives that are of no use. Whether an allowance is of use is known after the last
/// project only: see [`Suppressions::useless_allowances`].
#[must_use]
pub fn part(findings: Vec<Finding>, with: &Suppressions<'_>) -> Parted {
    let mut parted = Parted::default();
    let mut used_directives = vec![false; with.directives.len()];
    let valid: Vec<bool> = with.directives.iter().map(|directive| directive.is_valid(with.custom)).collect();
    for finding in findings {
        let directive = with.directives.iter().zip(&valid).position(|(directive, valid)| *valid && directive.covers(&finding));
        let allowances = with.allowances.iter().enumerate().filter(|(_, allowance)| !allowance.has_expired(with.today) && allowance.covers(&finding));
        let allowances: Vec<usize> = allowances.map(|(index, _)| index).collect();
        parted.used.extend(&allowances);
        match (directive, allowances.first()) {
            (Some(index), _) => {
                used_directives[index] = true;
                parted.suppressed.push(Suppressed { finding, reason: with.directives[index].reason.clone(), in_source: true });
            }
            (None, Some(index)) => {
                parted.suppressed.push(Suppressed { finding, reason: with.allowances[*index].entry.reason.clone(), in_source: false });
            }
            (None, None) => parted.kept.push(finding),
        }
    }
    parted.kept.extend(with.directives.iter().zip(used_directives).filter_map(|(directive, used)| with.judge_directive(directive, used)));
    parted
}

impl Suppressions<'_> {
    fn judge_directive(&self, directive: &Directive, used: bool) -> Option<Finding> {
        let names = directive.rules.join(",");
        let (rule, message) = if !directive.is_valid(self.custom) {
            ("invalid-suppression", format!("`{MARK} {names}` suppresses nothing: it must name a rule, an id or a category, and give a reason"))
        } else if !used && directive.rules.iter().all(|word| self.ran(word)) {
            ("unused-suppression", format!("`{MARK} {names}` matches no finding on this object or inside it"))
        } else {
            return None;
        };
        self.finding(rule, message, "correct or remove it in the object's Description", directive.file.clone(), &directive.object, directive.location, &names)
    }

    /// Findings about allowances that have expired, or that matched nothing in any project.
    #[must_use]
    pub fn useless_allowances(&self, used: &BTreeSet<usize>) -> Vec<Finding> {
        self.allowances.iter().enumerate().filter_map(|(index, allowance)| self.judge_allowance(allowance, used.contains(&index))).collect()
    }

    fn judge_allowance(&self, allowance: &Allowance, used: bool) -> Option<Finding> {
        let entry = &allowance.entry;
        let (rule, message) = if allowance.has_expired(self.today) {
            ("expired-suppression", format!("the [[allow]] of `{}` held until {} and suppresses nothing any more", entry.rule, entry.until?))
        } else if !used && allowance.judged && self.ran(&entry.rule) {
            ("unused-suppression", format!("the [[allow]] of `{}` (reason: {}) matches no finding", entry.rule, entry.reason))
        } else {
            return None;
        };
        let discriminator = format!("{} {} {}", entry.rule, entry.path.as_deref().unwrap_or_default(), entry.object.as_deref().unwrap_or_default());
        self.finding(rule, message, "renew or remove it in the configuration", allowance.file.clone(), "", allowance.location, &discriminator)
    }

    fn ran(&self, word: &str) -> bool {
        self.rules.iter().any(|rule| [&*rule.name, &*rule.id, rule.category.as_str()].iter().any(|name| name.eq_ignore_ascii_case(word)))
    }

    #[expect(clippy::too_many_arguments, reason = "a finding has that many parts")]
    fn finding(&self, rule: &str, message: String, help: &str, file: FileRef, object: &str, location: Location, discriminator: &str) -> Option<Finding> {
        let rule = self.rules.iter().find(|candidate| candidate.name == rule)?;
        Some(Finding {
            rule: rule.name.clone(),
            id: rule.id.clone(),
            category: rule.category.as_str(),
            severity: rule.severity.highest(self.targets)?,
            confidence: Confidence::High,
            message,
            help: Some(help.to_owned()),
            fingerprint: fingerprint(&rule.name, file.name(), object, None, discriminator),
            file,
            object: object.to_owned(),
            property: None,
            location,
            excerpt: None,
            related: Vec::new(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_hold_rules_and_reasons() {
        let found: Vec<_> = read("Loads orders. ssislint:allow unc-path,SSIS0203 share is mounted\nssislint:allow path").collect();
        assert_eq!(found[0], (vec!["unc-path".to_owned(), "SSIS0203".to_owned()], "share is mounted".to_owned()));
        assert_eq!(found[1], (vec!["path".to_owned()], String::new()));
    }

    #[test]
    fn patterns_know_one_wildcard() {
        let path = "Package.ConnectionManagers[Sales DW]";
        assert!(is_like(path, path) && is_like(path, "*") && is_like(path, "Package.*[Sales*]") && is_like(path, "*Sales*"));
        assert!(!is_like(path, "Package") && !is_like(path, "*[Sales]") && !is_like("ab", "abc*"));
    }
}
