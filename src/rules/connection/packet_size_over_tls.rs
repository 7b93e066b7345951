//! `packet-size-over-tls`: a packet size above what an encrypted connection carries.

use crate::finding::Severity::{Error, Warning};
use crate::lang::connection_string::{ConnectionString, Dialect, Encryption};
use crate::model::ConnectionManager;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0209",
    name: "packet-size-over-tls",
    category: Category::Connection,
    severity: Severities::new(Warning),
    set: RuleSet::Default,
    summary: "a packet size that does not fit into one TLS record",
    page: include_str!("../../../rules/packet-size-over-tls.md"),
    check: Check::Connection(check),
};

/// The largest packet of an encrypted connection, in bytes; a session with MARS adds a header to each.
const LARGEST: u32 = 16_384;
const LARGEST_WITH_MARS: u32 = 16_368;

fn check(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    let Some(text) = scope.facts.connection_text(scope.index, manager, &[]) else { return };
    let string = text.read();
    let largest = if string.mars() { LARGEST_WITH_MARS } else { LARGEST };
    let Some(size) = string.packet_size().filter(|size| *size > largest && string.is_sql_server()) else { return };
    let (severities, when) = if encrypts(manager, &string) {
        (Severities::new(Error), "the connection is encrypted, and")
    } else {
        (RULE.severity, "as soon as the server asks for encryption,")
    };
    let message = format!("packets of {size} bytes: {when} more than {largest} bytes do not fit, and it breaks with 0x80004005 \"Communication link failure\"");
    sink.report(
        Report::new(&*manager.path, text.span, message)
            .property("ConnectionString")
            .severity(severities)
            .help(format!("set Packet Size to {LARGEST_WITH_MARS} or less, or leave it out")),
    );
}

/// Whether it is sure to be encrypted. OLE DB knows the keyword with blanks only, `Use Encryption for Data`.
fn encrypts(manager: &ConnectionManager<'_>, string: &ConnectionString<'_>) -> bool {
    let known = string.pair("Encrypt").filter(|pair| string.dialect() != Dialect::DataLink || pair.key.contains(' '));
    match known.and(string.encrypt()) {
        Some(encryption) => encryption != Encryption::Optional,
        None => string.pair("Encrypt").is_none() && super::encrypts_by_default(manager, string),
    }
}
