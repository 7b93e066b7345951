//! `stripped-credential-no-source`: a password that nobody supplies.

use crate::analysis::references::ScopeEnvironment;
use crate::analysis::secrets::Need;
use crate::finding::Confidence;
use crate::finding::Severity::{Info, Warning};
use crate::lang::connection_string::{ConnectionString, Dialect};
use crate::lang::expression::{Ast, Part, fold_string};
use crate::model::{ConnectionManager, DocumentKind, ExecutableId, Protection, Text};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0110",
    name: "stripped-credential-no-source",
    category: Category::Protection,
    severity: Severities::none().on(Target::Agent, Warning).on(Target::Ssisdb, Info).on(Target::AzureSsis, Warning).on(Target::Fabric, Warning),
    set: RuleSet::Default,
    summary: "a login with a user name whose password comes from nowhere",
    page: include_str!("../../../rules/stripped-credential-no-source.md"),
    check: Check::Document(check),
};

const HELP: &str = "give it a value from outside: an expression on Password with a sensitive parameter, an environment of the catalog, a configuration or the job step; or log in \
                    with a Windows account or a managed identity";

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    let absent = scope.facts.secrets(scope.index).iter().filter(|secret| secret.protection == Protection::Stripped);
    for secret in absent.filter(|secret| secret.need == Need::Needed) {
        let message = format!(
            "it logs in with a user name, and no `{}` is stored, computed or configured: unless the job or the catalog sets it, the login fails (0x80040E4D, 0xC0202009)",
            secret.property
        );
        let report = Report::new(secret.object, secret.span, message).property(secret.property).confidence(Confidence::Medium);
        sink.report(report.help(HELP));
    }
    let managers = match &scope.document.kind {
        DocumentKind::Package(package) => package.connections.as_slice(),
        DocumentKind::ConnectionManager(manager) => std::slice::from_ref(&**manager),
        _ => return,
    };
    managers.iter().for_each(|manager| check_expression(scope, manager, sink));
}

/// To set a connection string is to set all of it, and the password that was set before is gone.
fn check_expression(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    let Some(expression) = manager.expression("ConnectionString").filter(|_| manager.expression("Password").is_none()) else { return };
    if !scope.facts.connections().is_used(manager) || !drops_password(scope, manager, expression) {
        return;
    }
    let message = "the expression builds a connection string with a user name and without its password, which replaces the whole string: a password that is stored, or set \
                   before, is lost, and the login fails (0x80040E4D, 0xC0202009)";
    sink.report(
        Report::new(&*manager.path, expression.span, message)
            .property("ConnectionString")
            .severity(sink.severities().on(Target::Ssisdb, Warning))
            .confidence(Confidence::Medium)
            .help("set ServerName, InitialCatalog and UserName by expressions of their own instead, and Password by one with a sensitive parameter"),
    );
}

fn drops_password(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, expression: &Text<'_>) -> bool {
    let database = ["OLEDB", "ADO.NET", "ADO", "ODBC"].iter().any(|kind| manager.is(kind));
    let Some(dialect) = Dialect::of(manager.creation_name.as_str()).filter(|_| database) else { return false };
    let Some(text) = skeleton(scope, expression) else { return false };
    let string = ConnectionString::parse(&text, dialect);
    let no_password = ["Password", "DSN"].iter().all(|key| string.get(key).is_none_or(|value| value.trim().is_empty()));
    string.logs_in_by_password() && no_password && !string.is_ace_or_jet()
}

/// The string that an expression builds, with a mark for each value that is not known; none where more than a value is unknown.
fn skeleton(scope: &Scope<'_, '_>, expression: &Text<'_>) -> Option<String> {
    let references = scope.facts.references(scope.index)?;
    let environment = ScopeEnvironment::new(&references.names, ExecutableId::PACKAGE);
    let mut text = String::new();
    for part in fold_string(&Ast::parse(expression.as_str()).ok()?, &environment).ok()? {
        match part {
            Part::Literal(literal) => text.push_str(&literal),
            Part::Unknown(_) if text.rsplit(';').next().is_some_and(|pair| pair.contains('=')) => text.push('?'),
            Part::Unknown(_) => return None,
        }
    }
    Some(text)
}
