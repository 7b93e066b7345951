//! `file-name-invalid`: a path that no file can have.

use crate::analysis::connections::ConnectionUse;
use crate::analysis::overrides::{self, ENDPOINT};
use crate::finding::Severity::Error;
use crate::lang::secret::is_placeholder;
use crate::lang::windows_path::{self, PathKind};
use crate::model::ConnectionManager;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};
use crate::span::Span;

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0304",
    name: "file-name-invalid",
    category: Category::Path,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "the path of a file connection is empty, or not one that a file can have",
    page: include_str!("../../../rules/file-name-invalid.md"),
    check: Check::Connection(check),
};

fn check(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    let single = ["FILE", "FLATFILE", "EXCEL"].iter().any(|kind| manager.is(kind));
    if !single || manager.encrypted || !scope.facts.connections().is_used(manager) {
        return;
    }
    let Some(endpoint) = scope.facts.endpoint(scope.index, manager) else { return check_empty(scope, manager, sink) };
    if endpoint.replaced.is_some() {
        return;
    }
    // One file, whatever bars its path holds.
    let paths = if manager.is("EXCEL") { endpoint.files(manager) } else { vec![endpoint.text.trim().to_owned()] };
    for path in paths {
        if let Some((message, severities)) = fault(&path) {
            sink.report(
                Report::new(&*manager.path, endpoint.span, message)
                    .property(endpoint.property)
                    .severity(severities)
                    .help("write the whole path, and on Azure the full name of the host, as `account.file.core.windows.net`"),
            );
        }
    }
}

/// A path that is neither written nor computed. A manager or user with DelayValidation may get it from a script first.
fn check_empty(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    let replaced = overrides::of_connection(scope.project, scope.document.package(), manager, &ENDPOINT);
    let empty = manager.connection_string().is_none_or(|text| text.is_blank());
    if !empty || replaced.is_some() || manager.delay_validation() || !is_validated_at_start(scope, manager) {
        return;
    }
    let span = manager.connection_string().map_or(manager.span, |text| text.span);
    sink.report(empty_path(manager, span));
}

fn empty_path(manager: &ConnectionManager<'_>, span: Span) -> Report {
    let message = "its path is empty, and no expression or configuration sets it: the package fails at validation with 0xC001401E \"The file name specified in the connection was not \
                   valid\" (0xC001401D)";
    Report::new(&*manager.path, span, message).property("ConnectionString").help(
        "write a path that exists where the package is validated; if a script sets it, set DelayValidation of the connection manager and of its users to True",
    )
}

/// Whether something opens it when the package is validated: without DelayValidation on itself and around it.
fn is_validated_at_start(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>) -> bool {
    let package = |reference: &ConnectionUse<'_, '_>| scope.project.documents.get(reference.document).and_then(|document| document.package());
    let delayed = |reference: &ConnectionUse<'_, '_>| {
        package(reference)
            .zip(reference.user.executable())
            .is_none_or(|(package, id)| package.ancestors(id).any(|ancestor| package.executable(ancestor).properties.flag("DelayValidation", false)))
    };
    scope.facts.connections().users(manager).any(|reference| reference.enabled && !delayed(reference))
}

/// What is wrong with a path, and where.
fn fault(path: &str) -> Option<(String, Severities)> {
    if is_placeholder(path) {
        return None;
    }
    match windows_path::classify(path) {
        PathKind::Url | PathKind::Device => None,
        _ if windows_path::has_invalid_characters(path) => Some((
            format!(
                "`{path}` holds a character that no file name may have: it fails with 0xC001401E \"The file name specified in the connection was not valid\""
            ),
            RULE.severity,
        )),
        PathKind::Unc { host, .. } if !host.contains('.') => Some((
            format!(
                "the runtime in Azure does not find the host `{host}` by its short name: it fails with 0xC001401E \"The file name specified in the connection was not valid\""
            ),
            Severities::none().on(Target::AzureSsis, Error),
        )),
        PathKind::Unc { host, .. } if is_wrong_azure_host(host) => Some((
            format!("`{host}` is no host of Azure Files, which are called `account.file.core.windows.net`: it fails with 0xC001401E"),
            Severities::none().on(Target::AzureSsis, Error),
        )),
        _ => None,
    }
}

fn is_wrong_azure_host(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    host.strip_suffix("core.windows.net").is_some_and(|rest| !rest.strip_suffix(".file.").is_some_and(|account| !account.is_empty() && !account.contains('.')))
}
