//! `integrated-security`: Windows logins, one finding for each package.

use crate::finding::Confidence;
use crate::finding::Severity::{Error, Info, Warning};
use crate::lang::connection_string::{Authentication, Dialect};
use crate::model::{ConnectionManager, DocumentKind};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};
use crate::span::Span;

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0219",
    name: "integrated-security",
    category: Category::Connection,
    severity: Severities::none().on(Target::Agent, Info).on(Target::AzureSsis, Warning).on(Target::Fabric, Error),
    set: RuleSet::Pedantic,
    summary: "connections log in as the Windows account that runs the package",
    page: include_str!("../../../rules/integrated-security.md"),
    check: Check::Document(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    let (object, managers) = match &scope.document.kind {
        DocumentKind::Package(package) => ("Package", package.connections.as_slice()),
        DocumentKind::ConnectionManager(manager) => (&*manager.path, std::slice::from_ref(&**manager)),
        _ => return,
    };
    let found: Vec<_> = managers.iter().filter_map(|manager| Some((manager.name.as_str(), integrated(scope, manager)?))).collect();
    let Some((_, span)) = found.first() else { return };
    let names: Vec<_> = found.iter().map(|(name, _)| format!("`{name}`")).collect();
    let verb = if names.len() == 1 { "logs in" } else { "log in" };
    let message = format!(
        "{} {verb} as the Windows account that runs the package, not as its author: without rights for that account the login fails (0x80040E4D, \
         `NT AUTHORITY\\ANONYMOUS LOGON`)",
        names.join(", ")
    );
    sink.report(
        Report::new(object, *span, message).property("ConnectionString").confidence(Confidence::Medium).help(
            "give the account of the job step, a proxy or the runtime's execution credential its rights on the database; in Azure use a managed identity",
        ),
    );
}

fn integrated(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>) -> Option<Span> {
    let text = scope.facts.connection_text(scope.index, manager, &["UserName", super::MANAGED_IDENTITY])?;
    let string = text.read();
    let database = string.dialect() != Dialect::Plain && !super::uses_managed_identity(manager);
    (database && string.authentication() == Authentication::Integrated).then_some(text.span)
}
