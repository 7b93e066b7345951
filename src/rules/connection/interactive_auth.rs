//! `interactive-auth`: a login with a window.

use crate::finding::Confidence;
use crate::finding::Severity::{Error, Warning};
use crate::lang::connection_string::{Authentication, ConnectionString};
use crate::model::ConnectionManager;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0220",
    name: "interactive-auth",
    category: Category::Connection,
    severity: Severities::none().on(Target::Agent, Error).on(Target::Ssisdb, Error).on(Target::AzureSsis, Error),
    set: RuleSet::Default,
    summary: "a login that asks somebody for a second factor",
    page: include_str!("../../../rules/interactive-auth.md"),
    check: Check::Connection(check),
};

fn check(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    let Some(text) = scope.facts.connection_text(scope.index, manager, &["UserName", super::MANAGED_IDENTITY]) else { return };
    let string = text.read();
    let (message, severities, confidence) = if string.authentication() == Authentication::Interactive {
        let message = "the login opens a window and waits for somebody: where nobody sits it fails (0xC0202009, 0x80004005)";
        (message, RULE.severity, Confidence::High)
    } else if is_personal_login_to_analysis_services(&string) {
        let message = "it logs in to Analysis Services in the cloud as a person: if the account asks for a second factor, the run fails with 0x80004005 \"Exception has been \
                       thrown by the target of an invocation\"";
        (message, RULE.severity.at_most(Warning), Confidence::Medium)
    } else {
        return;
    };
    sink.report(
        Report::new(&*manager.path, text.span, message)
            .property("ConnectionString")
            .severity(severities)
            .confidence(confidence)
            .help("log in as a service principal (`app:ID@TENANT` for Analysis Services) or with a managed identity"),
    );
}

/// Azure Analysis Services and Power BI know no logins but those of Entra; `app:` before the user is a service principal.
fn is_personal_login_to_analysis_services(string: &ConnectionString<'_>) -> bool {
    let cloud = string.server().is_some_and(|server| ["asazure://", "powerbi://"].iter().any(|scheme| server.to_ascii_lowercase().starts_with(scheme)));
    cloud && string.user().is_some_and(|user| !user.to_ascii_lowercase().starts_with("app:"))
}
