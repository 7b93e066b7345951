//! `certificate-not-validated`: encryption without knowing with whom.

use crate::finding::Severity::Warning;
use crate::lang::connection_string::{ConnectionString, Dialect, Encryption, server_is_loopback};
use crate::model::{ConnectionManager, Text};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0114",
    name: "certificate-not-validated",
    category: Category::Protection,
    severity: Severities::new(Warning),
    set: RuleSet::Default,
    summary: "an encrypted connection takes any certificate",
    page: include_str!("../../../rules/certificate-not-validated.md"),
    check: Check::Connection(check),
};

fn check(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    let (property_span, takes_any) = match scope.facts.connection_text(scope.index, manager, &[]) {
        Some(text) => (text.span, takes_any(&text.read())),
        None => match manager.expression("ConnectionString").filter(|_| scope.facts.connections().is_used(manager)) {
            Some(expression) => (expression.span, is_in_expression(expression)),
            None => return,
        },
    };
    if !takes_any {
        return;
    }
    let message = "the string trusts every server certificate: the connection is encrypted, but whoever stands in between can read and change it with a certificate of his own";
    sink.report(
        Report::new(&*manager.path, property_span, message)
            .property("ConnectionString")
            .help("install a certificate that the client trusts on the server, and take the keyword out"),
    );
}

/// Nobody stands between a machine and itself, and what is not encrypted has no certificate. OLE DB knows the keyword with blanks only.
fn takes_any(string: &ConnectionString<'_>) -> bool {
    let known = string.pair("TrustServerCertificate").is_some_and(|pair| string.dialect() != Dialect::DataLink || pair.key.contains(' '));
    known && string.trust_server_certificate() && string.encrypt() != Some(Encryption::Optional) && !string.server().is_some_and(server_is_loopback)
}

/// A literal in an expression whose other parts may not be known.
fn is_in_expression(expression: &Text<'_>) -> bool {
    let text: String = expression.value.chars().filter(|character| !character.is_whitespace()).flat_map(char::to_lowercase).collect();
    ["trustservercertificate=true", "trustservercertificate=yes"].iter().any(|pair| text.contains(pair))
}
