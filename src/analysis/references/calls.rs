//! Which package of a project calls which, as far as literal names tell.

use crate::analysis::connections::{Connections, User};
use crate::model::{ExecutableId, ExecutePackage, Package, Project, Task};

/// An enabled Execute Package Task.
#[derive(Clone, Copy, Debug)]
pub struct Call<'s, 'a> {
    /// Index of the caller's document.
    pub document: usize,
    /// The task.
    pub executable: ExecutableId,
    /// Its settings.
    pub call: &'s ExecutePackage<'a>,
    /// Index of the child's document; none when it is not at hand or an expression chooses it.
    pub child: Option<usize>,
}

impl<'s, 'a> Call<'s, 'a> {
    /// The child.
    #[must_use]
    pub fn child_package(&self, project: &'s Project<'a>) -> Option<&'s Package<'a>> {
        project.documents.get(self.child?)?.package()
    }
}

/// All calls of a project, in document order.
#[must_use]
pub fn of_project<'s, 'a>(project: &'s Project<'a>, connections: &Connections<'s, 'a>) -> Vec<Call<'s, 'a>> {
    let mut calls = Vec::new();
    for (document, package) in project.documents.iter().enumerate().filter_map(|(index, document)| Some((index, document.package()?))) {
        for (executable, owner) in package.executables().filter(|(id, _)| package.is_enabled(*id)) {
            if let Task::ExecutePackage(call) = &owner.task {
                let chosen = ["PackageName", "PackageNameFromProjectReference", "Connection"].iter().any(|property| owner.expression(property).is_some());
                let child = if chosen { None } else { child(project, connections, document, executable, call) };
                calls.push(Call { document, executable, call, child });
            }
        }
    }
    calls
}

fn child(project: &Project<'_>, connections: &Connections<'_, '_>, document: usize, executable: ExecutableId, call: &ExecutePackage<'_>) -> Option<usize> {
    if call.use_project_reference {
        return find(project, call.package_name.as_ref()?.value.trim());
    }
    let own = |user: &User<'_, '_>| matches!(user, User::Executable(id) if *id == executable);
    let reference = connections.uses.iter().find(|reference| reference.document == document && own(&reference.user) && reference.property == "Connection")?;
    let (_, manager) = connections.manager(reference.resolution).filter(|(_, manager)| manager.is("FILE") && manager.expressions.is_empty())?;
    find(project, manager.connection_string()?.value.rsplit(['\\', '/']).next()?.trim())
}

fn find(project: &Project<'_>, name: &str) -> Option<usize> {
    project.documents.iter().position(|document| document.package().is_some() && document.file.name().eq_ignore_ascii_case(name))
}
