//! The connection string with which a used connection manager connects.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::Facts;
use super::overrides::{self, ENDPOINT};
use crate::lang::connection_string::{ConnectionString, Dialect};
use crate::model::ConnectionManager;
use crate::span::Span;

/// A connection string that nothing replaces before it is used.
#[derive(Clone, Debug)]
pub struct ConnectionText<'m> {
    text: Cow<'m, str>,
    dialect: Dialect,
    /// The string as written, read once for all who ask.
    read: Option<&'m ConnectionString<'m>>,
    /// Where it stands: the value, or the expression that gives it.
    pub span: Span,
}

impl ConnectionText<'_> {
    /// Its pairs.
    #[must_use]
    pub fn read(&self) -> Cow<'_, ConnectionString<'_>> {
        self.read.map_or_else(|| Cow::Owned(ConnectionString::parse(&self.text, self.dialect)), Cow::Borrowed)
    }
}

impl<'s> Facts<'s, '_> {
    /// The connection string that is written for a manager, taken apart.
    fn written_string(&self, manager: &ConnectionManager<'_>) -> Option<&ConnectionString<'s>> {
        let connections = self.connections();
        let number = connections.number(manager)?;
        let (_, manager) = *connections.managers.get(number)?;
        let (text, dialect) = manager.connection_string().zip(Dialect::of(manager.creation_name.as_str()))?;
        let all = self.written_strings.get_or_init(|| connections.managers.iter().map(|_| OnceCell::new()).collect());
        Some(all.get(number)?.get_or_init(|| ConnectionString::parse(text.as_str(), dialect)))
    }

    /// The connection string of a manager that something uses; none when it has none, or when an expression or a configuration may replace it or one of
    /// these properties, each of which is a part of it.
    pub fn connection_text<'m>(&'m self, document: usize, manager: &'m ConnectionManager<'_>, parts: &[&str]) -> Option<ConnectionText<'m>> {
        let dialect = Dialect::of(manager.creation_name.as_str()).filter(|_| self.connections().is_used(manager))?;
        let package = self.project.documents.get(document).and_then(|document| document.package());
        let is_replaced = |properties: &[&str]| overrides::of_connection(self.project, package, manager, properties).is_some();
        if is_replaced(parts) {
            return None;
        }
        if is_replaced(&ENDPOINT[..1]) {
            let constant = self.endpoint(document, manager).filter(|endpoint| endpoint.property == ENDPOINT[0] && endpoint.replaced.is_none())?;
            return Some(ConnectionText { text: constant.text, dialect, read: None, span: constant.span });
        }
        let written = manager.connection_string().filter(|text| !text.is_blank())?;
        Some(ConnectionText { text: Cow::Borrowed(written.as_str()), dialect, read: self.written_string(manager), span: written.span })
    }
}
