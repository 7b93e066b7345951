//! `variable-expression-recursion`: a variable that needs its own value.

use crate::analysis::circles;
use crate::analysis::references::{ExpressionKind, Place, Reference, References, Resolution};
use crate::finding::Severity::{Error, Warning};
use crate::model::{Package, Variable};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};
use std::collections::{BTreeMap, BTreeSet};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0420",
    name: "variable-expression-recursion",
    category: Category::Configuration,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "the expression of a variable refers to itself",
    page: include_str!("../../../rules/variable-expression-recursion.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let Some(references) = scope.facts.references(scope.index) else { return };
    let edges: BTreeSet<(&str, &str)> = references.entries.iter().filter_map(needs).collect();
    let left = circles::of(&edges);
    if left.is_empty() {
        return;
    }
    let ways: BTreeMap<&str, &str> = left.iter().copied().collect();
    for variable in package.variables() {
        if let Some(by) = ways.get(variable.path.as_str()) {
            sink.report(report(references, variable, by));
        }
    }
}

/// The variable whose expression it stands in, and the one that it names.
fn needs<'r>(entry: &'r Reference<'_, '_>) -> Option<(&'r str, &'r str)> {
    match entry.resolution {
        Resolution::Variable(target) if entry.place == Place::Expression(ExpressionKind::Variable) => Some((entry.object, target.path.as_str())),
        _ => None,
    }
}

fn report(references: &References<'_, '_>, variable: &Variable<'_>, by: &str) -> Report {
    let name = variable.qualified_name();
    let way = if by == variable.path { String::new() } else { format!(", by way of `{}`", by.rsplit('[').next().unwrap_or(by).trim_end_matches(']')) };
    let message = format!("the expression of `{name}` refers to itself{way}: it has no value, and what reads it fails (0xC0019004)");
    let span = variable.expression.as_ref().map_or(variable.span, |expression| expression.span);
    let report = Report::new(&*variable.path, span, message)
        .property("Expression")
        .help("take the variable out of its own expression; let a task change it, or keep the parts in other variables");
    let is_read =
        references.of_variable(variable).any(|entry| entry.enabled && entry.access.reads() && entry.place != Place::Expression(ExpressionKind::Variable));
    if is_read { report } else { report.severity(RULE.severity.at_most(Warning)) }
}
