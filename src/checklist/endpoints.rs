//! What a connection manager connects to and as whom, with `…` for what is not known.

use super::builder::Source;
use super::inputs::{self, marked};
use crate::analysis::effective::{Setting, UNKNOWN, Values};
use crate::analysis::transactions::is_database;
use crate::lang::connection_string::{Authentication, ConnectionString, Dialect};
use crate::model::ConnectionManager;
use crate::support::ProviderKind;

/// What a connection manager connects to.
pub(super) struct Endpoint {
    /// What kind of server that is, for messages.
    pub(super) service: String,
    /// The server; none for files and for strings that name none.
    pub(super) server: Option<String>,
    /// The database.
    pub(super) database: Option<String>,
    /// The user name, when one is sent.
    pub(super) user: Option<String>,
    /// How it proves who it is.
    pub(super) authentication: Authentication,
    /// The provider or driver by which it connects.
    pub(super) provider: Option<(ProviderKind, String)>,
    /// The data source of ODBC that it connects by.
    pub(super) data_source_name: Option<String>,
    /// What decides the values.
    pub(super) set_by: Vec<String>,
}

impl Endpoint {
    /// Kind and name of the server; one that is not known is told from others by what decides it.
    pub(super) fn server_name(&self) -> Option<String> {
        let server = self.server.as_ref()?;
        let by = self.set_by.iter().max().filter(|_| server.contains('…')).map(|by| format!(", by {by}"));
        Some(format!("{} {server}{}", self.service, by.unwrap_or_default()))
    }
}

/// The endpoint of a connection manager; none where its string is encrypted or missing, and no expression gives one.
pub(super) fn of_connection(source: &Source<'_, '_>, document: usize, manager: &ConnectionManager<'_>) -> Option<Endpoint> {
    let values = source.facts.values(document)?;
    let set_by = inputs::of_connection(source, document, manager);
    match Dialect::of(manager.creation_name.as_str()) {
        Some(dialect) => Some(of_string(&values, manager, dialect, set_by)),
        None => of_address(&values, manager, set_by),
    }
}

fn of_string(values: &Values<'_, '_, '_>, manager: &ConnectionManager<'_>, dialect: Dialect, set_by: Vec<String>) -> Endpoint {
    let text = string(values, manager);
    let string = ConnectionString::parse(&text, dialect);
    let part = |property, own: Option<&str>| part(values, manager, property).or_else(|| own.map(marked));
    let server = part("ServerName", string.server().or_else(|| string.get("AccountName")));
    // A parameter that is empty by default says where as soon as it has a value.
    let comes_later = text.contains(UNKNOWN) || (is_database(manager) && !set_by.is_empty());
    let is_hidden = server.is_none() && !string.is_ace_or_jet() && string.get("DSN").is_none() && comes_later;
    Endpoint {
        service: service(manager, &string),
        server: if is_hidden { Some("…".to_owned()) } else { server },
        database: part("InitialCatalog", string.database()),
        user: part("UserName", string.user()),
        authentication: authentication(manager, &string),
        provider: provider(manager, &string, dialect),
        data_source_name: string.get("DSN").or_else(|| string.get("FILEDSN")).map(marked).filter(|name| !name.is_empty()),
        set_by,
    }
}

/// Managers whose string is an address: FTP, HTTP, MSMQ. Some files hold pairs in it all the same.
fn of_address(values: &Values<'_, '_, '_>, manager: &ConnectionManager<'_>, set_by: Vec<String>) -> Option<Endpoint> {
    let service = ["FTP", "HTTP", "MSMQ"].into_iter().find(|kind| manager.is(kind))?;
    let text = string(values, manager);
    let pairs = ConnectionString::parse(&text, Dialect::Plain);
    let address = part(values, manager, "ServerName").or_else(|| part(values, manager, "ServerURL"));
    let server = address.or_else(|| pairs.server().map(marked)).unwrap_or_else(|| host(&marked(&text)).to_owned());
    let user = Some(manager.settings.text("ServerUserName").trim()).filter(|user| !user.is_empty() && !user.eq_ignore_ascii_case("anonymous"));
    let with_user = manager.is("FTP") || manager.settings.flag("UseServerCredentials", false);
    let user = user.filter(|_| with_user).map(str::to_owned).or_else(|| pairs.user().map(marked));
    Some(Endpoint {
        service: match service {
            "FTP" => "FTP server".to_owned(),
            "HTTP" => "web server".to_owned(),
            _ => "message queue".to_owned(),
        },
        server: Some(server).filter(|server| !server.is_empty()),
        database: None,
        authentication: if user.is_some() { Authentication::Sql } else { Authentication::Unknown },
        user,
        provider: None,
        data_source_name: None,
        set_by,
    })
}

