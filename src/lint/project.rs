//! One project: text → trees → model → rules → findings.

use foldhash::HashSet;

use super::Settings;
use super::decrypted::{self, Opened};
use super::excerpt::Excerpts;
use super::input::InputRule;
use crate::analysis::Facts;
use crate::bug::{self, Bug};
use crate::custom;
use crate::dtsx::{self, Unread, UnreadKind};
use crate::finding::{Finding, InputError, Related, Severity, fingerprint};
use crate::masks::Masks;
use crate::model::{Document, DocumentKind, Executable, Package, Project};
use crate::rules::{Check, Described, Report, Rule, Scope, Sink};
use crate::source::Source;
use crate::span::Span;
use crate::suppress::{self, Directive};
use crate::xml::{self, Malformed, MalformedKind};

/// What one project gave.
#[derive(Debug, Default)]
pub struct Linted {
    /// Its findings, not yet sorted.
    pub findings: Vec<Finding>,
    /// Documents that the password does not open, those in which the linter has met a bug of its own, and conditions of the team's own rules that were given up.
    pub errors: Vec<InputError>,
    /// Requested packages read.
    pub packages: usize,
    /// Suppressions in the descriptions of requested objects.
    pub directives: Vec<Directive>,
}

/// Lints the documents of one project. `complete` says that the project's own list of documents is at hand.
#[must_use]
pub fn lint_project(sources: &[Source], complete: bool, settings: &Settings) -> Linted {
    let mut linted = Linted::default();
    let sources = decrypted::open_all(sources, settings, &mut linted.errors);
    let mut documents = Vec::with_capacity(sources.len());
    let mut kept = Vec::with_capacity(sources.len());
    let mut reader = Reader::new(settings);
    for source in &sources {
        match bug::guard(|| reader.read(source)) {
            Ok(Ok(document)) => {
                documents.push(document);
                kept.push(source);
            }
            Ok(Err(unreadable)) => linted.findings.extend(unreadable.finding(source, settings)),
            Err(bug) => linted.errors.push(bug.error(source.source.file.to_string(), None)),
        }
    }
    let project = project(documents, complete, sources.len());
    linted.packages = project.packages().filter(|(document, _)| document.requested).count();
    let masks = Masks::of_project(&project, &settings.options.clear_text_secret);
    check(&project, &kept, &masks, settings, &mut linted);
    for (document, source) in project.documents.iter().zip(kept).filter(|(document, _)| document.requested) {
        let places = Excerpts::new(source, Some(document), &masks);
        let directives = suppress::directives(document, |span| places.location(span)).into_iter();
        linted.directives.extend(directives.map(|directive| Directive { reason: places.harmless(directive.reason), ..directive }));
    }
    linted
}

