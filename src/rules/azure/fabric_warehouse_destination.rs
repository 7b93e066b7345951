//! `fabric-warehouse-destination`: rows that are inserted into a warehouse of Fabric.

use super::fabric_host;
use crate::analysis::connections::User;
use crate::finding::Severity::Error;
use crate::model::Package;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0711",
    name: "fabric-warehouse-destination",
    category: Category::Azure,
    severity: Severities::none().on(Target::Fabric, Error),
    set: RuleSet::Default,
    summary: "an OLE DB destination writes to a warehouse of Fabric, which takes files only",
    page: include_str!("../../../rules/fabric-warehouse-destination.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, _: &Package<'_>, sink: &mut Sink<'_>) {
    let connections = scope.facts.connections();
    for found in connections.of_document(scope.index).iter().filter(|found| found.enabled) {
        let User::Component(_, component) = found.user else { continue };
        if !component.is("OLEDBDestination") {
            continue;
        }
        let host = connections.manager(found.resolution).and_then(|(document, manager)| {
            let endpoint = scope.known_endpoint(document, manager)?;
            fabric_host::of_endpoint(manager, &endpoint).filter(|host| fabric_host::is_warehouse(host))
        });
        let Some(host) = host else { continue };
        let message = format!("the warehouse `{host}` does not take the inserts and bulk loads of an OLE DB destination: the load fails");
        sink.report(
            Report::new(&*component.path, component.span, message)
                .help("write files to Azure Data Lake Storage or OneLake, then load them with COPY INTO in an Execute SQL Task"),
        );
    }
}
