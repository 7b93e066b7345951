//! Who uses which connection manager: every reference, resolved as the runtime does.

use foldhash::{HashMap, HashSet};

use super::loose_texts;
use super::words::Words;
use crate::model::{Component, ConfigurationKind, ConnectionManager, DeploymentModel, Document, ExecutableId, Generation, Package, Project, ReferenceKind};
use crate::span::Span;

/// What a reference to a connection manager comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// The manager with that number in [`Connections::managers`].
    Found(usize),
    /// There is no such manager.
    Missing,
    /// The designer marked it as deleted.
    Deleted,
    /// Nothing was selected.
    Empty,
    /// It may be a project connection manager, and the project is not at hand.
    Unknown,
}

/// What refers to a connection manager.
#[derive(Clone, Copy, Debug)]
pub enum User<'s, 'a> {
    /// A task or loop.
    Executable(ExecutableId),
    /// A component of a data flow.
    Component(ExecutableId, &'s Component<'a>),
    /// A log provider, by its object path.
    LogProvider(&'s str),
    /// A package configuration, by its object path.
    Configuration(&'s str),
}

impl User<'_, '_> {
    /// The executable that runs it; none for log providers and configurations, which serve the whole package.
    #[must_use]
    pub const fn executable(&self) -> Option<ExecutableId> {
        match self {
            Self::Executable(id) | Self::Component(id, _) => Some(*id),
            Self::LogProvider(_) | Self::Configuration(_) => None,
        }
    }
}

/// One reference to a connection manager.
#[derive(Clone, Debug)]
pub struct ConnectionUse<'s, 'a> {
    /// Index of the document in the project.
    pub document: usize,
    /// What refers to it.
    pub user: User<'s, 'a>,
    /// The setting or slot that holds the reference.
    pub property: &'s str,
    /// The reference as written.
    pub target: &'s str,
    /// Where it stands.
    pub span: Span,
    /// Whether the user can run.
    pub enabled: bool,
    /// What it comes to.
    pub resolution: Resolution,
}

/// All connection managers of a project, and all references to them.
#[derive(Debug, Default)]
pub struct Connections<'s, 'a> {
    /// Every manager with the index of its document, packages' and the project's.
    pub managers: Vec<(usize, &'s ConnectionManager<'a>)>,
    /// Every reference, in document order.
    pub uses: Vec<ConnectionUse<'s, 'a>>,
    users: Vec<Vec<usize>>,
    mentioned: Vec<bool>,
    numbers: HashMap<*const ConnectionManager<'a>, usize>,
    has_packages: bool,
}

impl<'s, 'a> Connections<'s, 'a> {
    /// Resolves every reference of a project.
    #[must_use]
    pub fn new(project: &'s Project<'a>) -> Self {
        let managers = managers(project);
        let mut connections = Self {
            users: vec![Vec::new(); managers.len()],
            mentioned: vec![false; managers.len()],
            numbers: managers.iter().enumerate().map(|(number, (_, manager))| (std::ptr::from_ref(*manager), number)).collect(),
            has_packages: project.packages().next().is_some(),
            managers,
            uses: Vec::new(),
        };
        let shared = Managers::shared(project, &connections.managers);
        for (index, document) in project.documents.iter().enumerate() {
            if let Some(package) = document.package() {
                let lookup = Lookup::new(&connections.managers, &shared, index, knows_all(project, document, package));
                connections.uses.extend(references(package, index, &lookup));
                connections.mark_mentioned(package, &lookup);
            }
        }
        connections.link();
        connections
    }

    fn link(&mut self) {
        for (index, reference) in self.uses.iter().enumerate() {
            if let Resolution::Found(number) = reference.resolution {
                self.users[number].push(index);
            }
        }
    }

    /// Scripts and unknown tasks name managers in their text: enough to call a manager used, too little for a reference.
    fn mark_mentioned(&mut self, package: &Package<'a>, lookup: &Lookup<'_>) {
        let loose = loose_texts::of_package(package);
        if loose.is_empty() {
            return;
        }
        let managers: Vec<_> = lookup.visible().map(|number| (number, self.managers[number].1)).collect();
        let names = Words::new(managers.iter().map(|(number, manager)| (manager.name.as_str().trim().to_owned(), *number)));
        let ids = Words::new(managers.iter().map(|(number, manager)| (manager.id.to_ascii_uppercase(), *number)));
        for loose in loose {
            let mut found = HashSet::default();
            for text in &loose.texts {
                names.each_in(text, |number| found.extend([number]));
                ids.each_in(&text.to_ascii_uppercase(), |number| found.extend([number]));
            }
            if !found.is_empty() && loose.may_name_connections() {
                found.into_iter().for_each(|number| self.mentioned[number] = true);
            }
        }
    }

    /// The number of a manager in [`Connections::managers`].
    #[must_use]
    pub fn number(&self, manager: &ConnectionManager<'a>) -> Option<usize> {
        self.numbers.get(&std::ptr::from_ref(manager)).copied()
    }

    /// References to a manager.
    pub fn users(&self, manager: &ConnectionManager<'a>) -> impl Iterator<Item = &ConnectionUse<'s, 'a>> {
        self.number(manager).into_iter().flat_map(|number| &self.users[number]).map(|index| &self.uses[*index])
    }

    /// Whether anything that can run uses the manager. A project connection manager without any package at hand counts as used.
    #[must_use]
    pub fn is_used(&self, manager: &ConnectionManager<'a>) -> bool {
        self.is_mentioned(manager) || !self.has_packages || self.users(manager).any(|reference| reference.enabled)
    }

    /// The manager of a resolved reference, with the index of its document.
    #[must_use]
    pub fn manager(&self, resolution: Resolution) -> Option<(usize, &'s ConnectionManager<'a>)> {
        match resolution {
            Resolution::Found(number) => self.managers.get(number).copied(),
            _ => None,
        }
    }

    /// References of a document, in its order.
    #[must_use]
    pub fn of_document(&self, document: usize) -> &[ConnectionUse<'s, 'a>] {
        let from = self.uses.partition_point(|reference| reference.document < document);
        let to = self.uses.partition_point(|reference| reference.document <= document);
        self.uses.get(from..to).unwrap_or_default()
    }

    /// References of an executable and, when it is a data flow, of its components.
    #[must_use]
    pub fn of_executable(&self, document: usize, id: ExecutableId) -> &[ConnectionUse<'s, 'a>] {
        // In order of documents and executables; those of the whole package come last.
        let place = |reference: &ConnectionUse<'_, '_>| (reference.document, reference.user.executable().map_or(u32::MAX, |id| id.0));
        let behind = self.uses.get(self.uses.partition_point(|reference| place(reference) < (document, id.0))..).unwrap_or_default();
        behind.get(..behind.partition_point(|reference| place(reference) == (document, id.0))).unwrap_or_default()
    }

    /// References of a component of a data flow.
    #[must_use]
    pub fn of_component(&self, document: usize, id: ExecutableId, component: &Component<'_>) -> &[ConnectionUse<'s, 'a>] {
        // The components of a data flow lie in a row, and their references come in that order, behind those of the task.
        let place = |reference: &ConnectionUse<'_, '_>| match reference.user {
            User::Component(_, user) => std::ptr::from_ref(user).addr(),
            _ => 0,
        };
        let wanted = std::ptr::from_ref(component).addr();
        let all = self.of_executable(document, id);
        let behind = all.get(all.partition_point(|reference| place(reference) < wanted)..).unwrap_or_default();
        behind.get(..behind.partition_point(|reference| place(reference) == wanted)).unwrap_or_default()
    }

    /// Whether the text of a script, of an expression or of an unknown task that can run names the manager.
    #[must_use]
    pub fn is_mentioned(&self, manager: &ConnectionManager<'a>) -> bool {
        self.number(manager).is_some_and(|number| self.mentioned[number])
    }
}

fn managers<'s, 'a>(project: &'s Project<'a>) -> Vec<(usize, &'s ConnectionManager<'a>)> {
    let mut managers = Vec::new();
    for (index, document) in project.documents.iter().enumerate() {
        match &document.kind {
            crate::model::DocumentKind::Package(package) => managers.extend(package.connections.iter().map(|manager| (index, manager))),
            crate::model::DocumentKind::ConnectionManager(manager) => managers.push((index, &**manager)),
            _ => {}
        }
    }
    managers
}

/// Managers by everything that a reference may name them by.
#[derive(Default)]
struct Managers {
    by_key: HashMap<String, usize>,
    numbers: Vec<usize>,
}

impl Managers {
    /// Those of the project. A file that its list does not have, as after a renaming, gives way to one that it has: only that one is built.
    fn shared(project: &Project<'_>, managers: &[(usize, &ConnectionManager<'_>)]) -> Self {
        let of_project = managers.iter().enumerate().filter(|(_, (owner, _))| project.documents[*owner].package().is_none());
        let (listed, others): (Vec<_>, Vec<_>) = of_project
            .map(|(number, (owner, manager))| (number, *owner, *manager))
            .partition(|(_, owner, _)| project.lists_connection(project.documents[*owner].file.name()));
        Self::new(listed.into_iter().chain(others).map(|(number, _, manager)| (number, manager)))
    }

