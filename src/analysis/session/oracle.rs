//! Whether `RetainSameConnection` can be switched on without harm.

use std::collections::BTreeSet;

use super::{Trace, changing_inputs};
use crate::analysis::Facts;
use crate::analysis::connections::{ConnectionUse, User};
use crate::analysis::endpoint::is_sql_server;
use crate::analysis::overlap::pairs::{MAX_COMPARED, Place};
use crate::analysis::statements::Statement;
use crate::analysis::transactions::Transaction;
use crate::model::{ConnectionManager, ExecutableId, Package};

/// Why it would not be harmless, in words; none when it is. A transaction that one user begins and another one ends, and a temporary table that one
/// makes for others, are what it is switched on for: no objections.
///
/// Cautious: what cannot be seen (a script that names the connection, a text that an expression gives) is an objection.
#[must_use]
pub(in crate::analysis) fn objection(facts: &Facts<'_, '_>, document: usize, manager: &ConnectionManager<'_>) -> Option<String> {
    if !is_sql_server(manager) || !(manager.is("OLEDB") || manager.is("ADO.NET")) {
        return Some("only of OLE DB and ADO.NET connections to SQL Server is it known to work".to_owned());
    }
    if facts.connections().is_mentioned(manager) {
        return Some("a script or an expression names the connection, and what it does with it is not known".to_owned());
    }
    let uses: Vec<_> = facts.connections().users(manager).filter(|user| user.enabled).collect();
    if let Some(serving) = uses.iter().find_map(|user| serving_package(user.user)) {
        return Some(serving);
    }
    let using = uses.first()?.document;
    let package = facts.project.documents.get(using)?.package()?;
    if uses.iter().any(|user| user.document != using) {
        return Some("several packages use it".to_owned());
    }
    let users = Users { facts, package, document: using, manager, uses };
    users.overlap().or_else(|| users.transaction()).or_else(|| changing_string(facts, document, manager)).or_else(|| users.state())
}

fn serving_package(user: User<'_, '_>) -> Option<String> {
    match user {
        User::LogProvider(_) => Some("a log provider writes through it while tasks run".to_owned()),
        User::Configuration(_) => Some("a package configuration is read through it".to_owned()),
        User::Executable(_) | User::Component(..) => None,
    }
}

fn changing_string(facts: &Facts<'_, '_>, document: usize, manager: &ConnectionManager<'_>) -> Option<String> {
    let input = changing_inputs(facts, document, manager).first().map(|input| input.variable.qualified_name())?;
    Some(format!("it connects to what `{input}` says at that time, which changes while the package runs"))
}

/// Those who would share the session.
struct Users<'f, 's, 'a> {
    facts: &'f Facts<'s, 'a>,
    package: &'f Package<'f>,
    document: usize,
    manager: &'f ConnectionManager<'f>,
    uses: Vec<&'f ConnectionUse<'f, 'f>>,
}

impl<'f, 's, 'a> Users<'f, 's, 'a> {
    fn executable(&self, user: usize) -> ExecutableId {
        self.uses.get(user).and_then(|user| user.user.executable()).unwrap_or_default()
    }

    fn overlap(&self) -> Option<String> {
        if self.uses.len() > MAX_COMPARED {
            return Some("it has too many users to compare each with each".to_owned());
        }
        let executables: Vec<_> = (0..self.uses.len()).map(|user| self.executable(user)).collect();
        let component = |user: usize| matches!(self.uses[user].user, User::Component(..));
        let overlap = self.facts.overlap(self.document)?;
        let meeting = overlap.first_meeting(&executables, |left, right| executables[left] != executables[right] || (component(left) && component(right)))?;
        let name = |id: ExecutableId| self.package.executable(id).name.as_str();
        Some(match meeting.place {
            Place::DataFlow => format!("several components of `{}` use it at the same time", name(executables[meeting.left])),
            Place::Container { .. } => format!("`{}` and `{}` may use it at the same time", name(executables[meeting.left]), name(executables[meeting.right])),
        })
    }

    fn transaction(&self) -> Option<String> {
        let transactions = self.facts.transactions();
        let user = (0..self.uses.len()).map(|user| self.executable(user)).find(|id| transactions.of(self.document, *id) != Transaction::Outside)?;
        Some(format!("`{}` takes part in a distributed transaction (0xC001A003, 0xC001A004)", self.package.executable(user).name.as_str()))
    }

    /// Statements on the connection manager, with what they do.
    fn statements(&self) -> impl Iterator<Item = (&'f Statement<'s, 'a>, &'f Trace)> {
        let all = self.facts.statements(self.document).iter().zip(self.facts.traces(self.document));
        let manager = std::ptr::from_ref(self.manager);
        all.filter(move |(statement, _)| statement.connection.is_some_and(|(_, used)| std::ptr::eq(used, manager)))
    }

    fn state(&self) -> Option<String> {
        let is_known = |statement: &Statement<'_, '_>| statement.is_table || !statement.is_snapshot;
        let known: BTreeSet<_> = self.statements().filter(|(statement, _)| is_known(statement)).map(|(statement, _)| statement.object).collect();
        if let Some(hidden) = self.uses.iter().find_map(|user| self.hidden(user, &known)) {
            return Some(format!("what `{hidden}` sends is only known when it runs"));
        }
        self.statements().find_map(|(statement, trace)| self.left_by(statement, trace))
    }

    /// The name of a user whose text is not at hand.
    fn hidden(&self, user: &ConnectionUse<'f, 'f>, known: &BTreeSet<&str>) -> Option<&'f str> {
        let (path, name) = match user.user {
            User::Executable(id) => (&self.package.executable(id).path, &self.package.executable(id).name),
            User::Component(_, component) => (&component.path, &component.name),
            User::LogProvider(_) | User::Configuration(_) => return None,
        };
        (!known.contains(&**path)).then_some(name.as_str())
    }

    /// What a statement leaves to users that it has nothing to do with.
    fn left_by(&self, statement: &Statement<'_, '_>, trace: &Trace) -> Option<String> {
        let name = self.package.executable(statement.executable).name.as_str();
        if let Some(setting) = trace.setting.as_ref().filter(|_| self.uses.len() > 1) {
            return Some(format!("`{name}` leaves `{setting}` behind for the users after it"));
        }
        if trace.transactions.leaves_open() && !self.is_ended_later(statement) {
            return Some(format!("`{name}` leaves a transaction open that no other user of the connection ends"));
        }
        let table = trace.leaves.iter().find(|table| self.is_made_again(statement, table))?;
        Some(format!("`{table}` would still be there when it is created again (error 2714, \"There is already an object named\")"))
    }

    fn is_ended_later(&self, statement: &Statement<'_, '_>) -> bool {
        let Some(overlap) = self.facts.overlap(self.document) else { return false };
        self.statements().any(|(other, trace)| trace.transactions.ends_anothers() && overlap.may_precede(statement.executable, other.executable))
    }

    /// Whether the table is created by another statement too, or in a loop.
    fn is_made_again(&self, statement: &Statement<'_, '_>, table: &str) -> bool {
        let in_loop = self.package.ancestors(statement.executable).any(|id| self.package.executable(id).kind.is_loop());
        in_loop || self.statements().any(|(other, trace)| other.object != statement.object && trace.leaves.iter().any(|name| name == table))
    }
}
