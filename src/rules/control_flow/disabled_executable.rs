//! `disabled-executable`: what is switched off and stays in the package.

use crate::finding::Severity::Info;
use crate::model::{ExecutableId, Package};
use crate::rules::words::listed_up_to;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0907",
    name: "disabled-executable",
    category: Category::ControlFlow,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "executables are disabled",
    page: include_str!("../../../rules/disabled-executable.md"),
    check: Check::Package(check),
};

/// Names in a message.
const SHOWN: usize = 5;

fn check(_: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let disabled: Vec<_> = package.executables().filter(|(id, _)| is_switched_off(package, *id)).map(|(_, executable)| executable).collect();
    let Some(first) = disabled.first() else { return };
    let names: Vec<_> = disabled.iter().map(|executable| executable.name.as_str()).collect();
    let message = format!("disabled and never run: {}; constraints take them for successful", listed_up_to(SHOWN, &names));
    sink.report(Report::new(&*first.path, first.span, message).property("Disable").help("delete what is no longer needed; source control remembers it"));
}

/// Whether it is disabled itself, and not merely inside of something that is.
fn is_switched_off(package: &Package<'_>, id: ExecutableId) -> bool {
    !package.is_enabled(id) && package.executable(id).parent.is_none_or(|parent| package.is_enabled(parent))
}