    fn new<'m>(managers: impl Iterator<Item = (usize, &'m ConnectionManager<'m>)>) -> Self {
        let mut found = Self::default();
        for (number, manager) in managers {
            found.numbers.push(number);
            for key in [manager.id.to_ascii_uppercase(), manager.path.to_string(), manager.name.value.to_string(), manager.name.value.to_lowercase()] {
                if !key.is_empty() {
                    found.by_key.entry(key).or_insert(number);
                }
            }
        }
        found
    }
}

/// Managers that one package can see.
struct Lookup<'l> {
    own: Managers,
    shared: &'l Managers,
    /// Whether a reference that is found nowhere is certainly broken.
    certain: bool,
}

impl<'l> Lookup<'l> {
    /// `all` is sorted by documents.
    fn new(all: &[(usize, &ConnectionManager<'_>)], shared: &'l Managers, document: usize, certain: bool) -> Self {
        let first = all.partition_point(|(owner, _)| *owner < document);
        let own = all.iter().enumerate().skip(first).take_while(|(_, (owner, _))| *owner == document);
        Self { own: Managers::new(own.map(|(number, (_, manager))| (number, *manager))), shared, certain }
    }

    fn visible(&self) -> impl Iterator<Item = usize> {
        self.own.numbers.iter().chain(&self.shared.numbers).copied()
    }

    /// By DTSID, refId or name, in the package before the project.
    fn find(&self, reference: &str) -> Option<usize> {
        let keys = [reference.to_owned(), reference.to_ascii_uppercase(), reference.to_lowercase()];
        keys.iter().find_map(|key| self.own.by_key.get(key).or_else(|| self.shared.by_key.get(key))).copied()
    }

    fn resolve(&self, target: &str, reference: &str, kind: ReferenceKind) -> Resolution {
        if kind == ReferenceKind::Invalid {
            return Resolution::Deleted;
        }
        if target.trim().is_empty() && reference.trim().is_empty() {
            return Resolution::Empty;
        }
        match self.find(target.trim()).or_else(|| self.find(reference.trim())) {
            Some(number) => Resolution::Found(number),
            None if self.certain => Resolution::Missing,
            None => Resolution::Unknown,
        }
    }
}

/// Whether every manager that the package may use is at hand: old packages have only their own, and so have those of the package deployment model.
fn knows_all(project: &Project<'_>, document: &Document<'_>, package: &Package<'_>) -> bool {
    if package.generation == Generation::Element {
        return true;
    }
    let Some((_, file)) = project.file() else { return false };
    project.listed(document.file.name()).is_some() && (file.deployment_model == DeploymentModel::Package || project.complete)
}

fn references<'s, 'a>(package: &'s Package<'a>, document: usize, lookup: &Lookup<'_>) -> Vec<ConnectionUse<'s, 'a>> {
    let mut uses = Vec::new();
    for (id, executable) in package.executables() {
        let enabled = package.is_enabled(id);
        uses.extend(executable.connections.iter().map(|reference| ConnectionUse {
            document,
            user: User::Executable(id),
            property: &reference.property,
            target: reference.target.as_str(),
            span: reference.target.span,
            enabled,
            resolution: lookup.resolve(&reference.target.value, "", reference.kind),
        }));
        for component in executable.data_flow().into_iter().flat_map(|flow| &flow.components) {
            uses.extend(component.connections.iter().filter(|slot| is_chosen(component, slot)).map(|slot| ConnectionUse {
                document,
                user: User::Component(id, component),
                property: &slot.name,
                target: if slot.target.value.is_empty() { &slot.reference } else { &slot.target.value },
                span: slot.span,
                enabled,
                resolution: lookup.resolve(&slot.target.value, &slot.reference, slot.kind),
            }));
        }
    }
    uses.extend(package_references(package, document, lookup));
    uses
}

/// A Lookup has a slot for either kind of connection and uses one, by its `ConnectionType` (1 is a cache).
fn is_chosen(component: &Component<'_>, slot: &crate::model::ComponentConnection<'_>) -> bool {
    !component.is("Lookup") || (slot.name == "CacheConnection") == (component.properties.number("ConnectionType") == Some(1))
}

fn package_references<'s, 'a>(package: &'s Package<'a>, document: usize, lookup: &Lookup<'_>) -> Vec<ConnectionUse<'s, 'a>> {
    let mut uses = Vec::new();
    for provider in &package.log_providers {
        // The event log has no connection; whatever its string says is not read.
        let Some(config) = provider.config_string.as_ref().filter(|_| !provider.kind.ends_with("EventLog")) else { continue };
        uses.push(ConnectionUse {
            document,
            user: User::LogProvider(&provider.path),
            property: "ConfigString",
            target: config.as_str(),
            span: config.span,
            enabled: true,
            resolution: lookup.resolve(&config.value, "", ReferenceKind::Any),
        });
    }
    for configuration in package.configurations.iter().filter(|configuration| configuration.kind == Some(ConfigurationKind::SqlServer)) {
        let Some(name) = quoted_items(&configuration.string.value).next() else { continue };
        uses.push(ConnectionUse {
            document,
            user: User::Configuration(&configuration.path),
            property: "ConfigurationString",
            target: name,
            span: configuration.string.span,
            enabled: package.configurations_enabled(),
            resolution: lookup.resolve(name, "", ReferenceKind::Any),
        });
    }
    uses
}

/// The quoted items of an SQL Server configuration's string: `"connection";"table";"filter";`.
pub(crate) fn quoted_items(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').skip(1).step_by(2)
}
