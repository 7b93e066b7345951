//! Which package runs which other package of the project, and in whose process.

use std::collections::{HashMap, VecDeque};

use crate::analysis::connections::{Connections, User};
use crate::lang::expression::{Ast, NoEnvironment, Part, fold_string};
use crate::model::{ConnectionManager, Executable, ExecutableId, ExecutePackage, Package, Project, Task};

/// An Execute Package task that can run, and its child in the project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    /// The task.
    pub task: ExecutableId,
    /// Document index of the child.
    pub child: usize,
    /// Whether the child runs in the process of its caller for sure: `ExecuteOutOfProcess` is false, the default, and no expression sets it.
    pub in_process: bool,
}

/// The calls between the packages of a project.
#[derive(Debug)]
pub struct Calls {
    of_document: Vec<Vec<Call>>,
}

impl Calls {
    /// Finds the child of every Execute Package task: by project reference, or by the file that a FILE connection manager names.
    #[must_use]
    pub fn new(project: &Project<'_>, connections: &Connections<'_, '_>) -> Self {
        let children = Children::new(project);
        let files = files(connections);
        let packages = project.documents.iter().map(|document| document.package()).enumerate();
        let of_document = packages.map(|(index, package)| {
            let file = |task| files.get(&(index, task)).map(String::as_str);
            package.map(|package| of_package(package, &children, file)).unwrap_or_default()
        });
        Self { of_document: of_document.collect() }
    }

    /// The calls of the package of that document index, in document order.
    #[must_use]
    pub fn of_document(&self, document: usize) -> &[Call] {
        self.of_document.get(document).map_or(&[], Vec::as_slice)
    }

    /// The document that a call runs and all that run in the same process because of it, nearest first, each once: recursion ends there.
    #[must_use]
    pub fn in_process(&self, call: Call) -> Vec<usize> {
        self.follow(call, |call| call.in_process)
    }

    /// The document that a call runs and all that run because of it, in whatever process, nearest first, each once.
    #[must_use]
    pub fn in_any_process(&self, call: Call) -> Vec<usize> {
        self.follow(call, |_| true)
    }

    fn follow(&self, call: Call, counts: impl Fn(&Call) -> bool) -> Vec<usize> {
        let mut found = Vec::new();
        let mut pending: VecDeque<Call> = VecDeque::from([call]);
        let mut seen = vec![false; self.of_document.len()];
        while let Some(call) = pending.pop_front() {
            let is_new = counts(&call) && seen.get_mut(call.child).is_some_and(|seen| !std::mem::replace(seen, true));
            if is_new {
                found.push(call.child);
                pending.extend(self.of_document(call.child));
            }
        }
        found
    }
}

/// The packages of a project by file name in lower case; none for a name that several have.
struct Children(HashMap<String, Option<usize>>);

impl Children {
    fn new(project: &Project<'_>) -> Self {
        let mut children = HashMap::new();
        for (index, document) in project.documents.iter().enumerate().filter(|(_, document)| document.package().is_some()) {
            children.entry(document.file.name().to_lowercase()).and_modify(|found| *found = None).or_insert(Some(index));
        }
        Self(children)
    }

    fn find(&self, name: &str) -> Option<usize> {
        *self.0.get(&name.trim().to_lowercase())?
    }
}

fn of_package<'f>(package: &Package<'_>, children: &Children, file: impl Fn(ExecutableId) -> Option<&'f str>) -> Vec<Call> {
    let mut calls = Vec::new();
    for (task, executable) in package.executables().filter(|(task, _)| package.is_enabled(*task)) {
        let Task::ExecutePackage(settings) = &executable.task else { continue };
        let child = match settings.use_project_reference {
            true => by_reference(executable, settings, children),
            false => file(task).and_then(|name| children.find(name)),
        };
        let in_process = !settings.execute_out_of_process && executable.expression("ExecuteOutOfProcess").is_none();
        calls.extend(child.map(|child| Call { task, child, in_process }));
    }
    calls
}

fn by_reference(executable: &Executable<'_>, settings: &ExecutePackage<'_>, children: &Children) -> Option<usize> {
    let is_fixed = executable.expression("PackageName").is_none();
    settings.package_name.as_ref().filter(|_| is_fixed).and_then(|name| children.find(name.as_str()))
}

/// The file that each executable's `Connection` names, by document and executable.
fn files(connections: &Connections<'_, '_>) -> HashMap<(usize, ExecutableId), String> {
    let uses = connections.uses.iter().filter(|reference| reference.property == "Connection");
    let files = uses.filter_map(|reference| match reference.user {
        User::Executable(task) => {
            let (_, manager) = connections.manager(reference.resolution).filter(|(_, manager)| manager.is("FILE"))?;
            Some(((reference.document, task), file_name(manager)?))
        }
        _ => None,
    });
    files.collect()
}

/// The file name that a connection manager ends in: of its expression when that ends in a known text, else as written.
fn file_name(manager: &ConnectionManager<'_>) -> Option<String> {
    let Some(expression) = manager.expression("ConnectionString") else {
        return manager.connection_string().map(|text| last_part(text.as_str()).to_owned());
    };
    let ast = Ast::parse(expression.as_str()).ok()?;
    match fold_string(&ast, &NoEnvironment).ok()?.pop()? {
        Part::Literal(end) => Some(last_part(&end).to_owned()),
        Part::Unknown(_) => None,
    }
}

fn last_part(path: &str) -> &str {
    path.rsplit(['\\', '/']).next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::{Call, Calls};
    use crate::model::ExecutableId;

    fn call(child: usize, in_process: bool) -> Call {
        Call { task: ExecutableId(1), child, in_process }
    }

    #[test]
    fn recursion_ends_and_other_processes_are_left_out() {
        let calls = Calls { of_document: vec![vec![call(1, true)], vec![call(0, true), call(2, false)], vec![call(3, true)], Vec::new()] };
        assert_eq!(calls.in_process(call(1, true)), [1, 0]);
        assert_eq!(calls.in_process(call(1, false)), [0_usize; 0]);
        assert_eq!(calls.in_any_process(call(1, false)), [1, 0, 2, 3]);
    }
}
