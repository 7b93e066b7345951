//! Where a package reaches Excel: through its own components, or through an ACE or Jet provider on a workbook.

use super::connections::{Connections, Resolution, User};
use crate::lang::connection_string::{ConnectionString, Dialect};
use crate::model::{Component, ConnectionManager, ExecutableId, ExecutableKind, Package};
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
}

/// Everything in the package that can run and reaches Excel, in document order.
#[must_use]
pub fn of_package<'s>(package: &'s Package<'_>, document: usize, connections: &Connections<'s, '_>) -> Vec<ExcelAccess<'s>> {
    let through: Vec<_> =
        connections.uses.iter().filter(|reference| reference.document == document && is_workbook(connections, reference.resolution)).collect();
    let mut found = Vec::new();
    for (id, executable) in package.executables().filter(|(id, _)| package.is_enabled(*id)) {
        let by_task = executable.kind == ExecutableKind::ExecuteSql
            && through.iter().any(|reference| matches!(reference.user, User::Executable(user) if user == id) && reference.property == "Connection");
        if by_task {
            found.push(ExcelAccess { executable: id, object: &executable.path, name: executable.name.as_str(), span: executable.span });
        }
        for component in executable.data_flow().into_iter().flat_map(|flow| &flow.components) {
            let by_connection = || through.iter().any(|reference| matches!(reference.user, User::Component(_, user) if std::ptr::eq(user, component)));
            if is_excel_component(component) || by_connection() {
                found.push(ExcelAccess { executable: id, object: &component.path, name: component.name.as_str(), span: component.span });
            }
        }
    }
    found
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
    let string = manager.connection_string().zip(Dialect::of(manager.creation_name.as_str()));
    manager.is("EXCEL") || string.is_some_and(|(text, dialect)| ConnectionString::parse(text.as_str(), dialect).is_excel())
}
