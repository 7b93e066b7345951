//! What is done with a connection or a path: read, written, or what else.

use std::collections::BTreeSet;

use super::builder::Source;
use crate::analysis::connections::{ConnectionUse, User};
use crate::model::{Component, ConnectionManager, Executable, ExecutableKind as Kind};

/// What the requested packages do with a connection.
pub(super) fn of_connection<'a>(source: &Source<'_, 'a>, manager: &ConnectionManager<'a>) -> BTreeSet<&'static str> {
    let users = source.facts.connections().users(manager).filter(|user| user.enabled && source.document(user.document).requested);
    let mut words: BTreeSet<&'static str> = users.map(|user| of_use(source, user)).collect();
    if words.is_empty() {
        words.insert("named by a task, a script or an expression");
    }
    words
}

fn of_use(source: &Source<'_, '_>, user: &ConnectionUse<'_, '_>) -> &'static str {
    match user.user {
        User::Component(_, component) => of_component(component),
        User::LogProvider(_) => "log written",
        User::Configuration(_) => "configurations read",
        User::Executable(id) => {
            let package = source.document(user.document).package();
            package.map_or("used", |package| of_task(package.executable(id), user.property))
        }
    }
}

/// A source has no input, a destination no output but that for errors.
pub(super) fn of_component(component: &Component<'_>) -> &'static str {
    if component.inputs.is_empty() {
        "read"
    } else if component.outputs.iter().all(|output| output.is_error) {
        "written"
    } else if component.is("OLEDBCommand") {
        "statements"
    } else {
        "read"
    }
}

/// What a task does with the connection or path in one of its settings.
pub(super) fn of_task(executable: &Executable<'_>, property: &str) -> &'static str {
    let is_target = ["Dest", "TaskDestination", "Output", "DiffGram"].iter().any(|start| property.starts_with(start));
    match (executable.kind, property) {
        (Kind::ExecuteSql, "Connection") | (Kind::AsExecuteDdl | Kind::DataMiningQuery, _) => "statements",
        (Kind::Maintenance, _) => "maintenance",
        (Kind::AsProcessing, _) => "processing",
        (Kind::BulkInsert, "SourceConnectionName" | "FormatFile") => "read by the database server (bulk insert)",
        (Kind::BulkInsert, _) => "written",
        (Kind::FileSystem, _) => of_file_system(executable, is_target),
        (Kind::Ftp, "ConnectionName") => "files transferred",
        (Kind::Ftp, _) if executable.settings.text("TaskOperationType").eq_ignore_ascii_case("Send") => "read",
        (Kind::Ftp, _) => "written",
        (Kind::SendMail, "SMTPServer") => "mail sent",
        (Kind::WebService, "ConnectionName") => "called",
        (Kind::WmiDataReader | Kind::WmiEventWatcher, "WMIConnectionName") => "queried",
        (_, "CheckpointFileName") => "written",
        (_, "WorkingDirectory") => "working folder",
        _ if is_target => "written",
        _ => "read",
    }
}

/// The source of an operation that moves or deletes is written too.
fn of_file_system(executable: &Executable<'_>, is_target: bool) -> &'static str {
    let operation = executable.settings.get("TaskOperationType").map_or("CopyFile", |text| text.as_str());
    match operation {
        _ if is_target => "written",
        "CopyFile" | "CopyDirectory" => "read",
        "CreateDirectory" => "created",
        "MoveFile" | "MoveDirectory" | "RenameFile" => "moved away",
        "SetAttributes" => "attributes set",
        _ => "deleted",
    }
}
