//! Which package of a project runs which other, and in whose process.

use std::collections::VecDeque;

use foldhash::{HashMap, HashSet};

use super::connections::{Connections, User};
use crate::lang::expression::{Ast, NoEnvironment, Part, fold_string};
use crate::model::{ConnectionManager, Executable, ExecutableId, ExecutePackage, Package, Project, Task};

/// An Execute Package Task that can run.
#[derive(Clone, Copy, Debug)]
pub struct Call<'s, 'a> {
    /// Index of the caller's document.
    pub document: usize,
    /// The task.
    pub task: ExecutableId,
    /// Its settings.
    pub settings: &'s ExecutePackage<'a>,
    /// Document index of the child; none when it is not at hand or an expression chooses it.
    pub child: Option<usize>,
    /// Whether the files name the child literally; else an expression gives the folder before its name.
    pub is_literal: bool,
    /// Whether the child runs in the process of its caller for sure: `ExecuteOutOfProcess` is false, the default, and no expression sets it.
    pub in_process: bool,
}

impl<'s, 'a> Call<'s, 'a> {
    /// The child.
    #[must_use]
    pub fn child_package(&self, project: &'s Project<'a>) -> Option<&'s Package<'a>> {
        project.documents.get(self.child?)?.package()
    }
}

/// The calls between the packages of a project.
#[derive(Debug, Default)]
pub struct Calls<'s, 'a> {
    /// By document.
    calls: Vec<Vec<Call<'s, 'a>>>,
    /// The calls that run a document, by it: caller and place among the caller's calls.
    callers: Vec<Vec<(usize, usize)>>,
    /// Whether the child of some call is not known.
    has_unknown: bool,
}

impl<'s, 'a> Calls<'s, 'a> {
    /// Finds the child of every Execute Package Task: by project reference, or by the file that a FILE connection manager names.
    #[must_use]
    pub fn new(project: &'s Project<'a>, connections: &Connections<'s, 'a>) -> Self {
        let children = Children::new(project);
        let packages = project.documents.iter().map(|document| document.package()).enumerate();
        let calls = packages.map(|(index, package)| package.map(|package| of_package(package, index, &children, connections)).unwrap_or_default());
        Self::between(calls.collect())
    }

    fn between(calls: Vec<Vec<Call<'s, 'a>>>) -> Self {
        let mut callers = vec![Vec::new(); calls.len()];
        for (document, calls) in calls.iter().enumerate() {
            for (place, child) in calls.iter().enumerate().filter_map(|(place, call)| Some((place, call.child?))) {
                callers[child].push((document, place));
            }
        }
        let has_unknown = calls.iter().flatten().any(|call| call.child.is_none());
        Self { calls, callers, has_unknown }
    }

    /// Every call, in document order.
    pub fn all(&self) -> impl Iterator<Item = &Call<'s, 'a>> {
        self.calls.iter().flatten()
    }

    /// The calls of the package of that document index, in document order.
    #[must_use]
    pub fn of_document(&self, document: usize) -> &[Call<'s, 'a>] {
        self.calls.get(document).map_or(&[], Vec::as_slice)
    }

    /// The calls that run the package of that document index.
    pub fn of_child(&self, document: usize) -> impl Iterator<Item = &Call<'s, 'a>> {
        self.callers.get(document).into_iter().flatten().filter_map(|(caller, place)| self.of_document(*caller).get(*place))
    }

    /// Whether a call may run the package of that document index: one does, or the child of one is not known.
    #[must_use]
    pub fn may_run(&self, document: usize) -> bool {
        self.has_unknown || self.of_child(document).next().is_some()
    }

    /// Of each document the nearest of those that are wanted: it, or one that runs in its process because of it. Of several as near, the one by the
    /// earliest calls.
    #[must_use]
    pub fn nearest(&self, wanted: impl Fn(usize) -> bool) -> Vec<Option<usize>> {
        let mut nearest: Vec<Option<usize>> = (0..self.calls.len()).map(|document| Some(document).filter(|document| wanted(*document))).collect();
        let mut reached: Vec<usize> = nearest.iter().flatten().copied().collect();
        while !reached.is_empty() {
            let callers = reached.iter().flat_map(|child| self.of_child(*child)).filter(|call| call.in_process).map(|call| call.document);
            let mut further: Vec<usize> = callers.filter(|caller| nearest[*caller].is_none()).collect();
            further.sort_unstable();
            further.dedup();
            let found = |caller: &usize| self.calls[*caller].iter().filter(|call| call.in_process).find_map(|call| nearest[call.child?]);
            let found: Vec<_> = further.iter().map(found).collect();
            further.iter().zip(found).for_each(|(caller, found)| nearest[*caller] = found);
            reached = further;
        }
        nearest
    }

    /// Of each document whether it is wanted, or one that runs because of it, in whatever process.
    #[must_use]
    pub fn leading_to(&self, wanted: impl Fn(usize) -> bool) -> Vec<bool> {
        let mut leads: Vec<bool> = (0..self.calls.len()).map(wanted).collect();
        let mut pending: Vec<usize> = (0..leads.len()).filter(|document| leads[*document]).collect();
        while let Some(document) = pending.pop() {
            for call in self.of_child(document) {
                if !std::mem::replace(&mut leads[call.document], true) {
                    pending.push(call.document);
                }
            }
        }
        leads
    }

