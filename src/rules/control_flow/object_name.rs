//! `object-name`: a name that the runtime does not take.

use crate::finding::Severity::Error;
use crate::model::{ExecutableKind, Package, Text};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0921",
    name: "object-name",
    category: Category::ControlFlow,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "a name has characters that names must not have",
    page: include_str!("../../../rules/object-name.md"),
    check: Check::Package(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    for executable in package.executables.iter().filter(|executable| !matches!(executable.kind, ExecutableKind::Package | ExecutableKind::EventHandler)) {
        check_name(&executable.path, &executable.name, sink);
    }
    package.variables().for_each(|variable| check_name(&variable.path, &variable.name, sink));
    package.parameters.iter().for_each(|parameter| check_name(&parameter.path, &parameter.name, sink));
}

fn check_name(object: &str, name: &Text<'_>, sink: &mut Sink<'_>) {
    let Some(fault) = fault(name.as_str()) else { return };
    let message = format!("the name `{}` {fault}: the package does not load (0xC001F203, 0xC0010006)", name.value);
    sink.report(Report::new(object, name.span, message).property("Name").help("rename it in the designer, which follows the references"));
}

fn fault(name: &str) -> Option<String> {
    if let Some(character) = name.chars().find(|character| "/\\:[].=".contains(*character)) {
        return Some(format!("holds `{character}`"));
    }
    if name.chars().any(char::is_control) {
        return Some("holds a control character".to_owned());
    }
    (name.trim() != name).then(|| "begins or ends with a blank".to_owned())
}
