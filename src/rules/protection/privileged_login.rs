//! `privileged-login`: a login with all rights.

use crate::finding::Severity::Warning;
use crate::lang::connection_string::Authentication;
use crate::model::ConnectionManager;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0113",
    name: "privileged-login",
    category: Category::Protection,
    severity: Severities::new(Warning),
    set: RuleSet::Default,
    summary: "a connection logs in as the administrator of the server",
    page: include_str!("../../../rules/privileged-login.md"),
    check: Check::Connection(check),
};

/// Administrators that servers come with: SQL Server, MySQL, Oracle.
const ADMINISTRATORS: [&str; 4] = ["sa", "root", "sys", "system"];

fn check(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    let Some(text) = scope.facts.connection_text(scope.index, manager, &["UserName"]) else { return };
    let string = text.read();
    let Some(user) = string.user().filter(|user| ADMINISTRATORS.iter().any(|name| user.eq_ignore_ascii_case(name))) else { return };
    if string.authentication() != Authentication::Sql {
        return;
    }
    let message = format!(
        "it logs in as `{user}`, who may do everything on the server: whoever gets the password has the server, and a mistake in the package can hit any database on it"
    );
    sink.report(
        Report::new(&*manager.path, text.span, message)
            .property("ConnectionString")
            .help("create a login of its own for the package, with the rights that it needs, or use a Windows account"),
    );
}