    /// The document that a call runs and all that run because of it, in whatever process, nearest first, each once: recursion ends there. Only those that
    /// count, and what they run.
    pub fn run_by<'c>(&'c self, call: &'c Call<'s, 'a>, counts: impl Fn(usize) -> bool + 'c) -> impl Iterator<Item = usize> {
        let mut pending = VecDeque::from([call]);
        let mut seen = HashSet::default();
        std::iter::from_fn(move || {
            loop {
                let call = pending.pop_front()?;
                if let Some(child) = call.child.filter(|child| counts(*child) && seen.insert(*child)) {
                    pending.extend(self.of_document(child));
                    return Some(child);
                }
            }
        })
    }
}

/// The packages of a project by file name in lower case; none for a name that several have.
struct Children(HashMap<String, Option<usize>>);

impl Children {
    fn new(project: &Project<'_>) -> Self {
        let mut children = HashMap::default();
        for (index, document) in project.documents.iter().enumerate().filter(|(_, document)| document.package().is_some()) {
            children.entry(document.file.name().to_lowercase()).and_modify(|found| *found = None).or_insert(Some(index));
        }
        Self(children)
    }

    fn find(&self, name: &str) -> Option<usize> {
        *self.0.get(&name.trim().to_lowercase())?
    }
}

fn of_package<'s, 'a>(package: &'s Package<'a>, document: usize, children: &Children, connections: &Connections<'s, 'a>) -> Vec<Call<'s, 'a>> {
    let tasks = package.executables().filter_map(|(task, executable)| match &executable.task {
        Task::ExecutePackage(settings) if package.is_enabled(task) => Some((task, executable, &**settings)),
        _ => None,
    });
    let call = |(task, executable, settings): (ExecutableId, &Executable<'a>, &'s ExecutePackage<'a>)| {
        let name = if is_chosen(executable) { None } else { child_name(settings, || file(connections, document, task)) };
        let in_process = !settings.execute_out_of_process && executable.expression("ExecuteOutOfProcess").is_none();
        let is_literal = name.as_ref().is_some_and(|(_, is_literal)| *is_literal);
        Call { document, task, settings, child: name.and_then(|(name, _)| children.find(&name)), is_literal, in_process }
    };
    tasks.map(call).collect()
}

/// Whether an expression chooses the child.
fn is_chosen(executable: &Executable<'_>) -> bool {
    ["PackageName", "PackageNameFromProjectReference", "Connection"].iter().any(|property| executable.expression(property).is_some())
}

/// The file name of the child, and whether it is written literally.
fn child_name<'m>(settings: &ExecutePackage<'_>, file: impl FnOnce() -> Option<&'m ConnectionManager<'m>>) -> Option<(String, bool)> {
    if settings.use_project_reference {
        return Some((settings.package_name.as_ref()?.value.to_string(), true));
    }
    let manager = file()?;
    Some((file_name(manager)?, manager.expressions.is_empty()))
}

/// The FILE connection manager of a task.
fn file<'s, 'a>(connections: &Connections<'s, 'a>, document: usize, task: ExecutableId) -> Option<&'s ConnectionManager<'a>> {
    let reference = connections.of_executable(document, task).iter().find(|reference| reference.property == "Connection")?;
    let reference = Some(reference).filter(|reference| matches!(reference.user, User::Executable(_)))?;
    connections.manager(reference.resolution).map(|(_, manager)| manager).filter(|manager| manager.is("FILE"))
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
    use crate::model::{ExecutableId, ExecutePackage};

    #[test]
    fn recursion_ends_and_other_processes_are_left_out() {
        let settings = ExecutePackage::default();
        let call =
            |document, child, in_process| Call { document, task: ExecutableId(1), settings: &settings, child: Some(child), is_literal: true, in_process };
        let calls = Calls::between(vec![vec![call(0, 1, true)], vec![call(1, 0, true), call(1, 2, false)], vec![call(2, 3, true)], Vec::new()]);
        let of = |child, counts: fn(usize) -> bool| {
            let first = call(0, child, false);
            calls.run_by(&first, counts).collect::<Vec<_>>()
        };
        assert_eq!(of(1, |_| true), [1, 0, 2, 3]);
        assert_eq!(of(1, |document| document < 2), [1, 0]);
        assert_eq!(calls.nearest(|document| document == 0), [Some(0), Some(0), None, None]);
        assert_eq!(calls.nearest(|document| document == 3), [None, None, Some(3), Some(3)]);
        assert_eq!(calls.leading_to(|document| document == 3), [true; 4]);
        assert_eq!(calls.leading_to(|document| document == 1), [true, true, false, false]);
        assert_eq!(calls.of_child(2).map(|call| call.document).collect::<Vec<_>>(), [1]);
        assert_eq!(calls.all().count(), 4);
    }
}
