//! `file-name-invalid`: a path that no file can have.

use crate::analysis::connections::ConnectionUse;
use crate::analysis::endpoint::Endpoint;
use crate::analysis::overrides::{self, ENDPOINT};
use crate::finding::Confidence;
use crate::finding::Severity::{Error, Warning};
use crate::lang::secret::is_placeholder;
use crate::lang::windows_path::{self, PathKind};
use crate::model::ConnectionManager;
use crate::rules::connection::is_validated_late;
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

const NOT_VALID: &str = "it fails with 0xC001401E \"The file name specified in the connection was not valid\" (0xC001401D)";

fn check(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    let single = ["FILE", "FLATFILE", "EXCEL"].iter().any(|kind| manager.is(kind));
    if !single || manager.encrypted || !scope.facts.connections().is_used(manager) {
        return;
    }
    match scope.facts.endpoint(scope.index, manager) {
        Some(endpoint) if endpoint.replaced.is_some() => {}
        Some(endpoint) if endpoint.text.trim().is_empty() => check_empty(scope, manager, Some(endpoint.span), sink),
        Some(endpoint) => check_path(manager, &endpoint, sink),
        None => check_empty(scope, manager, None, sink),
    }
}

fn check_path(manager: &ConnectionManager<'_>, endpoint: &Endpoint<'_>, sink: &mut Sink<'_>) {
    // It opens one file, whatever bars its path holds.
    let paths = if manager.is("EXCEL") { endpoint.files(manager) } else { vec![endpoint.text.trim().to_owned()] };
    for (message, severities) in paths.iter().filter_map(|path| fault(path)) {
        sink.report(
            Report::new(&*manager.path, endpoint.span, message)
                .property(endpoint.property)
                .severity(severities)
                .help("write the whole path, and on Azure the full name of the host, as `account.file.core.windows.net`"),
        );
    }
}

/// What is wrong with a path, and how bad it is where.
fn fault(path: &str) -> Option<(String, Severities)> {
    let on_azure = Severities::none().on(Target::AzureSsis, Error);
    match windows_path::classify(path) {
        _ if is_placeholder(path) => None,
        PathKind::Url | PathKind::Device => None,
        _ if windows_path::has_invalid_characters(path) => Some((format!("`{path}` holds a character that no file name may have: {NOT_VALID}"), RULE.severity)),
        PathKind::Unc { host, .. } if !host.contains('.') => {
            Some((format!("the runtime in Azure does not find the host `{host}` by its short name: {NOT_VALID}"), on_azure))
        }
        PathKind::Unc { host, .. } if is_wrong_azure_host(host) => {
            Some((format!("`{host}` is no host of Azure Files, which are called `account.file.core.windows.net`: {NOT_VALID}"), on_azure))
        }
        _ => None,
    }
}

fn is_wrong_azure_host(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    let is_share = |rest: &str| rest.strip_suffix(".file.").is_some_and(|account| !account.is_empty() && !account.contains('.'));
    host.strip_suffix("core.windows.net").is_some_and(|rest| !is_share(rest))
}

/// A path that is nowhere: neither written nor computed, or computed from what is empty. With DelayValidation a script may set it first.
fn check_empty(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, expression: Option<Span>, sink: &mut Sink<'_>) {
    let is_set = || overrides::of_connection(scope.project, scope.document.package(), manager, &ENDPOINT).is_some();
    let written = manager.connection_string().filter(|text| !text.is_blank());
    let empty = expression.is_some() || (written.is_none() && !is_set());
    if !empty || manager.delay_validation() || !is_validated_at_start(scope, manager) {
        return;
    }
    // The job may set the variables of an expression.
    let (by, limit, confidence) = match expression {
        Some(_) => ("its expression gives no path, and nothing in the package changes that", Warning, Confidence::Medium),
        None => ("its path is empty, and no expression or configuration sets it", Error, Confidence::High),
    };
    sink.report(
        Report::new(&*manager.path, expression.unwrap_or(manager.span), format!("{by}: when the package is validated {NOT_VALID}"))
            .property("ConnectionString")
            .severity(RULE.severity.at_most(limit))
            .confidence(confidence)
            .help("write a path that exists where the package is validated, or set DelayValidation of the connection manager and of its users to True"),
    );
}

/// Whether something opens it when the package is validated: without DelayValidation on itself and around it.
fn is_validated_at_start(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>) -> bool {
    let package = |reference: &ConnectionUse<'_, '_>| scope.project.documents.get(reference.document).and_then(|document| document.package());
    let mut users = scope.facts.connections().users(manager).filter(|reference| reference.enabled);
    users.any(|reference| package(reference).zip(reference.user.executable()).is_some_and(|(package, id)| !is_validated_late(package, id)))
}
