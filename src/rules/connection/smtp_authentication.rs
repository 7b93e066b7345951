//! `smtp-authentication`: a mail relay that wants a login.

use crate::finding::Severity::Warning;
use crate::model::ConnectionManager;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0223",
    name: "smtp-authentication",
    category: Category::Connection,
    severity: Severities::new(Warning),
    set: RuleSet::Default,
    summary: "mail through a public relay without logging in",
    page: include_str!("../../../rules/smtp-authentication.md"),
    check: Check::Connection(check),
};

/// Relays on the internet that take mail from whoever logs in, and from nobody else.
const RELAYS: [&str; 8] = [
    "smtp.office365.com",
    "smtp-mail.outlook.com",
    "smtp.live.com",
    "smtp.gmail.com",
    "smtp.googlemail.com",
    "smtp.sendgrid.net",
    "smtp.mailgun.org",
    "smtp.mail.yahoo.com",
];

fn check(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    if !manager.is("SMTP") {
        return;
    }
    let Some(text) = scope.facts.connection_text(scope.index, manager, &["SmtpServer", "UseWindowsAuthentication"]) else { return };
    let string = text.read();
    let windows = string.get("UseWindowsAuthentication").and_then(crate::model::flag).unwrap_or(false);
    let Some(server) = string.server().filter(|server| !windows && is_public_relay(server)) else { return };
    let message = format!(
        "`{server}` asks for a user and a password, and the SMTP connection manager can send none: the mail is refused, \"client was not authenticated\""
    );
    sink.report(
        Report::new(&*manager.path, text.span, message)
            .property("ConnectionString")
            .help("send through a relay of your own that lets the server in, from a script, or by Database Mail"),
    );
}

fn is_public_relay(server: &str) -> bool {
    let server = server.to_ascii_lowercase();
    RELAYS.contains(&server.as_str()) || (server.starts_with("email-smtp.") && server.ends_with(".amazonaws.com"))
}
