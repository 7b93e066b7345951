//! `unused-connection`: a leftover.

use foldhash::HashSet;

use crate::analysis::script_connections::ScriptConnections;
use crate::finding::Confidence;
use crate::finding::Severity::Info;
use crate::model::{ConnectionManager, DocumentKind, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0225",
    name: "unused-connection",
    category: Category::Connection,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "a connection manager that nothing uses",
    page: include_str!("../../../rules/unused-connection.md"),
    check: Check::Document(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    match &scope.document.kind {
        DocumentKind::Package(package) if !package.is_part => check_package(scope, package, sink),
        // Another package may use what belongs to the project.
        DocumentKind::ConnectionManager(manager) if scope.project.complete => check_connection(scope, manager, "no package of the project uses it", sink),
        _ => {}
    }
}

fn check_package(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let unused: Vec<_> = package.connections.iter().filter(|manager| !scope.facts.connections().is_used(manager)).collect();
    if unused.is_empty() {
        return;
    }
    let scripts = ScriptConnections::of_package(package);
    let values: HashSet<String> = package.variables().filter_map(|variable| Some(variable.value.as_ref()?.value.trim().to_uppercase())).collect();
    // A task or script may find it by its id or name in a variable.
    let may_name = |manager: &ConnectionManager<'_>| {
        scripts.may_name(manager.name.as_str()) || [&*manager.id, manager.name.as_str()].iter().any(|key| values.contains(&key.to_uppercase()))
    };
    for manager in unused.into_iter().filter(|manager| !may_name(manager)) {
        check_connection(scope, manager, "nothing in the package uses it", sink);
    }
}

fn check_connection(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, nothing: &str, sink: &mut Sink<'_>) {
    let connections = scope.facts.connections();
    if manager.encrypted || connections.is_used(manager) {
        return;
    }
    let what = if connections.users(manager).next().is_some() { "only what is disabled uses it" } else { nothing };
    sink.report(
        Report::new(&*manager.path, manager.span, format!("{what}: it is one more server, file or password to look after"))
            .confidence(Confidence::Medium)
            .help("delete it, unless a script finds it by a name that is put together"),
    );
}
