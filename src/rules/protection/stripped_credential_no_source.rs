//! `stripped-credential-no-source`: a password that nobody supplies.

use crate::analysis::references::{Names, Resolution, ScopeEnvironment};
use crate::analysis::secrets::Need;
use crate::finding::Confidence;
use crate::finding::Severity::{Info, Warning};
use crate::lang::connection_string::{ConnectionString, Dialect};
use crate::lang::expression::{Ast, Node, NodeKind, Part, fold_string};
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

/// How many variables may stand behind each other; one that reads itself ends here.
const MAX_VARIABLES: usize = 16;

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
            .severity(RULE.severity.on(Target::Ssisdb, Warning))
            .confidence(Confidence::Medium)
            .help("set ServerName, InitialCatalog and UserName by expressions of their own instead, and Password by one with a sensitive parameter"),
    );
}

fn drops_password(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, expression: &Text<'_>) -> bool {
    let database = ["OLEDB", "ADO.NET", "ADO", "ODBC"].iter().any(|kind| manager.is(kind));
    let Some(dialect) = Dialect::of(manager.creation_name.as_str()).filter(|_| database) else { return false };
    match scope.facts.connection_text(scope.index, manager, &[]) {
        Some(constant) => lacks_password(&constant.read()),
        None => skeleton(scope, expression).is_some_and(|text| lacks_password(&ConnectionString::parse(&text, dialect))),
    }
}

/// An empty password counts as one: the job sets the variable that it comes from.
fn lacks_password(string: &ConnectionString<'_>) -> bool {
    let without = ["Password", "DSN"].iter().all(|key| string.get(key).is_none());
    without && string.logs_in_by_password() && !string.is_ace_or_jet()
}

/// The string that an expression builds, with a mark for each value that is not known; none where more than a value is unknown.
fn skeleton(scope: &Scope<'_, '_>, expression: &Text<'_>) -> Option<String> {
    let names = &scope.facts.references(scope.index)?.names;
    let ast = Ast::parse(behind_variables(names, expression.as_str())).ok()?;
    let (mut text, mut in_value) = (String::new(), false);
    for part in fold_string(&ast, &ScopeEnvironment::new(names, ExecutableId::PACKAGE)).ok()? {
        match part {
            Part::Literal(literal) => {
                in_value = literal.rsplit_once(';').map_or(in_value || literal.contains('='), |(_, pair)| pair.contains('='));
                text.push_str(&literal);
            }
            Part::Unknown(_) if in_value => text.push('?'),
            Part::Unknown(_) => return None,
        }
    }
    Some(text)
}

/// The expression itself or, where it is a variable with an expression, that of the variable.
fn behind_variables<'e>(names: &Names<'e, '_>, expression: &'e str) -> &'e str {
    let behind = |expression: &&'e str| match Ast::parse(expression).ok()?.nodes() {
        [Node { kind: NodeKind::Variable(variable), .. }] => match names.resolve(variable.qualified, ExecutableId::PACKAGE) {
            Resolution::Variable(variable) if variable.evaluate_as_expression => variable.expression.as_ref().map(Text::as_str),
            _ => None,
        },
        _ => None,
    };
    std::iter::successors(Some(expression), behind).take(MAX_VARIABLES).last().unwrap_or(expression)
}
