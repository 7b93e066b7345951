//! `flat-file-column-mismatch`: a flat file component that disagrees with its connection manager.

use std::collections::BTreeSet;

use super::columns::is_any;
use crate::analysis::connections::User;
use crate::finding::Severity::Error;
use crate::model::{Component, ConnectionManager, Package, Port};
use crate::rules::words::listed;
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1011",
    name: "flat-file-column-mismatch",
    category: Category::DataFlow,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "a flat file component has other columns than its connection manager",
    page: include_str!("../../../rules/flat-file-column-mismatch.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, _: &Package<'_>, sink: &mut Sink<'_>) {
    let connections = scope.facts.connections();
    for reference in connections.of_document(scope.index).iter().filter(|reference| reference.enabled) {
        let User::Component(_, component) = reference.user else { continue };
        if !is_any(component, &["FlatFileSource", "FlatFileDestination"]) || !component.validate_external_metadata {
            continue;
        }
        if let Some((document, manager)) = connections.manager(reference.resolution) {
            let faults = [column_fault(component, manager), locale_fault(component, manager)];
            for (fault, code) in faults.into_iter().flatten() {
                sink.report(report(component, manager, document, &fault, code));
            }
        }
    }
}

/// The port with the columns of the file.
fn port<'c, 'a>(component: &'c Component<'a>) -> Option<&'c Port<'a>> {
    component.inputs.first().or_else(|| component.outputs.iter().find(|output| !output.is_error)).filter(|port| port.uses_external_columns)
}

/// The same names in another order are common and do no harm.
fn column_fault(component: &Component<'_>, manager: &ConnectionManager<'_>) -> Option<(String, &'static str)> {
    let port = port(component).filter(|_| !manager.columns.is_empty())?;
    let own: BTreeSet<&str> = port.external_columns.iter().map(|column| &*column.name).collect();
    let file: BTreeSet<&str> = manager.columns.iter().map(|column| column.text("ObjectName")).collect();
    let only = |left: &BTreeSet<&str>, right: &BTreeSet<&str>| listed(&left.difference(right).copied().collect::<Vec<_>>());
    if port.external_columns.len() != manager.columns.len() {
        return Some((format!("has {} columns, and the connection manager {}", port.external_columns.len(), manager.columns.len()), "0xC020820A"));
    }
    (own != file).then(|| (format!("has {} where the connection manager has {}", only(&own, &file), only(&file, &own)), "0xC020820B"))
}

fn locale_fault(component: &Component<'_>, manager: &ConnectionManager<'_>) -> Option<(String, &'static str)> {
    let own = component.locale?;
    let file = manager.settings.number("LocaleID").filter(|_| manager.expression("LocaleID").is_none())?;
    (i64::from(own) != file).then(|| (format!("has the locale {own}, and the connection manager {file}"), "0xC02020D2"))
}

fn report(component: &Component<'_>, manager: &ConnectionManager<'_>, document: usize, fault: &str, code: &str) -> Report {
    let message = format!("`{}` {fault}: the data flow does not validate ({code})", component.name.as_str());
    Report::new(&*component.path, component.span, message)
        .help("open the component and let it take the columns of the connection manager again")
        .mention(Mention::new(&*manager.path, manager.span, "the connection manager").in_document(document))
        .discriminator(code)
}
