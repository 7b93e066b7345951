//! Rules: data and one plain function each. This file holds what a rule is made of; `list.rs` the list of all.
//!
//! A new rule is one `.rs` file in its category's folder, one page in `rules/`, one line in the list, and its cases: see CONTRIBUTING.md.

mod azure;
mod by_class;
mod concurrency;
mod configuration;
mod connection;
mod control_flow;
mod data_flow;
mod excel;
mod input;
mod list;
mod logging;
pub mod options;
mod path;
mod performance;
mod project;
mod protection;
pub mod select;
mod severities;
mod sink;
mod upgrade;
mod words;

pub use crate::target::{Target, TargetSet};
pub use list::{ALL, find};
pub use options::Options;
pub use severities::Severities;
pub use sink::{Mention, Report, Sink};

use std::borrow::Cow;

use crate::analysis::Facts;
use crate::analysis::endpoint::Endpoint;
use crate::model::{Component, Configuration, ConnectionManager, Document, ExecutableId, Package, Parameter, Project, Variable};

/// A rule: what it is called, how bad it is where, and the function that looks for it.
#[derive(Debug)]
pub struct Rule {
    /// Stable id: `SSIS`, two digits for the block of its category, two for its place in order of arrival. Never reused.
    pub id: &'static str,
    /// Kebab-case name: the primary way to call it.
    pub name: &'static str,
    /// What it is about.
    pub category: Category,
    /// Severity per target.
    pub severity: Severities,
    /// Which set it belongs to.
    pub set: RuleSet,
    /// One line.
    pub summary: &'static str,
    /// Its page, in Markdown with front matter.
    pub page: &'static str,
    /// What it looks at, and how.
    pub check: Check,
}

impl Rule {
    /// What selectors and reports need to know of it.
    #[must_use]
    pub const fn described(&self) -> Described<'_> {
        Described {
            id: Cow::Borrowed(self.id),
            name: Cow::Borrowed(self.name),
            category: self.category,
            severity: self.severity,
            set: self.set,
            summary: self.summary,
            page: self.page,
        }
    }
}

/// What selectors and reports need to know of a rule, be it built in or a team's own.
#[derive(Clone, Debug)]
pub struct Described<'r> {
    /// Stable id; of a team's own rule `CUSTOM-` and its name.
    pub id: Cow<'static, str>,
    /// Kebab-case name.
    pub name: Cow<'static, str>,
    /// What it is about.
    pub category: Category,
    /// Severity per target.
    pub severity: Severities,
    /// Which set it belongs to.
    pub set: RuleSet,
    /// One line.
    pub summary: &'r str,
    /// A page in Markdown.
    pub page: &'r str,
}

/// Whether a rule is on by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleSet {
    /// On by default.
    Default,
    /// Advice: off unless selected by name, id, category or `pedantic`.
    Pedantic,
    /// New and not yet measured: off unless selected by name, id or `preview`.
    Preview,
}

/// VARTYPE number of a string.
const STRING: u16 = 8;
/// VARTYPE number of an object.
const OBJECT: u16 = 13;

/// What a rule is about; also the block of its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// Block 00: documents that cannot be read as they should.
    Input,
    /// Block 01: protection levels and secrets.
    Protection,
    /// Block 02: connection managers.
    Connection,
    /// Block 03: paths and environment.
    Path,
    /// Block 04: configurations, parameters, expressions.
    Configuration,
    /// Block 05: Excel.
    Excel,
    /// Block 06: concurrency, transactions, restart.
    Concurrency,
    /// Block 07: Azure and Fabric.
    Azure,
    /// Block 08: upgrade and compatibility.
    Upgrade,
    /// Block 09: control flow.
    ControlFlow,
    /// Block 10: data flow.
    DataFlow,
    /// Block 11: performance.
    Performance,
    /// Block 12: projects and archives.
    Project,
    /// Block 13: logging, operation, maintenance.
    Logging,
    /// No block: rules that teams write themselves.
    Custom,
}

impl Category {
    /// The word used on the command line and in every format.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Protection => "protection",
            Self::Connection => "connection",
            Self::Path => "path",
            Self::Configuration => "configuration",
            Self::Excel => "excel",
            Self::Concurrency => "concurrency",
            Self::Azure => "azure",
            Self::Upgrade => "upgrade",
            Self::ControlFlow => "control-flow",
            Self::DataFlow => "data-flow",
            Self::Performance => "performance",
            Self::Project => "project",
            Self::Logging => "logging",
            Self::Custom => "custom",
        }
    }
}

/// What a rule looks at. The engine walks each project once and calls every selected rule on its kind of object.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// Found while reading, before there is a model.
    Input,
    /// Once per project; findings name their document.
    Project(fn(&Scope<'_, '_>, &mut Sink<'_>)),
    /// Once per document of any kind.
    Document(fn(&Scope<'_, '_>, &mut Sink<'_>)),
    /// Every package.
    Package(fn(&Scope<'_, '_>, &Package<'_>, &mut Sink<'_>)),
    /// Every connection manager, of packages and of the project.
    Connection(fn(&Scope<'_, '_>, &ConnectionManager<'_>, &mut Sink<'_>)),
    /// Every executable, the package and event handlers included, enabled or not.
    Executable(fn(&Scope<'_, '_>, &Package<'_>, ExecutableId, &mut Sink<'_>)),
    /// Every component of every data flow, with the data flow's executable.
    Component(fn(&Scope<'_, '_>, &Package<'_>, ExecutableId, &Component<'_>, &mut Sink<'_>)),
    /// Every variable.
    Variable(fn(&Scope<'_, '_>, &Package<'_>, &Variable<'_>, &mut Sink<'_>)),
    /// Every parameter, of packages and of the project.
    Parameter(fn(&Scope<'_, '_>, &Parameter<'_>, &mut Sink<'_>)),
    /// Every package configuration.
    Configuration(fn(&Scope<'_, '_>, &Package<'_>, &Configuration<'_>, &mut Sink<'_>)),
}

/// The surroundings of the object that a rule is called on.
pub struct Scope<'s, 'a> {
    /// The project.
    pub project: &'s Project<'a>,
    /// The document; for rules on projects the first one.
    pub document: &'s Document<'a>,
    /// Its index in the project.
    pub index: usize,
    /// Analyses of the project, computed when first asked for.
    pub facts: &'s Facts<'s, 'a>,
    /// The selected targets.
    pub targets: TargetSet,
    /// Options of single rules.
    pub options: &'s Options,
}

impl<'s> Scope<'s, '_> {
    /// Where a connection manager goes as the document of that index sees it; none when that is not known, or when something may replace it.
    #[must_use]
    pub fn known_endpoint(&self, document: usize, manager: &ConnectionManager<'_>) -> Option<Endpoint<'s>> {
        self.facts.endpoint(document, manager).filter(|endpoint| endpoint.replaced.is_none())
    }
}
