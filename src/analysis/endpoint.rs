//! What a connection manager connects to: the string as written, or what a constant expression makes of it.

use std::borrow::Cow;

use super::constants::Constants;
use super::overrides::{self, ENDPOINT, Override};
use crate::lang::connection_string::{ConnectionString, Dialect};
use crate::model::{ConnectionManager, Package, Project};
use crate::span::Span;

/// What a connection manager connects to, as far as the files say.
#[derive(Clone, Debug)]
pub struct Endpoint<'s> {
    /// The property that says it: one of [`ENDPOINT`].
    pub property: &'static str,
    /// Its value.
    pub text: Cow<'s, str>,
    /// Where it stands: the value, or the expression that gives it.
    pub span: Span,
    /// What may replace it before it is used; nothing replaces a constant expression.
    pub replaced: Option<Override>,
    dialect: Option<Dialect>,
}

/// The endpoint of a connection manager; none when nothing says it.
#[must_use]
pub fn of_connection<'s>(
    project: &Project<'_>,
    package: Option<&Package<'_>>,
    constants: Option<&Constants<'_, '_>>,
    manager: &'s ConnectionManager<'_>,
) -> Option<Endpoint<'s>> {
    let dialect = Dialect::of(manager.creation_name.as_str());
    if let Some((property, value, span)) = constants.and_then(|constants| constant(constants, manager)) {
        return Some(Endpoint { property, text: Cow::Owned(value), span, replaced: None, dialect });
    }
    let text = manager.connection_string().filter(|text| !text.is_blank())?;
    let replaced = overrides::of_connection(project, package, manager, &ENDPOINT);
    Some(Endpoint { property: ENDPOINT[0], text: Cow::Borrowed(text.as_str()), span: text.span, replaced, dialect })
}

/// The value of the one expression that says where to connect to. Of several it is not known which counts.
fn constant(constants: &Constants<'_, '_>, manager: &ConnectionManager<'_>) -> Option<(&'static str, String, Span)> {
    let on = |property: &&'static str| manager.expression(property).map(|expression| (*property, expression));
    let mut expressions = ENDPOINT.iter().filter_map(on);
    match (expressions.next(), expressions.next()) {
        (Some((property, expression)), None) => Some((property, constants.text(expression.as_str())?, expression.span)),
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
    /// The server, when it connects to one.
    #[must_use]
    pub fn server(&self) -> Option<String> {
        match (self.property, self.dialect?) {
            ("ServerName", _) => Some(self.text.trim().to_owned()),
            ("ConnectionString", dialect) => ConnectionString::parse(&self.text, dialect).server().map(str::to_owned),
            _ => None,
        }
    }

    /// The files that it opens. A list of files is parted by vertical bars.
    #[must_use]
    pub fn files(&self, manager: &ConnectionManager<'_>) -> Vec<String> {
        let own = |text: &str| text.trim().to_owned();
        match (self.property, self.dialect) {
            ("ConnectionString", None) if manager.is_file() || manager.is("CACHE") => self.text.split('|').map(own).collect(),
            ("ConnectionString", Some(dialect)) => ConnectionString::parse(&self.text, dialect).file().map(own).into_iter().collect(),
            ("ExcelFilePath", _) => vec![own(&self.text)],
            _ => Vec::new(),
        }
    }
}