/// Whether all that the project file lists is at hand decides what may be said of things that are not found.
fn project(documents: Vec<Document<'_>>, complete: bool, sources: usize) -> Project<'_> {
    let all_read = complete && documents.len() == sources;
    let mut project = Project::new(documents, complete, all_read);
    let has_all = project.file().is_some_and(|(_, file)| {
        let at_hand: HashSet<String> = project.documents.iter().map(|document| document.file.name().to_ascii_lowercase()).collect();
        !file.is_opaque() && file.connection_managers.iter().all(|name| at_hand.contains(&name.value.to_ascii_lowercase()))
    });
    project.complete &= has_all;
    project
}

/// Why a document has no model.
struct Unreadable {
    rule: InputRule,
    span: Span,
    message: String,
    help: String,
}

/// Reads the documents of one project. The limit on elements holds for all of them together, since their models are in memory together.
struct Reader {
    limits: xml::Limits,
    /// The limit before anything was read.
    elements: u32,
}

impl Reader {
    const fn new(settings: &Settings) -> Self {
        Self { limits: settings.xml_limits, elements: settings.xml_limits.elements }
    }

    /// Text → tree → model. The tree, which is larger than the text, is gone afterwards.
    fn read<'a>(&mut self, opened: &'a Opened<'_>) -> Result<Document<'a>, Unreadable> {
        let tree = dtsx::parse(opened.text(), &self.limits).map_err(|malformed| self.unreadable(&malformed))?;
        self.limits.elements = self.limits.elements.saturating_sub(tree.count());
        let mut document = dtsx::read(&tree, opened.source.file.clone(), opened.source.requested).map_err(Unreadable::of_model)?;
        opened.mark(&mut document);
        Ok(document)
    }

    fn unreadable(&self, malformed: &Malformed) -> Unreadable {
        let message = match malformed.kind {
            MalformedKind::TooManyElements(_) => format!("with this file the project has more elements than the limit of {}", self.elements),
            _ => malformed.to_string(),
        };
        let rule = if malformed.kind.limit().is_some() { InputRule::Limit } else { InputRule::Malformed };
        Unreadable { rule, span: malformed.span, message, help: malformed.help().to_owned() }
    }
}

impl Unreadable {
    fn of_model(unread: Unread) -> Self {
        let rule = if unread.kind == UnreadKind::LongPath { InputRule::Limit } else { InputRule::Unsupported };
        Self { rule, span: unread.span, message: unread.to_string(), help: unread.kind.help().to_owned() }
    }

    fn finding(self, opened: &Opened<'_>, settings: &Settings) -> Option<Finding> {
        let rule = self.rule.selected(settings).filter(|_| opened.source.requested)?;
        let masks = Masks::of_names(&settings.options.clear_text_secret);
        let excerpts = Excerpts::new(opened, None, &masks);
        let report = Report::new("", self.span, self.message).help(self.help);
        let severity = rule.severity.highest(settings.targets)?;
        Some(finding(&rule.described(), severity, report, &excerpts, Vec::new(), settings))
    }
}

/// Runs every selected rule over the project.
fn check(project: &Project<'_>, sources: &[&Opened<'_>], masks: &Masks<'_>, settings: &Settings, linted: &mut Linted) {
    if project.documents.is_empty() {
        return;
    }
    let is_secret = |name: &str| masks.hides(name);
    let facts = Facts::hiding(project, &is_secret);
    let mut places = Places { project, sources, masks, excerpts: sources.iter().map(|_| None).collect() };
    for rule in &settings.rules {
        let error = |index: usize, bug: Bug| bug.error(project.documents[index].file.to_string(), Some(rule.name));
        let mut sink = Sink::new(rule);
        for index in calls(rule, project) {
            sink.document = index;
            let scope = Scope { project, document: &project.documents[index], index, facts: &facts, targets: settings.targets, options: &settings.options };
            linted.errors.extend(bug::guard(|| run_rule(rule, &scope, &mut sink)).err().map(|bug| error(index, bug)));
        }
        for (index, report) in sink.reports {
            match bug::guard(|| places.resolve(&rule.described(), index, report, settings)) {
                Ok(finding) => linted.findings.extend(finding),
                Err(bug) => linted.errors.push(error(index, bug)),
            }
        }
    }
    let own = custom::run(&settings.custom, project, &settings.options.clear_text_secret);
    for (rule, index, report) in own.reports {
        linted.findings.extend(places.resolve(&rule.described(), index, report, settings));
    }
    linted.errors.extend(own.errors);
}

/// The indices of the documents that a rule is called on; of a rule on projects the first one.
fn calls(rule: &Rule, project: &Project<'_>) -> impl Iterator<Item = usize> {
    let once = matches!(rule.check, Check::Project(_));
    let documents = project.documents.iter().enumerate();
    documents.filter(move |(index, document)| if once { *index == 0 } else { document.requested }).map(|(index, _)| index)
}

/// Where the findings on a project are.
struct Places<'s, 'a> {
    project: &'s Project<'a>,
    sources: &'s [&'s Opened<'s>],
    masks: &'s Masks<'s>,
    /// Line table and masks of each document, made when its first finding asks for them.
    excerpts: Vec<Option<Excerpts<'s>>>,
}

