//! Where a connection manager will connect to: its strings after expressions, as far as the file decides them.

use std::borrow::Cow;

use super::effective::Values;
use super::overrides::{self, ENDPOINT, Override};
use crate::lang::connection_string::{ConnectionString, Dialect};
use crate::model::{ConnectionManager, ExecutableId, Package, Project};
use crate::span::Span;

/// A value of a connection manager, and how it came about.
#[derive(Clone, Debug)]
pub struct Endpoint<'s> {
    /// The value: what the expression gives when the file decides that, else what was saved at design time.
    pub value: Cow<'s, str>,
    /// Where the deciding text stands: the expression, or the saved value.
    pub span: Span,
    /// The expression that gives the value, for messages.
    pub expression: Option<&'s str>,
    /// What may still replace the value.
    pub replaced: Option<Override>,
}

impl Endpoint<'_> {
    /// How the value came about, to be added to a message; empty for a saved one.
    #[must_use]
    pub fn origin(&self) -> String {
        self.expression.map(|expression| format!(" (from the expression `{}`)", crate::lang::secret::mask(expression))).unwrap_or_default()
    }
}

/// What the endpoint of a connection manager is worked out from.
#[derive(Clone, Copy)]
pub struct Place<'v, 's, 'a> {
    /// The project.
    pub project: &'s Project<'a>,
    /// The package, when the manager is one of a package, with its known values.
    pub package: Option<(&'s Package<'a>, &'v Values<'s, 'a>)>,
}

impl<'s, 'a> Place<'_, 's, 'a> {
    /// The connection string, when there is one. An expression on a part of it, as the server's name, leaves the rest as it was saved.
    #[must_use]
    pub fn connection_string(self, manager: &'s ConnectionManager<'a>) -> Option<Endpoint<'s>> {
        self.computed(manager, "ConnectionString").or_else(|| self.saved(manager))
    }

    /// The file or folder that it opens, when it is of a type that does.
    #[must_use]
    pub fn file(self, manager: &'s ConnectionManager<'a>) -> Option<Endpoint<'s>> {
        let dialect = Dialect::of(manager.creation_name.as_str());
        if let Some(path) = self.computed(manager, "ExcelFilePath") {
            return Some(path);
        }
        let string = self.connection_string(manager)?;
        match dialect {
            None if manager.is_file() || manager.is("CACHE") => Some(string),
            None => None,
            Some(dialect) => part(string, dialect, |string| string.file().map(str::to_owned)),
        }
    }

    /// The server, when the string names one.
    #[must_use]
    pub fn server(self, manager: &'s ConnectionManager<'a>) -> Option<Endpoint<'s>> {
        let dialect = Dialect::of(manager.creation_name.as_str())?;
        if let Some(server) = self.computed(manager, "ServerName").or_else(|| self.computed(manager, "SmtpServer")) {
            return Some(server);
        }
        part(self.connection_string(manager)?, dialect, |string| string.server().map(str::to_owned))
    }

    fn computed(self, manager: &'s ConnectionManager<'a>, property: &str) -> Option<Endpoint<'s>> {
        let expression = manager.expression(property)?;
        let (_, values) = self.package?;
        let value = values.fold(ExecutableId::PACKAGE, expression.as_str())?;
        Some(Endpoint { value: Cow::Owned(value), span: expression.span, expression: Some(expression.as_str()), replaced: None })
    }

    fn saved(self, manager: &'s ConnectionManager<'a>) -> Option<Endpoint<'s>> {
        let text = manager.connection_string()?;
        let replaced = overrides::of_connection(self.project, self.package.map(|(package, _)| package), manager, &ENDPOINT);
        Some(Endpoint { value: Cow::Borrowed(text.as_str()), span: text.span, expression: None, replaced })
    }
}

/// A part of a connection string, with the string's origin.
fn part<'s>(string: Endpoint<'s>, dialect: Dialect, pick: impl Fn(&ConnectionString<'_>) -> Option<String>) -> Option<Endpoint<'s>> {
    let picked = pick(&ConnectionString::parse(&string.value, dialect))?;
    Some(Endpoint { value: Cow::Owned(picked), ..string })
}
