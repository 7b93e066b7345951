//! `excel-destination-import-mode`: a destination writes through a connection that is set to import.

use crate::analysis::connections::User;
use crate::analysis::excel;
use crate::finding::Confidence;
use crate::finding::Severity::Error;
use crate::lang::connection_string::{ConnectionString, Dialect};
use crate::model::{Component, ConnectionManager, ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0505",
    name: "excel-destination-import-mode",
    category: Category::Excel,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "an Excel destination writes through a connection with IMEX=1, which is for reading",
    page: include_str!("../../../rules/excel-destination-import-mode.md"),
    check: Check::Component(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, executable: ExecutableId, component: &Component<'_>, sink: &mut Sink<'_>) {
    let writes = component.is("ExcelDestination") || component.is("OLEDBDestination");
    if !writes || !package.is_enabled(executable) {
        return;
    }
    // The components of the facts are these, but the types do not say so.
    let path = component.path.as_ref();
    let uses = scope.facts.connections().of_document(scope.index).iter();
    let own = uses.filter(|reference| matches!(reference.user, User::Component(_, user) if user.path == path));
    let mut managers = own.filter_map(|reference| scope.facts.connections().manager(reference.resolution)).map(|(_, manager)| manager);
    let Some(manager) = managers.find(|manager| excel::opens_workbook(manager) && is_import_mode(manager)) else { return };
    let message = format!(
        "`{}` writes to the workbook of `{}`, whose extended properties say IMEX=1: in import mode it is read-only, and the task fails with \"Operation must use an updateable query\"",
        component.name.as_str(),
        manager.name.as_str()
    );
    sink.report(
        Report::new(path, component.span, message)
            .property("ConnectionString")
            .help("drop IMEX=1 from the connection, or give the destination a connection manager of its own")
            .confidence(Confidence::Medium),
    );
}

/// `IMEX=1` in the string that is used: the one written, unless an expression makes another.
pub(super) fn is_import_mode(manager: &ConnectionManager<'_>) -> bool {
    if manager.expression("ConnectionString").is_some() {
        return false;
    }
    let string = manager.connection_string().zip(Dialect::of(manager.creation_name.as_str()));
    let imex = |text: &str, dialect| {
        let string = ConnectionString::parse(text, dialect);
        string.extended_properties().and_then(|properties| properties.get("IMEX").map(|value| value.trim() == "1"))
    };
    string.and_then(|(text, dialect)| imex(text.as_str(), dialect)).unwrap_or(false)
}
