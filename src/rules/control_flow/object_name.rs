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

/// Longest name of a package.
const LONGEST: usize = 128;

fn check(_: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    for executable in package.executables.iter().filter(|executable| !matches!(executable.kind, ExecutableKind::Package | ExecutableKind::EventHandler)) {
        check_name(&executable.path, &executable.name, sink);
    }
    package.variables().for_each(|variable| check_name(&variable.path, &variable.name, sink));
    package.parameters.iter().for_each(|parameter| check_name(&parameter.path, &parameter.name, sink));
    let length = package.name().value.chars().count();
    if length > LONGEST {
        let message = format!("the name of the package has {length} characters, and may have {LONGEST}: the package does not load (0xC0010006)");
        sink.report(report("Package", package.name(), message));
    }
}

fn check_name(object: &str, name: &Text<'_>, sink: &mut Sink<'_>) {
    if let Some((fault, code)) = fault(name.as_str()) {
        sink.report(report(object, name, format!("the name `{}` {fault}: the package does not load ({code})", name.value)));
    }
}

fn report(object: &str, name: &Text<'_>, message: String) -> Report {
    Report::new(object, name.span, message).property("Name").help("rename it in the designer, which follows the references")
}

/// What is wrong with a name, and the runtime's code for it.
fn fault(name: &str) -> Option<(String, &'static str)> {
    if let Some(character) = name.chars().find(|character| "/\\:[].=".contains(*character)) {
        Some((format!("holds `{character}`"), "0xC001F202"))
    } else if name.chars().any(char::is_control) {
        Some(("holds a control character".to_owned(), "0xC001F203"))
    } else if name.starts_with(char::is_whitespace) {
        Some(("begins with a blank".to_owned(), "0xC001F204"))
    } else {
        name.ends_with(char::is_whitespace).then(|| ("ends with a blank".to_owned(), "0xC001F205"))
    }
}
