//! `unresolved-connection`: something names a connection manager that does not exist.

use crate::analysis::connections::{ConnectionUse, Resolution, User};
use crate::finding::Severity::Error;
use crate::model::{Executable, ExecutableKind, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0201",
    name: "unresolved-connection",
    category: Category::Connection,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "a task or component names a connection manager that does not exist",
    page: include_str!("../../../rules/unresolved-connection.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let broken = |reference: &&ConnectionUse<'_, '_>| matches!(reference.resolution, Resolution::Missing | Resolution::Deleted);
    let own = scope.facts.connections().of_document(scope.index).iter().filter(|reference| reference.enabled);
    for reference in own.filter(broken).filter(|reference| !is_replaced(package, reference)) {
        sink.report(report(package, reference));
    }
}

/// Whether an expression on the task sets the reference at run time.
fn is_replaced(package: &Package<'_>, reference: &ConnectionUse<'_, '_>) -> bool {
    match reference.user {
        User::Executable(id) => {
            let executable = package.executable(id);
            [reference.property, "Connection", "SmtpConnection", "Source", "Destination", "LocalPath"].iter().any(|name| executable.expression(name).is_some())
        }
        _ => false,
    }
}

fn report(package: &Package<'_>, reference: &ConnectionUse<'_, '_>) -> Report {
    let (object, consequence) = match reference.user {
        User::Executable(id) => {
            let executable = package.executable(id);
            (&*executable.path, format!("the task fails when it is validated ({}, connection not found)", code_of(executable)))
        }
        User::Component(_, component) => {
            (&*component.path, "the data flow fails when it is validated (0xC004800B, 0xC001000E, connection not found)".to_owned())
        }
        User::LogProvider(path) => (path, "the log provider fails (0xC001000E, connection not found)".to_owned()),
        User::Configuration(path) => (path, "the configuration is skipped with a warning (0x80012059), and the package runs with its design values".to_owned()),
    };
    let fault = match reference.resolution {
        Resolution::Deleted => "the connection manager that it used was deleted".to_owned(),
        _ => format!("there is no connection manager `{}` in the package or its project", reference.target),
    };
    Report::new(object, reference.span, format!("{fault}: {consequence}"))
        .property(reference.property)
        .help("select an existing connection manager, or add the missing one")
        .discriminator(reference.property)
}

const fn code_of(executable: &Executable<'_>) -> &'static str {
    match executable.kind {
        ExecutableKind::ExecuteSql => "0xC00291EB",
        ExecutableKind::SendMail => "0xC00291D3",
        ExecutableKind::Ftp => "0xC002F313",
        _ => "0xC001000E",
    }
}
