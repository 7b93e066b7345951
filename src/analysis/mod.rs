//! Facts that need a whole package or project, computed when a rule first asks for them.

pub mod calls;
pub mod checkpoints;
pub mod circles;
pub mod classes;
pub mod connection_text;
pub mod connections;
pub mod effective;
pub mod endpoint;
pub mod excel;
pub mod lineage;
mod loose_texts;
pub mod mentions;
pub mod objects;
mod openings;
pub mod overlap;
pub mod overrides;
pub mod paths;
pub mod references;
pub mod script_connections;
pub mod secrets;
pub mod session;
pub mod statements;
pub mod transactions;
mod unread_sources;
pub mod words;

use std::cell::OnceCell;

use foldhash::{HashMap, HashSet};

use crate::lang::connection_string::ConnectionString;
use crate::lang::secret::is_secret_name;
use crate::model::{ConnectionManager, ExecutableId, Parameter, Project};
use calls::Calls;
use checkpoints::CheckpointFiles;
use classes::ClassUse;
use connections::Connections;
use effective::{Effective, Setting, Values, Written};
use endpoint::Endpoint;
use excel::ExcelAccess;
use lineage::Lineage;
use mentions::Mentions;
use objects::Objects;
use overlap::Overlap;
use paths::PathUse;
use references::References;
use secrets::Verdict;
use session::Trace;
use statements::Statement;
use transactions::Transactions;

/// The parameters of a package, by their names in lower case.
type ByName<'s, 'a> = HashMap<String, Vec<&'s Parameter<'a>>>;

/// Analyses of one project.
pub struct Facts<'s, 'a> {
    project: &'s Project<'a>,
    is_secret: &'s dyn Fn(&str) -> bool,
    connections: OnceCell<Connections<'s, 'a>>,
    written: OnceCell<Vec<Option<Written<'s>>>>,
    paths: OnceCell<Vec<Vec<PathUse>>>,
    statements: OnceCell<Vec<Vec<Statement<'s, 'a>>>>,
    traces: OnceCell<Vec<Vec<Trace>>>,
    objections: OnceCell<Vec<OnceCell<Option<String>>>>,
    overlaps: OnceCell<Vec<Option<Overlap<'s, 'a>>>>,
    calls: OnceCell<Calls<'s, 'a>>,
    objects: OnceCell<Vec<Option<Objects>>>,
    endpoints: OnceCell<Vec<OnceCell<Option<Endpoint<'s>>>>>,
    excel: OnceCell<Vec<Vec<ExcelAccess<'s>>>>,
    excel_nearest: OnceCell<Vec<Option<usize>>>,
    excel_below: OnceCell<Vec<bool>>,
    checkpoint_files: OnceCell<CheckpointFiles<'s, 'a>>,
    parameters: OnceCell<Vec<OnceCell<ByName<'s, 'a>>>>,
    lineages: OnceCell<Vec<Vec<(ExecutableId, Lineage<'s, 'a>)>>>,
    references: OnceCell<Vec<References<'s, 'a>>>,
    transactions: OnceCell<Transactions>,
    secrets: OnceCell<Vec<Vec<Verdict<'s>>>>,
    classes: OnceCell<Vec<Vec<ClassUse<'s>>>>,
    mentions: OnceCell<Mentions<'s>>,
    written_strings: OnceCell<Vec<OnceCell<ConnectionString<'s>>>>,
}

impl<'s, 'a> Facts<'s, 'a> {
    /// Facts about a project; computes nothing yet. What is named like a secret stays unknown.
    #[must_use]
    pub const fn new(project: &'s Project<'a>) -> Self {
        Self::hiding(project, &is_secret_name)
    }

    /// The same for a team that says which names are those of secrets.
    #[must_use]
    pub const fn hiding(project: &'s Project<'a>, is_secret: &'s dyn Fn(&str) -> bool) -> Self {
        Self {
            project,
            is_secret,
            connections: OnceCell::new(),
            written: OnceCell::new(),
            paths: OnceCell::new(),
            statements: OnceCell::new(),
            traces: OnceCell::new(),
            objections: OnceCell::new(),
            overlaps: OnceCell::new(),
            calls: OnceCell::new(),
            objects: OnceCell::new(),
            endpoints: OnceCell::new(),
            excel: OnceCell::new(),
            excel_nearest: OnceCell::new(),
            excel_below: OnceCell::new(),
            checkpoint_files: OnceCell::new(),
            parameters: OnceCell::new(),
            lineages: OnceCell::new(),
            references: OnceCell::new(),
            transactions: OnceCell::new(),
            secrets: OnceCell::new(),
            classes: OnceCell::new(),
            mentions: OnceCell::new(),
            written_strings: OnceCell::new(),
        }
    }

