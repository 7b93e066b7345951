//! `empty-container`: a container with nothing in it.

use crate::finding::Severity::Info;
use crate::model::{ExecutableId, ExecutableKind, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0908",
    name: "empty-container",
    category: Category::ControlFlow,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "a loop or sequence has nothing to run",
    page: include_str!("../../../rules/empty-container.md"),
    check: Check::Executable(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let container = package.executable(id);
    let is_container = matches!(container.kind, ExecutableKind::Sequence | ExecutableKind::ForLoop | ExecutableKind::ForEachLoop);
    if is_container && container.children.is_empty() && package.is_enabled(id) && !decides(package, id) {
        let message = format!("`{}` has nothing in it to run", container.name.value);
        sink.report(Report::new(&*container.path, container.span, message).help("delete it, or put into it what it is there for"));
    }
}

/// An empty sequence is a way to hang an expression on a constraint.
fn decides(package: &Package<'_>, id: ExecutableId) -> bool {
    let around = package.executable(id).parent.map(|parent| &package.executable(parent).constraints);
    around.into_iter().flatten().any(|constraint| constraint.expression.is_some() && [constraint.from, constraint.to].contains(&Some(id)))
}
