//! What a connection manager connects to: the string as written, what a configuration puts in its place, or what an expression makes of it.

use std::borrow::Cow;

use super::effective::{Effective, Setting, UNKNOWN, Values};
use super::overrides::{ENDPOINT, Override};
use crate::lang::connection_string::{ConnectionString, Dialect};
use crate::model::ConnectionManager;
use crate::span::Span;

/// What a connection manager connects to, as far as the files say.
#[derive(Clone, Debug)]
pub struct Endpoint<'s> {
    /// The property that says it: one of [`ENDPOINT`].
    pub property: &'static str,
    /// Its value, with [`UNKNOWN`] for the pieces that are not known.
    pub text: Cow<'s, str>,
    /// Where it stands: the value, or the expression that gives it.
    pub span: Span,
    /// What may replace it before it is used; nothing replaces a constant expression.
    pub replaced: Option<Override>,
    /// How the value comes about, when it is not simply written: for messages.
    pub chain: Option<String>,
    dialect: Option<Dialect>,
}

/// The endpoint of a connection manager; none when nothing says it.
#[must_use]
pub fn of_connection<'s>(values: &Values<'_, '_, '_>, manager: &'s ConnectionManager<'_>) -> Option<Endpoint<'s>> {
    let dialect = Dialect::of(manager.creation_name.as_str());
    let computed = expression(values, manager);
    if let Some((property, value)) = computed.as_ref().filter(|(_, value)| value.begins_known()) {
        // The beginning tells drive, share and host of a path; of a string any piece may tell something.
        let replaced = if dialect.is_none() { value.head_replaced() } else { value.replaced() };
        return Some(Endpoint { property, text: Cow::Owned(value.text()), span: value.span, replaced, chain: value.chain(), dialect });
    }
    let value = values.of(&Setting { expression: None, ..Setting::of_connection(manager, ENDPOINT[0]) })?;
    let has_expression = ENDPOINT.iter().any(|property| manager.expression(property).is_some_and(|text| !text.is_blank()));
    let replaced = if has_expression { Some(Override::Expression) } else { value.replaced().or_else(|| configured(values, manager)) };
    let text = value.text();
    let written = manager.connection_string().filter(|written| written.value == text.as_str());
    let text = written.map_or(Cow::Owned(text), |written| Cow::Borrowed(written.as_str()));
    (!text.trim().is_empty()).then(|| Endpoint { property: ENDPOINT[0], text, span: value.span, replaced, chain: value.chain(), dialect })
}

/// A configuration of one of the other properties that say where to.
fn configured(values: &Values<'_, '_, '_>, manager: &ConnectionManager<'_>) -> Option<Override> {
    let setting = |property| Setting { expression: None, ..Setting::of_connection(manager, property) };
    ENDPOINT.iter().skip(1).find_map(|property| values.of(&setting(property))?.replaced())
}

/// The value of the one expression that says where to connect to. Of several it is not known which counts.
fn expression<'s>(values: &Values<'_, '_, '_>, manager: &'s ConnectionManager<'_>) -> Option<(&'static str, Effective<'s>)> {
    let mut properties = ENDPOINT.iter().filter(|property| manager.expression(property).is_some_and(|text| !text.is_blank()));
    match (properties.next(), properties.next()) {
        (Some(property), None) => Some((property, values.of(&Setting::of_connection(manager, property))?)),
        _ => None,
    }
}

/// Whether a connection manager goes to SQL Server, by its connection string as written.
#[must_use]
pub fn is_sql_server(manager: &ConnectionManager<'_>) -> bool {
    let written = manager.connection_string().zip(Dialect::of(manager.creation_name.as_str()));
    written.is_some_and(|(text, dialect)| ConnectionString::parse(text.as_str(), dialect).is_sql_server())
}

impl Endpoint<'_> {
    /// The server, when it connects to one and that is known.
    #[must_use]
    pub fn server(&self) -> Option<String> {
        let server = match (self.property, self.dialect?) {
            ("ServerName", _) => Some(self.text.trim().to_owned()),
            ("ConnectionString", dialect) => ConnectionString::parse(&self.text, dialect).server().map(str::to_owned),
            _ => None,
        };
        server.filter(|server| !server.contains(UNKNOWN))
    }

    /// The files that it opens, `…` for pieces that are not known. A list of files is parted by vertical bars.
    #[must_use]
    pub fn files(&self, manager: &ConnectionManager<'_>) -> Vec<String> {
        let own = |text: &str| text.trim().replace(UNKNOWN, "…");
        match (self.property, self.dialect) {
            ("ConnectionString", None) if manager.is_file() || manager.is("CACHE") => self.text.split('|').map(own).collect(),
            ("ConnectionString", Some(dialect)) => ConnectionString::parse(&self.text, dialect).file().map(own).into_iter().collect(),
            ("ExcelFilePath", _) => vec![own(&self.text)],
            _ => Vec::new(),
        }
    }
}