    /// Who uses which connection manager.
    pub fn connections(&self) -> &Connections<'s, 'a> {
        self.connections.get_or_init(|| Connections::new(self.project))
    }

    /// Computes what the properties of the document of that index will be when it runs; none when there is no such document.
    pub fn values(&self, document: usize) -> Option<Values<'_, 's, 'a>> {
        let all = self.written.get_or_init(|| self.project.documents.iter().map(|document| document.package().map(Written::new)).collect());
        let package = self.project.documents.get(document)?.package();
        Some(Values {
            project: self.project,
            package,
            names: &self.references(document)?.names,
            written: all.get(document)?.as_ref(),
            is_secret: self.is_secret,
        })
    }

    /// The connection string with which a manager of that document connects; none when nothing says it.
    pub fn connection_string<'m>(&self, document: usize, manager: &'m ConnectionManager<'m>) -> Option<Effective<'m>> {
        self.values(document)?.of(&Setting::of_connection(manager, "ConnectionString"))
    }

    /// What a connection manager of that document connects to.
    pub fn endpoint(&self, document: usize, manager: &ConnectionManager<'_>) -> Option<Endpoint<'s>> {
        let connections = self.connections();
        let number = connections.number(manager)?;
        let (owner, manager) = *connections.managers.get(number)?;
        let compute = || endpoint::of_connection(&self.values(document)?, manager);
        // Many rules ask; but seen from another document, other names and configurations count.
        if owner != document {
            return compute();
        }
        let all = self.endpoints.get_or_init(|| connections.managers.iter().map(|_| OnceCell::new()).collect());
        all.get(number)?.get_or_init(compute).clone()
    }

    /// The paths that the document of that index names.
    pub fn paths(&self, document: usize) -> &[PathUse] {
        let all = self.paths.get_or_init(|| (0..self.project.documents.len()).map(|index| paths::of_document(self, self.project, index)).collect());
        all.get(document).map_or(&[], Vec::as_slice)
    }

    /// Those of them that are opened on the machine that runs the package.
    pub fn opened_paths(&self, document: usize) -> impl Iterator<Item = &PathUse> {
        self.paths(document).iter().filter(|path| path.opened_here)
    }

    /// The SQL texts that the package of that document index runs.
    pub fn statements(&self, document: usize) -> &[Statement<'s, 'a>] {
        let all = self.statements.get_or_init(|| {
            let packages = self.project.documents.iter().map(|document| document.package()).enumerate();
            packages.map(|(index, package)| package.map(|package| statements::of_package(package, index, self.connections())).unwrap_or_default()).collect()
        });
        all.get(document).map_or(&[], Vec::as_slice)
    }

    /// What each of [`Self::statements`] does with its session, in the same order.
    pub fn traces(&self, document: usize) -> &[Trace] {
        let of_document = |index| self.statements(index).iter().map(Trace::of).collect();
        let all = self.traces.get_or_init(|| (0..self.project.documents.len()).map(of_document).collect());
        all.get(document).map_or(&[], Vec::as_slice)
    }

    /// What the executable or component of that object path does with its session; none when it sends nothing that is known.
    pub fn trace(&self, document: usize, executable: ExecutableId, object: &str) -> Option<&Trace> {
        let statements = self.statements(document);
        let start = statements.partition_point(|statement| statement.executable < executable);
        let mut own = statements.iter().enumerate().skip(start).take_while(|(_, statement)| statement.executable == executable);
        own.find(|(_, statement)| statement.object == object).and_then(|(index, _)| self.traces(document).get(index))
    }

    /// Why switching `RetainSameConnection` of a manager on would not be harmless; none when it is.
    pub fn objection(&self, manager: &ConnectionManager<'_>) -> Option<&str> {
        let number = self.connections().number(manager)?;
        let all = self.objections.get_or_init(|| self.connections().managers.iter().map(|_| OnceCell::new()).collect());
        all.get(number)?.get_or_init(|| session::objection(self, self.connections().managers[number].0, manager)).as_deref()
    }

    /// Which variables and parameters of the project some text of it names.
    pub fn mentions(&self) -> &Mentions<'s> {
        self.mentions.get_or_init(|| {
            let documents = 0..self.project.documents.len();
            let resolved: HashSet<*const ()> = documents.filter_map(|index| self.references(index)).flat_map(References::targets).collect();
            Mentions::of_project(self.project, |target| resolved.contains(&target))
        })
    }

    /// What may run at the same time in the package of that document index.
    pub fn overlap(&self, document: usize) -> Option<&Overlap<'s, 'a>> {
        let all = self.overlaps.get_or_init(|| self.project.documents.iter().map(|document| document.package().map(Overlap::new)).collect());
        all.get(document)?.as_ref()
    }

    /// What configurations of the package of that document index can name.
    pub fn objects(&self, document: usize) -> Option<&Objects> {
        let all = self.objects.get_or_init(|| self.project.documents.iter().map(|document| document.package().map(Objects::new)).collect());
        all.get(document)?.as_ref()
    }

    /// Which package runs which other package of the project.
    pub fn calls(&self) -> &Calls<'s, 'a> {
        self.calls.get_or_init(|| Calls::new(self.project, self.connections()))
    }

    /// Everything in the package of that document index that reaches Excel.
    pub fn excel(&self, document: usize) -> &[ExcelAccess<'s>] {
        let all = self.excel.get_or_init(|| {
            let packages = self.project.documents.iter().map(|document| document.package()).enumerate();
            packages
                .map(|(index, package)| package.map(|package| excel::of_package(self.project, package, index, self.connections())).unwrap_or_default())
                .collect()
        });
        all.get(document).map_or(&[], Vec::as_slice)
    }

    /// The nearest package that reaches Excel, of that document and all that run in its process because of it.
    pub fn nearest_excel(&self, document: usize) -> Option<usize> {
        let all = self.excel_nearest.get_or_init(|| self.calls().nearest(|document| !self.excel(document).is_empty()));
        all.get(document).copied().flatten()
    }

    /// Whether the package of that document index, or one that runs because of it, reaches Excel.
    pub fn leads_to_excel(&self, document: usize) -> bool {
        let all = self.excel_below.get_or_init(|| self.calls().leading_to(|document| !self.excel(document).is_empty()));
        all.get(document).is_some_and(|leads| *leads)
    }

    /// Who saves checkpoints in which file.
    pub fn checkpoint_files(&self) -> &CheckpointFiles<'s, 'a> {
        self.checkpoint_files.get_or_init(|| CheckpointFiles::new(self.project))
    }

    /// The parameters of that name of the package of that document index, letter case not counting.
    pub fn parameters(&self, document: usize, name: &str) -> &[&'s Parameter<'a>] {
        let all = self.parameters.get_or_init(|| self.project.documents.iter().map(|_| OnceCell::new()).collect());
        let Some((package, known)) = self.project.documents.get(document).and_then(|found| found.package()).zip(all.get(document)) else { return &[] };
        let known = known.get_or_init(|| {
            let mut known = ByName::default();
            for parameter in &package.parameters {
                known.entry(parameter.name.value.to_ascii_lowercase()).or_default().push(parameter);
            }
            known
        });
        known.get(&name.to_ascii_lowercase()).map_or(&[], Vec::as_slice)
    }

    /// The lineage of a data flow that can run, in the document of that index.
    pub fn lineage(&self, document: usize, executable: ExecutableId) -> Option<&Lineage<'s, 'a>> {
        let all = self.lineages.get_or_init(|| {
            let packages = self.project.documents.iter().map(|document| document.package());
            packages.map(|package| package.map(lineage::of_package).unwrap_or_default()).collect()
        });
        let flows = all.get(document)?;
        flows.binary_search_by_key(&executable, |(id, _)| *id).ok().map(|found| &flows[found].1)
    }

    /// Which transaction each executable of the project works in.
    pub fn transactions(&self) -> &Transactions {
        self.transactions.get_or_init(|| Transactions::new(self.project, || self.calls()))
    }

    /// The classes that the document of that index needs and that not every installation has.
    pub fn classes(&self, document: usize) -> &[ClassUse<'s>] {
        let all = self.classes.get_or_init(|| {
            let indices = 0..self.project.documents.len();
            indices.map(|index| classes::of_document(self.project, index, self.connections())).collect()
        });
        all.get(document).map_or(&[], Vec::as_slice)
    }

    /// The verdicts on the secrets that the document of that index stores or lacks.
    pub fn secrets(&self, document: usize) -> &[Verdict<'s>] {
        let all = self.secrets.get_or_init(|| (0..self.project.documents.len()).map(|index| secrets::of_document(self, self.project, index)).collect());
        all.get(document).map_or(&[], Vec::as_slice)
    }

    /// Who reads and writes which variable and parameter in the document of that index; none when there is no such document.
    pub fn references(&self, document: usize) -> Option<&References<'s, 'a>> {
        let all = self.references.get_or_init(|| {
            let is_used = |manager: &_| self.connections().is_used(manager);
            self.project.documents.iter().map(|document| References::new(self.project, document, is_used)).collect()
        });
        all.get(document)
    }
}