/// The connection string as it will be; as saved where nothing of it is known.
fn string(values: &Values<'_, '_, '_>, manager: &ConnectionManager<'_>) -> String {
    let effective = values.of(&Setting::of_connection(manager, "ConnectionString")).filter(inputs::is_told);
    let saved = || manager.connection_string().map(|text| text.value.to_string()).unwrap_or_default();
    effective.map_or_else(saved, |effective| effective.text())
}

/// A property that replaces its part of the string: one with an expression or a configuration that is at hand.
fn part(values: &Values<'_, '_, '_>, manager: &ConnectionManager<'_>, property: &str) -> Option<String> {
    let value = inputs::value(values, &Setting::of_connection(manager, property))?;
    Some(value.text).filter(|text| !text.is_empty())
}

/// Scheme, host and port of a URL.
fn host(address: &str) -> &str {
    let start = address.find("://").map_or(0, |at| at + 3);
    let end = address.get(start..).and_then(|rest| rest.find(['/', '?'])).map_or(address.len(), |length| start + length);
    address.get(..end).unwrap_or(address)
}

fn service(manager: &ConnectionManager<'_>, string: &ConnectionString<'_>) -> String {
    let kind = manager.kind().to_ascii_uppercase();
    match kind.as_str() {
        "SMOSERVER" => "SQL Server".to_owned(),
        "SMTP" => "mail server".to_owned(),
        "WMI" => "Windows machine (WMI)".to_owned(),
        "ORACLE" => "Oracle".to_owned(),
        "ODATA" => "OData service".to_owned(),
        "AZURESTORAGE" => "Azure storage account".to_owned(),
        _ if kind.starts_with("MSOLAP") || string.provider_starts_with("MSOLAP") => "Analysis Services".to_owned(),
        _ if string.is_sql_server() => "SQL Server".to_owned(),
        "OLEDB" | "ADO" | "ADO.NET" | "ODBC" => "database server".to_owned(),
        _ => format!("server ({})", manager.kind()),
    }
}

/// Without the keyword, SMTP and WMI log in as nobody and as the account of the run.
fn authentication(manager: &ConnectionManager<'_>, string: &ConnectionString<'_>) -> Authentication {
    if manager.settings.flag("ConnectUsingManagedIdentity", false) || manager.properties.flag("ConnectUsingManagedIdentity", false) {
        return Authentication::ManagedIdentity;
    }
    let is_olap = manager.kind().to_ascii_uppercase().starts_with("MSOLAP") || string.provider_starts_with("MSOLAP");
    match string.authentication() {
        // Analysis Services knows Windows accounts only, unless a user is named.
        Authentication::Unknown if is_olap => Authentication::Integrated,
        other => other,
    }
}

fn provider(manager: &ConnectionManager<'_>, string: &ConnectionString<'_>, dialect: Dialect) -> Option<(ProviderKind, String)> {
    let (kind, class) = manager.creation_name.value.split_once(':').unwrap_or((manager.creation_name.as_str(), ""));
    match dialect {
        Dialect::DataLink => string.provider().map(|name| (ProviderKind::OleDb, name.to_owned())),
        Dialect::Odbc => string.driver().map(|name| (ProviderKind::Odbc, name.to_owned())),
        Dialect::SqlClient | Dialect::AdoNet if kind.eq_ignore_ascii_case("ADO.NET") => {
            let class = class.split(',').next().unwrap_or_default().trim();
            (!class.is_empty()).then(|| (ProviderKind::AdoNet, class.to_owned()))
        }
        _ => None,
    }
}