impl<'s> Places<'s, '_> {
    fn resolve(&mut self, rule: &Described<'_>, index: usize, mut report: Report, settings: &Settings) -> Option<Finding> {
        let document = self.project.documents.get(index).filter(|document| document.requested)?;
        let severity = report.severities.unwrap_or(rule.severity).highest(settings.targets)?;
        let mentions = std::mem::take(&mut report.mentions);
        let related = mentions
            .into_iter()
            .map(|mention| {
                let place = self.of(mention.document.unwrap_or(index));
                let message = place.harmless(mention.message);
                Related { message, file: place.file().clone(), object: mention.object, location: place.location(mention.span) }
            })
            .collect();
        debug_assert_eq!(document.file, self.sources[index].source.file, "sources and documents go side by side");
        Some(finding(rule, severity, report, self.of(index), related, settings))
    }

    fn of(&mut self, index: usize) -> &Excerpts<'s> {
        let (sources, project, masks) = (self.sources, self.project, self.masks);
        self.excerpts[index].get_or_insert_with(|| Excerpts::new(sources[index], Some(&project.documents[index]), masks))
    }
}

fn finding(rule: &Described<'_>, severity: Severity, report: Report, excerpts: &Excerpts<'_>, related: Vec<Related>, settings: &Settings) -> Finding {
    // Searching the lines for secrets costs more than finding the fault: not for what nobody will see.
    let is_shown = settings.excerpts && settings.policy.severity(&rule.name, severity) >= settings.min_severity;
    Finding {
        rule: rule.name.clone(),
        id: rule.id.clone(),
        category: rule.category.as_str(),
        severity,
        confidence: report.confidence,
        fingerprint: fingerprint(&rule.name, excerpts.file().name(), &report.object, report.property.as_deref(), &excerpts.harmless(report.discriminator)),
        location: excerpts.location(report.span),
        excerpt: if is_shown { excerpts.excerpt(report.span) } else { None },
        message: excerpts.harmless(report.message),
        help: report.help.map(|help| excerpts.harmless(help)),
        file: excerpts.file().clone(),
        object: report.object,
        property: report.property,
        related,
    }
}

/// Calls one rule on every object of its kind in a document.
fn run_rule(rule: &Rule, scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    match (&scope.document.kind, rule.check) {
        (_, Check::Project(check) | Check::Document(check)) => check(scope, sink),
        (DocumentKind::Package(package), check) => check_package(package, check, scope, sink),
        (DocumentKind::ConnectionManager(manager), Check::Connection(check)) => check(scope, manager, sink),
        (DocumentKind::Parameters(parameters), Check::Parameter(check)) => parameters.iter().for_each(|parameter| check(scope, parameter, sink)),
        _ => {}
    }
}

fn check_package(package: &Package<'_>, check: Check, scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    match check {
        Check::Package(check) => check(scope, package, sink),
        Check::Connection(check) => package.connections.iter().for_each(|manager| check(scope, manager, sink)),
        Check::Executable(check) => package.executables().for_each(|(id, _)| check(scope, package, id, sink)),
        Check::Component(check) => {
            for (id, flow) in package.executables().filter_map(|(id, executable)| Some((id, Executable::data_flow(executable)?))) {
                flow.components.iter().for_each(|component| check(scope, package, id, component, sink));
            }
        }
        Check::Variable(check) => package.variables().for_each(|variable| check(scope, package, variable, sink)),
        Check::Parameter(check) => package.parameters.iter().for_each(|parameter| check(scope, parameter, sink)),
        Check::Configuration(check) => package.configurations.iter().for_each(|configuration| check(scope, package, configuration, sink)),
        Check::Input | Check::Project(_) | Check::Document(_) => {}
    }
}

/// Reads the models of a project's documents without running rules, for `inspect`; hands each unreadable document to `complain`, and those that the
/// password does not open to `then`.
pub fn with_project<R>(
    sources: &[Source],
    complete: bool,
    settings: &Settings,
    complain: &mut dyn FnMut(Finding),
    then: impl FnOnce(&Project<'_>, &[InputError]) -> R,
) -> R {
    let mut errors = Vec::new();
    let sources = decrypted::open_all(sources, settings, &mut errors);
    let mut documents = Vec::new();
    let mut reader = Reader::new(settings);
    for source in &sources {
        match reader.read(source) {
            Ok(document) => documents.push(document),
            Err(unreadable) => {
                if let Some(finding) = unreadable.finding(source, settings) {
                    complain(finding);
                }
            }
        }
    }
    then(&project(documents, complete, sources.len()), &errors)
}

#[cfg(test)]
#[path = "bug_tests.rs"]
mod bug_tests;
