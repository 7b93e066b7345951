//! Where a package reaches Excel: through its own components, or through an ACE or Jet provider on a workbook.

use std::collections::BTreeSet;

use foldhash::HashSet;

use super::Facts;
use super::connections::{Connections, Resolution};
use super::overlap::Overlap;
use super::overlap::pairs::{Meeting, Place};
use super::overrides::{self, Override};
use crate::lang::connection_string::{ConnectionString, Dialect};
use crate::lang::expression::{Ast, references};
use crate::model::{Component, ConnectionManager, ExecutableId, ExecutableKind, Package, Project, Variable};
use crate::span::Span;

/// Something that loads the Excel driver into the process.
#[derive(Clone, Debug)]
pub struct ExcelAccess<'s> {
    /// The executable that runs it.
    pub executable: ExecutableId,
    /// Object path of the component or task.
    pub object: &'s str,
    /// Its name in the designer.
    pub name: &'s str,
    /// Where it stands.
    pub span: Span,
    /// The workbook, if it is known.
    pub workbook: Option<Workbook>,
    /// Whether it writes to it.
    pub writes: bool,
}

/// What tells workbooks apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Workbook {
    /// The path in lower case, of a connection that nothing changes.
    File(String),
    /// The number of a connection manager whose path is made at run time.
    Manager(usize),
}

/// Everything in the package that can run and reaches Excel, in document order.
#[must_use]
pub fn of_package<'s>(project: &Project<'_>, package: &'s Package<'_>, document: usize, connections: &Connections<'s, '_>) -> Vec<ExcelAccess<'s>> {
    let workbook = |resolution| workbook(project, package, connections, resolution);
    let mut found = Vec::new();
    for (id, executable) in package.executables().filter(|(id, _)| package.is_enabled(*id)) {
        let own = connections.of_executable(document, id).iter().filter(|_| executable.kind == ExecutableKind::ExecuteSql);
        let mut by_task = own.filter(|reference| reference.property == "Connection" && is_workbook(connections, reference.resolution));
        if let Some(reference) = by_task.next() {
            let (object, name, span) = (executable.path.as_ref(), executable.name.as_str(), executable.span);
            found.push(ExcelAccess { executable: id, object, name, span, workbook: workbook(reference.resolution), writes: false });
        }
        for component in executable.data_flow().into_iter().flat_map(|flow| &flow.components) {
            let mut own = connections.of_component(document, id, component).iter();
            let by_connection = own.find(|reference| is_workbook(connections, reference.resolution));
            if is_excel_component(component) || by_connection.is_some() {
                let workbook = by_connection.and_then(|reference| workbook(reference.resolution));
                let writes = component.is("ExcelDestination") || component.is("OLEDBDestination");
                found.push(ExcelAccess { executable: id, object: &component.path, name: component.name.as_str(), span: component.span, workbook, writes });
            }
        }
    }
    found
}

/// The workbook behind a connection; none when a configuration may choose it.
fn workbook(project: &Project<'_>, package: &Package<'_>, connections: &Connections<'_, '_>, resolution: Resolution) -> Option<Workbook> {
    let Resolution::Found(number) = resolution else { return None };
    let (_, manager) = connections.manager(resolution)?;
    match overrides::of_connection(project, Some(package), manager, &overrides::ENDPOINT) {
        Some(Override::Expression) => Some(Workbook::Manager(number)),
        Some(_) => None,
        None => {
            let string = ConnectionString::parse(manager.connection_string()?.as_str(), Dialect::of(manager.creation_name.as_str())?);
            string.file().map(|path| Workbook::File(path.to_lowercase()))
        }
    }
}

/// An access to Excel in the process of a package: by the package itself, or by a child package that it runs in its own process.
#[derive(Clone, Debug)]
pub struct ProcessAccess<'f, 's> {
    /// The executable of the package: the one that reaches Excel, or the Execute Package task.
    pub executable: ExecutableId,
    /// Whether it is in a child package, or in a child's child.
    pub in_child: bool,
    /// Document index of the package that holds it.
    pub document: usize,
    /// The access.
    pub access: &'f ExcelAccess<'s>,
}

/// Every access of the package itself, in document order; then for each call that comes to one, the nearest.
#[must_use]
pub fn of_process<'f, 's>(facts: &'f Facts<'s, '_>, document: usize) -> Vec<ProcessAccess<'f, 's>> {
    let own = facts.excel(document).iter().map(|access| ProcessAccess { executable: access.executable, in_child: false, document, access });
    let through = facts.calls().of_document(document).iter().filter_map(|call| {
        let child = facts.nearest_excel(call.child.filter(|_| call.in_process)?)?;
        let access = facts.excel(child).first()?;
        Some(ProcessAccess { executable: call.task, in_child: true, document: child, access })
    });
    own.chain(through).collect()
}

