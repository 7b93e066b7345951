//! Which distributed transaction each executable works in, from `TransactionOption` along its containers.
//!
//! `Required` joins the transaction around it or else starts one; `Supported`, the default, only joins; `NotSupported` stays outside, with all that it
//! holds. A package that an Execute Package Task runs in the process of its caller stands in the transaction of that task.
//!
//! Unknown is what an expression or a configuration of that name decides, and whether an event handler joins the transaction of its owner. A
//! configuration that is not at hand is not taken to set the option.

use super::calls::Calls;
use super::connections::{ConnectionUse, Connections};
use super::overrides;
use crate::model::{ConnectionManager, Executable, ExecutableId, ExecutableKind, Package, Project};

/// Value of `TransactionOption`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TransactionOption {
    NotSupported,
    Supported,
    Required,
}

/// The executable that starts a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Origin {
    /// Index of its document in the project.
    pub document: usize,
    /// The executable.
    pub executable: ExecutableId,
}

/// Where an executable stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transaction {
    /// In no transaction.
    Outside,
    /// In the transaction that this executable starts.
    Inside(Origin),
    /// The files do not tell.
    Unknown,
}

/// The transactions of a project.
#[derive(Debug)]
pub struct Transactions {
    /// By document and executable; empty where no executable is in a transaction.
    of_document: Vec<Vec<Transaction>>,
}

impl Transactions {
    /// Works out the transactions of a project. The calls between its packages are asked for only when one of them uses transactions.
    #[must_use]
    pub fn new<'c, 's: 'c, 'a: 's>(project: &Project<'_>, calls: impl Fn() -> &'c Calls<'s, 'a>) -> Self {
        let packages = project.documents.iter().map(|document| document.package()).enumerate();
        let of_document =
            packages.map(|(index, package)| package.filter(|package| starts_one(package)).map(|package| of_package(project, package, index, None)));
        let mut transactions = Self { of_document: of_document.map(Option::unwrap_or_default).collect() };
        transactions.follow_calls(project, calls);
        transactions
    }

    /// Takes what is called inside of a transaction into it. A package that several call is in the transaction of the first that was found.
    fn follow_calls<'c, 's: 'c, 'a: 's>(&mut self, project: &Project<'_>, calls: impl Fn() -> &'c Calls<'s, 'a>) {
        let mut pending: Vec<usize> = (0..self.of_document.len()).filter(|document| self.is_used_in(*document)).collect();
        let mut called = vec![false; self.of_document.len()];
        while let Some(caller) = pending.pop() {
            for call in calls().of_document(caller).iter().filter(|call| call.in_process) {
                let Some(child) = call.child.filter(|child| !called[*child]) else { continue };
                let Some((package, origin)) = project.documents[child].package().zip(self.origin(caller, call.task)) else { continue };
                called[child] = true;
                self.of_document[child] = of_package(project, package, child, Some(origin));
                pending.push(child);
            }
        }
    }

    /// Whether anything in that document may be in a transaction.
    #[must_use]
    pub fn is_used_in(&self, document: usize) -> bool {
        self.of_document.get(document).is_some_and(|all| !all.is_empty())
    }

    /// Where an executable stands, whether or not it is enabled.
    #[must_use]
    pub fn of(&self, document: usize, executable: ExecutableId) -> Transaction {
        let all = self.of_document.get(document);
        all.and_then(|all| all.get(executable.0 as usize)).copied().unwrap_or(Transaction::Outside)
    }

    /// The start of the transaction that an executable is in for sure.
    #[must_use]
    pub fn origin(&self, document: usize, executable: ExecutableId) -> Option<Origin> {
        match self.of(document, executable) {
            Transaction::Inside(origin) => Some(origin),
            Transaction::Outside | Transaction::Unknown => None,
        }
    }

    /// The uses of database connections by what can run inside of a transaction, in one document.
    pub fn participants<'f, 's, 'a>(&self, connections: &'f Connections<'s, 'a>, document: usize) -> impl Iterator<Item = Participant<'f, 's, 'a>> {
        let uses = connections.of_document(document).iter().filter(move |reference| self.is_used_in(document) && reference.enabled);
        uses.filter_map(move |reference| {
            let (_, manager) = connections.manager(reference.resolution).filter(|(_, manager)| is_database(manager))?;
            let executable = reference.user.executable()?;
            Some(Participant { reference, executable, manager, origin: self.origin(document, executable)? })
        })
    }
}

/// A use of a database connection inside of a transaction.
#[derive(Clone, Copy, Debug)]
pub struct Participant<'f, 's, 'a> {
    /// The use.
    pub reference: &'f ConnectionUse<'s, 'a>,
    /// The task or data flow that uses it.
    pub executable: ExecutableId,
    /// The connection.
    pub manager: &'s ConnectionManager<'a>,
    /// Who starts the transaction.
    pub origin: Origin,
}

