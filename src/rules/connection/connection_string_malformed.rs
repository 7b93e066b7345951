//! `connection-string-malformed`: a string that is refused before any server is asked.

use std::ops::Range;

use crate::finding::Severity::Error;
use crate::lang::connection_string::{ConnectionString, Dialect, Fault};
use crate::lang::secret::is_placeholder;
use crate::model::ConnectionManager;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0213",
    name: "connection-string-malformed",
    category: Category::Connection,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "a connection string that the provider cannot read",
    page: include_str!("../../../rules/connection-string-malformed.md"),
    check: Check::Connection(check),
};

fn check(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    let Some(text) = scope.facts.connection_text(scope.index, manager, &[]) else { return };
    let string = text.read();
    if let Some((message, help)) = fault(&string).or_else(|| refused_value(manager, &string)) {
        sink.report(Report::new(&*manager.path, text.span, message).property("ConnectionString").help(help));
    }
}

/// What is wrong, and what to write instead.
type Complaint = (String, &'static str);

/// What breaks the grammar. A driver of ODBC or of a third party may forgive more than this program knows.
fn fault(string: &ConnectionString<'_>) -> Option<Complaint> {
    let strict = matches!(string.dialect(), Dialect::DataLink | Dialect::SqlClient);
    let known = strict || string.dialect() == Dialect::Odbc;
    let part = |range: &Range<usize>| string.text().get(range.clone()).unwrap_or_default();
    let (what, help) = string.faults().iter().find_map(|fault| match fault {
        Fault::NoPairs if known && !is_placeholder(string.text()) => {
            Some(("there is no `keyword=value` in it".to_owned(), "write the string as `keyword=value;keyword=value`"))
        }
        Fault::MissingEquals(range) if strict && !is_placeholder(part(range)) => {
            Some(("between two semicolons stands text without `=`".to_owned(), "put a value that holds a semicolon in double quotes"))
        }
        Fault::EmptyKey(_) if strict => Some(("before a `=` stands no keyword".to_owned(), "name the keyword")),
        Fault::Unbalanced(range) if known => {
            Some((format!("a value opens with {} that is never closed", part(range)), "close the quote or brace, or double it where it belongs to the value"))
        }
        _ => None,
    })?;
    Some((
        format!(
            "{what}: the string is refused (0xC0024108, \"The connection string format is not valid\"; 0xC0202009, \"Format of the initialization string does not conform\")"
        ),
        help,
    ))
}

/// A keyword or value of another provider's dialect.
fn refused_value(manager: &ConnectionManager<'_>, string: &ConnectionString<'_>) -> Option<Complaint> {
    match string.dialect() {
        Dialect::DataLink if string.is_sql_server() => refused_trusted_connection(string).or_else(|| refused_integrated_security(string)),
        Dialect::SqlClient if manager.creation_name.value.contains(".SqlClient.") && written(string, "Provider").is_some() => Some((
            "it names a `Provider`, which is for OLE DB: the ADO.NET connection fails with \"Keyword not supported: 'provider'\"".to_owned(),
            "take `Provider` out of the string, or use an OLE DB connection manager",
        )),
        _ => None,
    }
}

/// Unknown to OLE DB itself, the keyword is passed on to the provider, which takes yes and no. SQLOLEDB is not known to be as strict.
fn refused_trusted_connection(string: &ConnectionString<'_>) -> Option<Complaint> {
    let value = written(string, "Trusted_Connection").filter(|_| !string.provider_starts_with("SQLOLEDB"));
    let value = value.filter(|value| value.eq_ignore_ascii_case("true") || value.eq_ignore_ascii_case("false"))?;
    let message = format!(
        "`Trusted_Connection={value}`: the login fails with \"Invalid value specified for connection string attribute 'Trusted_Connection'\" (0x80004005)"
    );
    Some((message, "write `Integrated Security=SSPI`; True is for ADO.NET, yes for ODBC"))
}

fn refused_integrated_security(string: &ConnectionString<'_>) -> Option<Complaint> {
    let value = written(string, "Integrated Security").filter(|value| value.eq_ignore_ascii_case("true") || value.eq_ignore_ascii_case("yes"))?;
    let message = format!("`Integrated Security={value}`: an OLE DB provider takes the value SSPI only, and the connection fails (0xC0202009, 0x80040E21)");
    Some((message, "write `Integrated Security=SSPI`; True is for ADO.NET"))
}

/// The value of a keyword in exactly that spelling: synonyms take other values.
fn written<'c>(string: &'c ConnectionString<'_>, key: &str) -> Option<&'c str> {
    string.pairs().iter().find(|pair| pair.key.eq_ignore_ascii_case(key)).map(|pair| pair.value.trim())
}
