//! `duplicate-object-id`: two objects with one id.

use foldhash::HashMap;

use crate::finding::Severity::Warning;
use crate::model::Package;
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink};
use crate::span::Span;

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1207",
    name: "duplicate-object-id",
    category: Category::Project,
    severity: Severities::new(Warning),
    set: RuleSet::Default,
    summary: "two objects of a package have the same id",
    page: include_str!("../../../rules/duplicate-object-id.md"),
    check: Check::Package(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let executables = package.executables.iter().map(|executable| (&*executable.id, &*executable.path, executable.span));
    let connections = package.connections.iter().map(|manager| (&*manager.id, &*manager.path, manager.span));
    let mut seen: HashMap<&str, (&str, Span)> = HashMap::default();
    for (id, path, span) in executables.chain(connections).filter(|(id, ..)| !id.is_empty()) {
        match seen.get(id) {
            Some((first, place)) => {
                let message = format!("the object has the id of `{first}`: what refers to one of them by its id may get the other");
                let report = Report::new(path, span, message).property("ID").mention(Mention::new(*first, *place, "has the same id"));
                sink.report(report.help("delete one of them and draw it again in the designer"));
            }
            None => drop(seen.insert(id, (path, span))),
        }
    }
}
