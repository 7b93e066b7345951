//! `retain-same-connection-off`: each of several tasks opens a session of its own.

use super::retain_advice;
use crate::analysis::connections::ConnectionUse;
use crate::analysis::endpoint::is_sql_server;
use crate::finding::Severity::Info;
use crate::model::{ConnectionManager, ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0204",
    name: "retain-same-connection-off",
    category: Category::Connection,
    severity: Severities::none().on(Target::Agent, Info),
    set: RuleSet::Pedantic,
    summary: "several tasks share a connection manager that opens a new session for each",
    page: include_str!("../../../rules/retain-same-connection-off.md"),
    check: Check::Connection(check),
};

fn check(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    if !is_sql_server(manager) || manager.retain_same_connection().0 {
        return;
    }
    let users: Vec<_> = scope.facts.connections().users(manager).filter(|user| user.enabled).collect();
    let mut executables: Vec<(usize, ExecutableId)> = users.iter().filter_map(|user| Some((user.document, user.user.executable()?))).collect();
    executables.sort_unstable();
    executables.dedup();
    let in_loop = users.iter().any(|user| is_in_loop(scope, user));
    if executables.len() < 2 && !in_loop {
        return;
    }
    let who = if executables.len() < 2 { "a loop uses it".to_owned() } else { format!("{} executables use it", executables.len()) };
    let message = format!(
        "{who}, and with RetainSameConnection off each of them gets a session of its own: temp tables, SET options and open transactions do not carry over"
    );
    sink.report(
        Report::new(&*manager.path, manager.span, message)
            .property("RetainSameConnection")
            .help(format!("leave it off unless tasks must share a session or the server cuts connections off; {}", retain_advice(scope, manager))),
    );
}

fn is_in_loop(scope: &Scope<'_, '_>, user: &ConnectionUse<'_, '_>) -> bool {
    let package = scope.project.documents.get(user.document).and_then(|document| document.package());
    package.zip(user.user.executable()).is_some_and(|(package, id)| has_loop_above(package, id))
}

fn has_loop_above(package: &Package<'_>, id: ExecutableId) -> bool {
    package.ancestors(id).any(|ancestor| package.executable(ancestor).kind.is_loop())
}
