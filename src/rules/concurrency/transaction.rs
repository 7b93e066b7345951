//! How rules speak of the transaction that an executable works in.

use crate::analysis::connections::{ConnectionUse, User};
use crate::analysis::transactions::Origin;
use crate::model::{Component, Executable, ExecutableId, Package};
use crate::rules::{Mention, Report, Scope};
use crate::span::Span;

/// A report that shows where the transaction starts.
pub(in crate::rules) fn with_start(report: Report, scope: &Scope<'_, '_>, origin: Origin) -> Report {
    let Some((_, starter)) = starter(scope, origin) else { return report };
    report.mention(Mention::new(&*starter.path, span_of_option(starter), "starts the transaction").in_document(origin.document))
}

/// The transaction in the words of a message.
pub(in crate::rules) fn name(scope: &Scope<'_, '_>, origin: Origin) -> String {
    let Some((package, starter)) = starter(scope, origin) else { return "a transaction".to_owned() };
    let name = starter.name.as_str();
    match (origin.document == scope.index, origin.executable == ExecutableId::PACKAGE) {
        (true, true) => "the transaction of the package".to_owned(),
        (true, false) => format!("the transaction of `{name}`"),
        (false, true) => format!("the transaction of the package `{name}`, which calls this one"),
        (false, false) => format!("the transaction of `{name}` in the package `{}`, which calls this one", package.name().as_str()),
    }
}

fn starter<'s, 'a>(scope: &Scope<'s, 'a>, origin: Origin) -> Option<(&'s Package<'a>, &'s Executable<'a>)> {
    let package = scope.project.documents.get(origin.document)?.package()?;
    Some((package, package.executable(origin.executable)))
}

/// Where an executable says what it does about transactions.
pub(in crate::rules) fn span_of_option(executable: &Executable<'_>) -> Span {
    executable.properties.get("TransactionOption").map_or(executable.span, |option| option.span)
}

/// Path, name and place of a task or component that uses a connection.
pub(in crate::rules) fn user<'s>(package: &'s Package<'_>, reference: &ConnectionUse<'s, '_>) -> Option<(&'s str, &'s str, Span)> {
    match reference.user {
        User::Executable(id) => Some(package.executable(id)).map(|task| (&*task.path, task.name.as_str(), task.span)),
        User::Component(_, component) => Some((&component.path, component.name.as_str(), component.span)),
        User::LogProvider(_) | User::Configuration(_) => None,
    }
}

/// Whether a component may change what it is connected to: destinations, which pass on nothing but failed rows, and commands.
pub(super) fn writes(component: &Component<'_>) -> bool {
    component.is("OLEDBCommand") || (!component.inputs.is_empty() && component.outputs.iter().all(|output| output.is_error))
}
