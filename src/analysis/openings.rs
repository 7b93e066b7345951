//! Whether something opens the file of a connection manager on the machine that runs the package.

use super::Facts;
use super::connections::{ConnectionUse, User};
use crate::lang::connection_string::server_is_loopback;
use crate::model::{ConnectionManager, Executable, ExecutableId, ExecutableKind};

/// Whether something that uses a connection manager opens its file here. Bulk Insert Tasks into other servers open it there, and flat file sources that are
/// not read leave it closed; other sources open what they are connected to when they validate.
pub(super) fn is_opened<'a>(facts: &Facts<'_, 'a>, manager: &ConnectionManager<'a>) -> bool {
    let connections = facts.connections();
    let mut users = connections.users(manager).filter(|user| user.enabled).peekable();
    let is_flat_file = manager.is("FLATFILE") || manager.is("MULTIFLATFILE");
    let leaves_closed = |user: &ConnectionUse<'_, '_>| is_read_elsewhere(facts, user) || (is_flat_file && is_unread(facts, user));
    connections.is_mentioned(manager) || users.peek().is_none() || users.any(|user| !leaves_closed(user))
}

fn is_read_elsewhere(facts: &Facts<'_, '_>, user: &ConnectionUse<'_, '_>) -> bool {
    executable(facts, user).is_some_and(|(id, executable)| loads_elsewhere(facts, user.document, id, executable))
}

fn is_unread(facts: &Facts<'_, '_>, user: &ConnectionUse<'_, '_>) -> bool {
    let User::Component(_, component) = user.user else { return false };
    let Some((id, executable)) = executable(facts, user).filter(|(_, task)| task.expression("RunInOptimizedMode").is_none()) else { return false };
    executable.data_flow().zip(facts.lineage(user.document, id)).is_some_and(|(flow, lineage)| lineage.is_unread(flow, component))
}

fn executable<'s, 'a>(facts: &Facts<'s, 'a>, user: &ConnectionUse<'_, '_>) -> Option<(ExecutableId, &'s Executable<'a>)> {
    let package = facts.project.documents.get(user.document)?.package()?;
    user.user.executable().map(|id| (id, package.executable(id)))
}

/// Whether it is a Bulk Insert Task into a server that is known to be another machine.
pub(super) fn loads_elsewhere(facts: &Facts<'_, '_>, document: usize, id: ExecutableId, executable: &Executable<'_>) -> bool {
    if executable.kind != ExecutableKind::BulkInsert {
        return false;
    }
    let connections = facts.connections();
    let destination = connections.of_executable(document, id).iter().find(|reference| reference.property == "DestinationConnectionName");
    let manager = destination.and_then(|reference| connections.manager(reference.resolution));
    let server = manager.and_then(|(owner, manager)| facts.endpoint(owner, manager)).and_then(|endpoint| endpoint.server());
    server.is_some_and(|server| !server_is_loopback(&server))
}