/// The accesses of the package itself and of all packages that it runs, in whatever process; no more of them than are compared.
#[must_use]
pub fn of_run<'f, 's>(facts: &'f Facts<'s, '_>, document: usize) -> Vec<ProcessAccess<'f, 's>> {
    let own = facts.excel(document).iter().map(|access| ProcessAccess { executable: access.executable, in_child: false, document, access });
    let through = facts.calls().of_document(document).iter().flat_map(|call| {
        let accesses =
            move |child: usize| facts.excel(child).iter().map(move |access| ProcessAccess { executable: call.task, in_child: true, document: child, access });
        facts.calls().run_by(call, |child| facts.leads_to_excel(child)).take(MAX_COMPARED).flat_map(accesses)
    });
    own.chain(through).take(MAX_COMPARED).collect()
}

/// Of so many accesses each is compared with each; of more, only the first ones, and only the nearest so many packages below a call are looked into.
/// Pairs are many, and one finding says it for all.
const MAX_COMPARED: usize = 256;

/// The first meeting of each group of accesses that some chain of overlaps connects: one finding is enough for a group. Only pairs that are wanted count.
#[must_use]
pub fn first_meetings(
    overlap: &Overlap<'_, '_>,
    accesses: &[ProcessAccess<'_, '_>],
    wanted: impl Fn(&ProcessAccess<'_, '_>, &ProcessAccess<'_, '_>) -> bool,
) -> Vec<Meeting> {
    let mut group: Vec<usize> = (0..accesses.len().min(MAX_COMPARED)).collect();
    let mut meetings: Vec<Meeting> = Vec::new();
    for right in 1..group.len() {
        for left in 0..right {
            let new = group[left] != group[right] && wanted(&accesses[left], &accesses[right]);
            if let Some(place) = new.then(|| place(overlap, &accesses[left], &accesses[right])).flatten() {
                let (old, new) = (group[right], group[left]);
                group.iter_mut().filter(|member| **member == old).for_each(|member| *member = new);
                meetings.push(Meeting { left, right, place });
            }
        }
    }
    let mut seen = HashSet::default();
    meetings.retain(|meeting| seen.insert(group[meeting.left]));
    meetings
}

fn place(overlap: &Overlap<'_, '_>, left: &ProcessAccess<'_, '_>, right: &ProcessAccess<'_, '_>) -> Option<Place> {
    let twice = left.executable == right.executable && (left.in_child || right.in_child);
    if twice { None } else { overlap.place(left.executable, right.executable) }
}

fn is_excel_component(component: &Component<'_>) -> bool {
    component.is("ExcelSource") || component.is("ExcelDestination")
}

fn is_workbook(connections: &Connections<'_, '_>, resolution: Resolution) -> bool {
    connections.manager(resolution).is_some_and(|(_, manager)| opens_workbook(manager))
}

/// Whether a connection manager opens a workbook: of type EXCEL, or OLE DB with ACE or Jet and `Excel` in its extended properties.
#[must_use]
pub fn opens_workbook(manager: &ConnectionManager<'_>) -> bool {
    // Every statement asks this of its connection manager.
    let is_mentioned = |text: &str| text.as_bytes().windows(5).any(|word| word.eq_ignore_ascii_case(b"excel"));
    let string = manager.connection_string().filter(|text| is_mentioned(text.as_str())).zip(Dialect::of(manager.creation_name.as_str()));
    manager.is("EXCEL") || string.is_some_and(|(text, dialect)| ConnectionString::parse(text.as_str(), dialect).is_excel())
}

/// The package's own variables that an expression reads, also through expressions of other variables. Connection managers see no others.
#[must_use]
pub fn read_by<'p, 'a>(package: &'p Package<'a>, expression: &str) -> Vec<&'p Variable<'a>> {
    let mut names: BTreeSet<String> = BTreeSet::new();
    let mut pending = vec![expression.to_owned()];
    let mut found = Vec::new();
    while let Some(text) = pending.pop() {
        let Ok(ast) = Ast::parse(&text) else { continue };
        for reference in references(&ast).variables {
            let name = reference.variable.qualified;
            let Some(variable) = package.root().variables.iter().find(|variable| is_named(variable, name)) else { continue };
            if names.insert(variable.qualified_name()) {
                pending.extend(variable.expression.as_ref().filter(|_| variable.evaluate_as_expression).map(|text| text.value.to_string()));
                found.push(variable);
            }
        }
    }
    found
}

/// Whether a name as written, with its namespace or without, is that of the variable.
#[must_use]
pub fn is_named(variable: &Variable<'_>, name: &str) -> bool {
    variable.qualified_name() == name || variable.name.as_str() == name
}
