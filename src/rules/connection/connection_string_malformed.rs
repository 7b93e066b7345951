//! `connection-string-malformed`: a string that is refused before any server is asked.

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

/// What breaks the grammar. A driver of ODBC or of a third party may forgive more than this program knows.
fn fault(string: &ConnectionString<'_>) -> Option<(String, &'static str)> {
    let strict = matches!(string.dialect(), Dialect::DataLink | Dialect::SqlClient);
    let part = |range: &std::ops::Range<usize>| string.text().get(range.clone()).unwrap_or_default();
    string.faults().iter().find_map(|fault| match fault {
        Fault::NoPairs if (strict || string.dialect() == Dialect::Odbc) && !is_placeholder(string.text()) => {
            Some(("there is no `keyword=value` in the string: it is refused with 0xC0024108".to_owned(), "write the string as `keyword=value;keyword=value`"))
        }
        Fault::MissingEquals(range) if strict && !is_placeholder(part(range)) => Some((
            "between two semicolons stands text without `=`: the string is refused with 0xC0024109 (unquoted semicolon) or \"Format of the initialization string does \
             not conform\""
                .to_owned(),
            "put a value that holds a semicolon in double quotes",
        )),
        Fault::EmptyKey(_) if strict => {
            Some(("before a `=` stands no keyword: the string is refused, \"Format of the initialization string does not conform\"".to_owned(), "name the keyword"))
        }
        Fault::Unbalanced(range) if strict || string.dialect() == Dialect::Odbc => Some((
            format!("a value opens with {} that is never closed: the string is refused, \"Format of the initialization string does not conform\"", part(range)),
            "close the quote or brace, or double it where it belongs to the value",
        )),
        _ => None,
    })
}

/// A keyword or value of another provider's dialect.
fn refused_value(manager: &ConnectionManager<'_>, string: &ConnectionString<'_>) -> Option<(String, &'static str)> {
    let value_of = |key: &str| string.pairs().iter().find(|pair| pair.key.eq_ignore_ascii_case(key)).map(|pair| pair.value.trim());
    let is_one_of = |value: &str, refused: &[&str]| refused.iter().any(|other| value.eq_ignore_ascii_case(other));
    match string.dialect() {
        Dialect::DataLink if string.is_sql_server() => {
            // Unknown to OLE DB itself, it is passed on to the provider, which takes yes and no; SQLOLEDB is not known to be as strict.
            let native = !string.provider_starts_with("SQLOLEDB");
            if let Some(value) = value_of("Trusted_Connection").filter(|value| native && is_one_of(value, &["true", "false"])) {
                let message = format!(
                    "`Trusted_Connection={value}`: the login fails with \"Invalid value specified for connection string attribute 'Trusted_Connection'\" (0x80004005)"
                );
                return Some((message, "write `Integrated Security=SSPI`; True is for ADO.NET, yes for ODBC"));
            }
            let value = value_of("Integrated Security").filter(|value| is_one_of(value, &["true", "yes"]))?;
            let message =
                format!("`Integrated Security={value}`: an OLE DB provider takes the value SSPI only, and the connection fails (0xC0202009, 0x80040E21)");
            Some((message, "write `Integrated Security=SSPI`; True is for ADO.NET"))
        }
        Dialect::SqlClient if manager.creation_name.value.contains(".SqlClient.") && value_of("Provider").is_some() => Some((
            "it names a `Provider`, which is for OLE DB: the ADO.NET connection fails with \"Keyword not supported: 'provider'\"".to_owned(),
            "take `Provider` out of the string, or use an OLE DB connection manager",
        )),
        _ => None,
    }
}
