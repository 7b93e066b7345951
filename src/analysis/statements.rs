//! Every SQL text that runs, and the connection manager it runs on.

use std::cell::OnceCell;

use super::connections::Connections;
use crate::lang::tsql::{Batch, Query};
use crate::model::{Component, ConnectionManager, Executable, ExecutableId, Package, StatementSource, Task, Text};
use crate::span::Span;

/// An SQL text, or the name of a table that a component opens.
#[derive(Clone, Debug)]
pub struct Statement<'s, 'a> {
    /// The executable that runs it.
    pub executable: ExecutableId,
    /// The component, when it is one of a data flow.
    pub component: Option<&'s Component<'a>>,
    /// Object path of whoever runs it.
    pub object: &'s str,
    /// Name of the property that holds it.
    pub property: &'static str,
    /// The text at design time.
    pub text: &'s str,
    /// Where it stands.
    pub span: Span,
    /// Whether it is only a table's name.
    pub is_table: bool,
    /// Whether an expression replaces it, so that the text is a snapshot.
    pub is_snapshot: bool,
    /// The connection manager, with the index of its document.
    pub connection: Option<(usize, &'s ConnectionManager<'a>)>,
    /// What reading the text gave, for those who ask later.
    pub(super) reading: Reading<'s>,
}

/// A text is read when somebody first asks.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading<'s> {
    batch: OnceCell<Batch<'s>>,
    query: OnceCell<Query>,
}

impl<'s> Statement<'s, '_> {
    /// What the text does to its session.
    pub fn batch(&self) -> &Batch<'s> {
        self.reading.batch.get_or_init(|| Batch::read(self.text))
    }

    /// What the text asks for.
    pub fn query(&self) -> Query {
        *self.reading.query.get_or_init(|| Query::read(self.text))
    }
}

/// Statements of everything in a package that can run, in document order.
#[must_use]
pub fn of_package<'s, 'a>(package: &'s Package<'a>, document: usize, connections: &Connections<'s, 'a>) -> Vec<Statement<'s, 'a>> {
    let mut statements = Vec::new();
    for (id, executable) in package.executables().filter(|(id, _)| package.is_enabled(*id)) {
        statements.extend(of_task(package, id, executable));
        for component in executable.data_flow().into_iter().flat_map(|flow| &flow.components) {
            statements.extend(of_component(package, id, executable, component));
        }
    }
    for statement in &mut statements {
        let id = statement.executable;
        let own = match statement.component {
            Some(component) => connections.of_component(document, id, component),
            None if package.executable(id).expression("Connection").is_none() => connections.of_executable(document, id),
            None => &[],
        };
        let is_slot = |property: &str| statement.component.is_some() || property == "Connection";
        let mut own = own.iter().filter(|reference| is_slot(reference.property));
        statement.connection = own.find_map(|reference| connections.manager(reference.resolution));
    }
    statements
}

fn of_task<'s, 'a>(package: &'s Package<'a>, id: ExecutableId, executable: &'s Executable<'a>) -> Option<Statement<'s, 'a>> {
    let Task::ExecuteSql(task) = &executable.task else { return None };
    let is_snapshot = executable.expression("SqlStatementSource").is_some();
    let (text, from_expression) = match task.source {
        StatementSource::DirectInput => (&task.statement, false),
        StatementSource::Variable => variable_text(package, id, task.statement.as_str())?,
        StatementSource::FileConnection => return None,
    };
    Some(Statement {
        executable: id,
        component: None,
        object: &executable.path,
        property: "SqlStatementSource",
        text: text.as_str(),
        span: text.span,
        is_table: false,
        is_snapshot: is_snapshot || from_expression,
        connection: None,
        reading: Reading::default(),
    })
}

/// What a component sends or opens, by its access mode.
fn of_component<'s, 'a>(package: &'s Package<'a>, id: ExecutableId, executable: &'s Executable<'a>, component: &'s Component<'a>) -> Option<Statement<'s, 'a>> {
    let command = || component.properties.get("SqlCommand").filter(|text| !text.is_blank());
    let table = || component.properties.get("OpenRowset").or_else(|| component.properties.get("TableOrViewName"));
    let by_variable = |name: &str| variable_text(package, id, component.properties.text(name));
    let mode = component.access_mode();
    let (property, found, is_table) = match mode {
        Some(2) => ("SqlCommand", command().map(|text| (text, false)), false),
        Some(3) if component.is("OLEDBSource") || component.is("ExcelSource") => ("SqlCommandVariable", by_variable("SqlCommandVariable"), false),
        Some(1 | 4) if component.properties.get("OpenRowsetVariable").is_some() => ("OpenRowsetVariable", by_variable("OpenRowsetVariable"), true),
        Some(0 | 3) => ("OpenRowset", table().map(|text| (text, false)), true),
        _ => ("SqlCommand", command().map(|text| (text, false)), false),
    };
    let (text, from_expression) = found?;
    let expression = executable.expression(&format!("[{}].[{property}]", component.name.value)).is_some();
    Some(Statement {
        executable: id,
        component: Some(component),
        object: &component.path,
        property,
        text: text.as_str(),
        span: text.span,
        is_table,
        is_snapshot: from_expression || expression,
        connection: None,
        reading: Reading::default(),
    })
}

/// The design-time value of the variable that is visible from an executable, and whether an expression replaces it.
fn variable_text<'s, 'a>(package: &'s Package<'a>, from: ExecutableId, name: &str) -> Option<(&'s Text<'a>, bool)> {
    let visible = package.ancestors(from).flat_map(|id| &package.executable(id).variables);
    let mut named = visible.filter(|variable| variable.name.value == name || variable.qualified_name() == name);
    let variable = named.next()?;
    Some((variable.value.as_ref()?, variable.evaluate_as_expression))
}
