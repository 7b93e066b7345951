//! `unused-connection`: a leftover.

use crate::finding::Confidence;
use crate::finding::Severity::Info;
use crate::model::{ConnectionManager, Package, Task};
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
    check: Check::Connection(check),
};

fn check(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    let connections = scope.facts.connections();
    let package = scope.document.package();
    // Another package may use what belongs to the project, and a part gets its users where it is inserted.
    let knows_all = package.map_or(scope.project.complete, |package| !package.is_part);
    if !knows_all || manager.encrypted || connections.is_used(manager) || package.is_some_and(|package| may_name(package, manager)) {
        return;
    }
    let by_disabled = connections.users(manager).next().is_some();
    let message = match (by_disabled, package.is_some()) {
        (true, _) => "only what is disabled uses it",
        (false, true) => "nothing in the package uses it",
        (false, false) => "no package of the project uses it",
    };
    sink.report(
        Report::new(&*manager.path, manager.span, format!("{message}: it is one more server, file or password to look after"))
            .confidence(Confidence::Medium)
            .help("delete it, unless a script finds it by a name that is put together"),
    );
}

/// Whether something may name it in a way that is not seen: a script that puts names together, a variable that holds its id or name.
fn may_name(package: &Package<'_>, manager: &ConnectionManager<'_>) -> bool {
    let holds = |value: &str| value.eq_ignore_ascii_case(&manager.id) || value == manager.name.as_str();
    let by_variable = package.variables().filter_map(|variable| variable.value.as_ref()).any(|value| holds(value.value.trim()));
    let tasks = package.executables.iter().filter_map(|executable| match &executable.task {
        Task::Script(script) => Some(&script.items),
        _ => None,
    });
    by_variable || tasks.flatten().any(|item| computes_name(item.source.as_str()))
}

fn computes_name(source: &str) -> bool {
    ["Connections[", "Connections("].iter().any(|call| source.split(call).skip(1).any(|rest| !rest.trim_start().starts_with(['"', '@'])))
}
