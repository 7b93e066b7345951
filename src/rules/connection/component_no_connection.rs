//! `component-no-connection`: a component that was never given a connection manager, or lost it.

use crate::analysis::connections::{ConnectionUse, Resolution, User};
use crate::finding::Severity::Error;
use crate::model::{Component, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0206",
    name: "component-no-connection",
    category: Category::Connection,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "a component of a data flow has no connection manager selected",
    page: include_str!("../../../rules/component-no-connection.md"),
    check: Check::Package(check),
};

/// Classes that cannot work without a connection. Others have slots that may stay empty: a Script Component, an XML source, a raw file.
const CONNECTED: [&str; 17] = [
    "OLEDBSource",
    "OLEDBDestination",
    "OLEDBCommand",
    "SQLServerDestination",
    "Lookup",
    "FuzzyLookup",
    "FuzzyGrouping",
    "TermLookup",
    "SCD",
    "ExcelSource",
    "ExcelDestination",
    "FlatFileSource",
    "FlatFileDestination",
    "DataReaderSourceAdapter",
    "ADONETDestination",
    "SSISODBCSrc",
    "SSISODBCDst",
];

fn check(scope: &Scope<'_, '_>, _: &Package<'_>, sink: &mut Sink<'_>) {
    let empty = |reference: &&ConnectionUse<'_, '_>| reference.enabled && reference.resolution == Resolution::Empty;
    for reference in scope.facts.connections().of_document(scope.index).iter().filter(empty) {
        let User::Component(_, component) = reference.user else { continue };
        if is_connected(component) {
            let message =
                format!("no connection manager is selected for `{}`: the data flow fails when it is validated (0xC0208035, 0xC004801C)", reference.property);
            sink.report(
                Report::new(&*component.path, reference.span, message)
                    .property(reference.property)
                    .discriminator(reference.property)
                    .help("select a connection manager in the editor of the component, or delete the component"),
            );
        }
    }
}

fn is_connected(component: &Component<'_>) -> bool {
    CONNECTED.iter().any(|class| component.is(class))
}
