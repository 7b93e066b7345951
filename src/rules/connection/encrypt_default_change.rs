//! `encrypt-default-change`: a driver whose default is encryption.

use crate::finding::Severity::Warning;
use crate::lang::connection_string::{ConnectionString, Dialect};
use crate::model::ConnectionManager;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0218",
    name: "encrypt-default-change",
    category: Category::Connection,
    severity: Severities::none().on(Target::Sql2022, Warning).on(Target::Sql2025, Warning),
    set: RuleSet::Default,
    summary: "a driver that encrypts unless told otherwise, and is told nothing",
    page: include_str!("../../../rules/encrypt-default-change.md"),
    check: Check::Connection(check),
};

fn check(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    let Some(text) = scope.facts.connection_text(scope.index, manager, &[]) else { return };
    let string = text.read();
    if !super::encrypts_by_default(manager, &string) || string.get("Encrypt").is_some() {
        return;
    }
    let why = match trust(&string) {
        Some(key) if is_ignored(&string, key) => format!(" (OLE DB Driver 19 does not know the keyword `{key}`, only `Trust Server Certificate`)"),
        Some(_) => return,
        None => String::new(),
    };
    let message = format!(
        "this driver encrypts when the string does not say, and then checks the server's certificate{why}: with a self-signed one the connection fails, \"certificate \
         chain was issued by an authority that is not trusted\""
    );
    sink.report(
        Report::new(&*manager.path, text.span, message)
            .property("ConnectionString")
            .help("install a certificate that the client trusts, and say in the string what you want: Use Encryption for Data (OLE DB) or Encrypt"),
    );
}

/// The keyword that asks to take any certificate, as written.
fn trust<'c>(string: &'c ConnectionString<'_>) -> Option<&'c str> {
    string.pair("TrustServerCertificate").map(|pair| &*pair.key)
}

/// In an OLE DB string the property's default wins over the keyword that .NET and ODBC use.
fn is_ignored(string: &ConnectionString<'_>, key: &str) -> bool {
    string.dialect() == Dialect::DataLink && !key.contains(char::is_whitespace)
}
