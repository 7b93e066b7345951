//! `connection-type-mismatch`: a connection manager of the wrong type.

use crate::analysis::connections::{ConnectionUse, User};
use crate::finding::Severity::Error;
use crate::model::{Component, ConnectionManager, ExecutableKind, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0224",
    name: "connection-type-mismatch",
    category: Category::Connection,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "a task or component is given a connection manager of another type",
    page: include_str!("../../../rules/connection-type-mismatch.md"),
    check: Check::Package(check),
};

/// Types that are known well enough to say that one is not another.
const KNOWN: [&str; 13] = ["OLEDB", "ADO", "ADO.NET", "ODBC", "EXCEL", "FLATFILE", "MULTIFLATFILE", "FILE", "MULTIFILE", "CACHE", "SMTP", "FTP", "HTTP"];

/// What the slot of a component takes, by class. OLE DB and Excel managers give the same kind of connection.
const TAKES: [(&[&str], &[&str]); 6] = [
    (&["OLEDBSource", "OLEDBDestination", "OLEDBCommand", "SQLServerDestination", "FuzzyLookup", "TermLookup", "SCD"], &["OLEDB", "EXCEL"]),
    (&["ExcelSource", "ExcelDestination"], &["EXCEL", "OLEDB"]),
    (&["FlatFileSource", "FlatFileDestination"], &["FLATFILE", "MULTIFLATFILE"]),
    (&["DataReaderSourceAdapter", "ADONETDestination"], &["ADO.NET"]),
    (&["SSISODBCSrc", "SSISODBCDst"], &["ODBC"]),
    (&["Cache"], &["CACHE"]),
];

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let connections = scope.facts.connections();
    for reference in connections.of_document(scope.index).iter().filter(|reference| reference.enabled) {
        let Some((_, manager)) = connections.manager(reference.resolution) else { continue };
        match reference.user {
            User::Component(_, component) => check_component(component, reference, manager, sink),
            User::Executable(id) if package.executable(id).kind == ExecutableKind::ExecutePackage && reference.property == "Connection" => {
                let task = package.executable(id);
                if task.expression("Connection").is_none() && is_other(manager, &["FILE", "OLEDB"]) {
                    sink.report(report(&task.path, reference, manager, "FILE or OLEDB", "the task fails (0xC00220E2)"));
                }
            }
            _ => {}
        }
    }
}

fn check_component(component: &Component<'_>, reference: &ConnectionUse<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    let wanted = match reference.property {
        "CacheConnection" if component.is("Lookup") => Some(["CACHE"].as_slice()),
        _ if component.is("Lookup") => Some(["OLEDB", "EXCEL"].as_slice()),
        _ => TAKES.iter().find(|(classes, _)| classes.iter().any(|class| component.is(class))).map(|(_, types)| *types),
    };
    if let Some([first, ..]) = wanted.filter(|types| is_other(manager, types)) {
        sink.report(report(&component.path, reference, manager, first, "the data flow fails when it is validated (0xC020801E, incorrect type)"));
    }
}

fn is_other(manager: &ConnectionManager<'_>, wanted: &[&str]) -> bool {
    !wanted.iter().any(|kind| manager.is(kind)) && KNOWN.iter().any(|kind| manager.is(kind))
}

fn report(object: &str, reference: &ConnectionUse<'_, '_>, manager: &ConnectionManager<'_>, wanted: &str, consequence: &str) -> Report {
    let message = format!(
        "it needs a connection manager of type {wanted}, and `{}` is of type {}: {consequence}",
        manager.name.value,
        manager.kind().to_ascii_uppercase()
    );
    Report::new(object, reference.span, message)
        .property(reference.property)
        .discriminator(reference.property)
        .help("select a connection manager of that type, or use the task or component that takes this one")
}