/// Whether connections of the manager go to a database, and so are asked to enlist.
#[must_use]
pub fn is_database(manager: &ConnectionManager<'_>) -> bool {
    ["OLEDB", "ADO.NET", "ADO", "ODBC"].iter().any(|kind| manager.is(kind))
}

fn starts_one(package: &Package<'_>) -> bool {
    package.executables.iter().any(|executable| written(executable) == TransactionOption::Required)
}

fn of_package(project: &Project<'_>, package: &Package<'_>, document: usize, around: Option<Origin>) -> Vec<Transaction> {
    let around = around.map_or(Transaction::Outside, Transaction::Inside);
    let mut all: Vec<Transaction> = Vec::with_capacity(package.executables.len());
    for (id, executable) in package.executables() {
        // Parents come before their children.
        let outer = executable.parent.and_then(|parent| all.get(parent.0 as usize)).copied().unwrap_or(around);
        let is_handler = executable.kind == ExecutableKind::EventHandler;
        let outer = if is_handler && outer != Transaction::Outside { Transaction::Unknown } else { outer };
        let own = Transaction::Inside(Origin { document, executable: id });
        all.push(match (option(project, package, id, executable), outer) {
            (None, _) => Transaction::Unknown,
            (Some(TransactionOption::NotSupported), _) => Transaction::Outside,
            (Some(TransactionOption::Required), Transaction::Outside | Transaction::Unknown) => own,
            (Some(TransactionOption::Supported | TransactionOption::Required), outer) => outer,
        });
    }
    all
}

/// The option of an executable; none when something replaces it at run time.
fn option(project: &Project<'_>, package: &Package<'_>, id: ExecutableId, executable: &Executable<'_>) -> Option<TransactionOption> {
    let written = written(executable);
    if executable.expression("TransactionOption").is_some() {
        return None;
    }
    // Nobody configures the default: not asking keeps large packages cheap.
    let path = || if id == ExecutableId::PACKAGE { "\\Package".to_owned() } else { format!("\\{}", executable.path) };
    let configured = || overrides::configured(project, package, &path(), "TransactionOption").is_some_and(|found| found.is_certain());
    (written == TransactionOption::Supported || !configured()).then_some(written)
}

fn written(executable: &Executable<'_>) -> TransactionOption {
    match executable.properties.number("TransactionOption") {
        Some(0) => TransactionOption::NotSupported,
        Some(2) => TransactionOption::Required,
        _ => TransactionOption::Supported,
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::model::{Properties, Property, Text};

    fn executable(parent: Option<u32>, kind: ExecutableKind, option: &'static str) -> Executable<'static> {
        let option = Property { name: Cow::Borrowed("TransactionOption"), value: Text { value: Cow::Borrowed(option), ..Text::default() } };
        Executable { parent: parent.map(ExecutableId), kind, properties: Properties(vec![option]), ..Executable::default() }
    }

    fn inside(document: usize, executable: u32) -> Transaction {
        Transaction::Inside(Origin { document, executable: ExecutableId(executable) })
    }

    #[test]
    fn options_work_along_the_containers() {
        let kinds = [
            executable(None, ExecutableKind::Package, "1"),
            executable(Some(0), ExecutableKind::Sequence, "2"),
            executable(Some(1), ExecutableKind::ExecuteSql, "1"),
            executable(Some(1), ExecutableKind::ForLoop, "0"),
            executable(Some(3), ExecutableKind::ExecuteSql, "1"),
            executable(Some(3), ExecutableKind::ExecuteSql, "2"),
            executable(Some(1), ExecutableKind::EventHandler, "1"),
            executable(Some(6), ExecutableKind::ExecuteSql, "2"),
            executable(Some(0), ExecutableKind::ExecuteSql, "1"),
        ];
        let package = Package { executables: kinds.to_vec(), ..Package::default() };
        let project = Project::default();
        let (outside, unknown) = (Transaction::Outside, Transaction::Unknown);
        let expected = [outside, inside(3, 1), inside(3, 1), outside, outside, inside(3, 5), unknown, inside(3, 7), outside];
        assert_eq!(of_package(&project, &package, 3, None), expected);
    }

    #[test]
    fn a_package_stands_in_the_transaction_of_its_caller() {
        let required = Package { executables: vec![executable(None, ExecutableKind::Package, "2")], ..Package::default() };
        let cut = Package { executables: vec![executable(None, ExecutableKind::Package, "0")], ..Package::default() };
        let caller = Origin { document: 0, executable: ExecutableId(4) };
        assert_eq!(of_package(&Project::default(), &required, 1, Some(caller)), [Transaction::Inside(caller)]);
        assert_eq!(of_package(&Project::default(), &cut, 1, Some(caller)), [Transaction::Outside]);
    }
}
