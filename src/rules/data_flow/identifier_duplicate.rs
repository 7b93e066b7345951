//! `identifier-duplicate`: ids and names that occur twice where they must not.

use foldhash::{HashSet, HashSetExt};

use crate::finding::Severity::Error;
use crate::model::{Component, DataFlow, ExecutableId, Package};
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink};
use crate::span::Span;

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1003",
    name: "identifier-duplicate",
    category: Category::DataFlow,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "two objects of a data flow have the same id or the same name",
    page: include_str!("../../../rules/identifier-duplicate.md"),
    check: Check::Executable(check),
};

/// Something with an id or a name, in the words of the designer.
#[derive(Clone, Copy)]
struct Item<'f> {
    key: &'f str,
    component: &'f str,
    span: Span,
}

fn check(_: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let Some(flow) = package.executable(id).data_flow().filter(|_| package.is_enabled(id)) else { return };
    sink.report_all(duplicate("id", "0xC0048008", ids(flow)));
    let names = flow.components.iter().map(|component| item(component, component.name.as_str(), component.span));
    sink.report_all(duplicate("name", "0xC0047008", names));
    for component in &flow.components {
        for output in component.outputs.iter().filter(|output| !output.is_error) {
            sink.report_all(duplicate("column name", "0xC0047077", output.columns.iter().map(|column| item(component, &column.name, column.span))));
            sink.report_all(duplicate("lineage id", "0xC004700A", output.columns.iter().map(|column| item(component, &column.lineage, column.span))));
        }
    }
}

fn item<'f>(component: &'f Component<'_>, key: &'f str, span: Span) -> Item<'f> {
    Item { key, component: &component.path, span }
}

/// Everything of a data flow that shares one room of ids.
fn ids<'f>(flow: &'f DataFlow<'_>) -> impl Iterator<Item = Item<'f>> + Clone {
    flow.components.iter().flat_map(|component| {
        let ports = component.inputs.iter().chain(&component.outputs);
        let inside = ports.flat_map(move |port| {
            let columns = port.columns.iter().chain(&port.external_columns).map(move |column| item(component, &column.id, column.span));
            std::iter::once(item(component, &port.id, port.span)).chain(columns)
        });
        std::iter::once(item(component, &component.id, component.span)).chain(inside)
    })
}

/// The first two that have the same key. One pair is enough: a file that was edited by hand may hold thousands.
fn duplicate<'f>(what: &str, code: &str, mut items: impl Iterator<Item = Item<'f>> + Clone) -> Option<Report> {
    // Growing would read all keys again, which are long and lie far apart.
    let mut seen: HashSet<&str> = HashSet::with_capacity(items.clone().count());
    let second = items.clone().find(|item| !item.key.is_empty() && !seen.insert(item.key))?;
    let first = items.find(|item| item.key == second.key)?;
    Some(report(what, code, &first, &second))
}

fn report(what: &str, code: &str, first: &Item<'_>, second: &Item<'_>) -> Report {
    let message = format!("the {what} `{}` occurs more than once: the data flow does not load or validate ({code})", second.key);
    Report::new(second.component, second.span, message)
        .help("delete one of the two in the designer and add it again; do not copy parts of a data flow as text")
        .mention(Mention::new(first.component, first.span, format!("has the same {what}")))
        .discriminator(format!("{what} {}", second.key))
}
