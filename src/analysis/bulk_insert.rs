//! Files of Bulk Insert Tasks: the database server opens them, on its own machine.

use super::Facts;
use super::connections::User;
use crate::lang::connection_string::server_is_loopback;
use crate::model::{ConnectionManager, Executable, ExecutableId, ExecutableKind};

/// Whether nothing opens the file of a connection manager but database servers on other machines than that which runs the package.
pub(super) fn is_only_read_elsewhere<'a>(facts: &Facts<'_, 'a>, manager: &ConnectionManager<'a>) -> bool {
    let connections = facts.connections();
    let mut users = connections.users(manager).filter(|user| user.enabled).peekable();
    let elsewhere = |document: usize, user: &User<'_, '_>| {
        let package = facts.project.documents.get(document).and_then(|document| document.package());
        let executable = user.executable().zip(package).map(|(id, package)| (id, package.executable(id)));
        executable.is_some_and(|(id, executable)| loads_elsewhere(facts, document, id, executable))
    };
    users.peek().is_some() && !connections.is_mentioned(manager) && users.all(|user| elsewhere(user.document, &user.user))
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
