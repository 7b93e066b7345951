//! Connection managers and the references to them.

use std::borrow::Cow;

use super::{Properties, PropertyExpression, Text};
use crate::span::Span;

/// A connection manager of a package or, from a `.conmgr` file, of a project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConnectionManager<'a> {
    /// Object path: `Package.ConnectionManagers[Name]` or `Project.ConnectionManagers[Name]`.
    pub path: Cow<'a, str>,
    /// The name in the designer.
    pub name: Text<'a>,
    /// DTSID with braces; compare without regard to case.
    pub id: Cow<'a, str>,
    /// As written: `OLEDB`, `ADO.NET:System.Data.SqlClient.SqlConnection, …`.
    pub creation_name: Text<'a>,
    /// Properties of the manager itself (`Description`, `DelayValidation`).
    pub properties: Properties<'a>,
    /// Properties of the connection (`ConnectionString`, `Retain`, `FileUsageType`, `ServerName` of an FTP server …), sensitive ones left out.
    pub settings: Properties<'a>,
    /// Columns of a flat file, as the connection manager describes them.
    pub columns: Vec<Properties<'a>>,
    /// Property expressions.
    pub expressions: Vec<PropertyExpression<'a>>,
    /// The whole object.
    pub span: Span,
    /// Whether its content is encrypted as a whole, so that only name, id and type are known.
    pub encrypted: bool,
}

impl<'a> ConnectionManager<'a> {
    /// The type: the creation name up to the first colon, as `OLEDB`, `FLATFILE`, `ADO.NET`.
    #[must_use]
    pub fn kind(&self) -> &str {
        self.creation_name.value.split(':').next().unwrap_or_default()
    }

    /// Whether it is of that type, without regard to case.
    #[must_use]
    pub fn is(&self, kind: &str) -> bool {
        self.kind().eq_ignore_ascii_case(kind)
    }

    /// The connection string as saved at design time (a path for the file types). `OraConnectionString` for the Oracle connector.
    #[must_use]
    pub fn connection_string(&self) -> Option<&Text<'a>> {
        self.settings.get("ConnectionString").or_else(|| self.settings.get("OraConnectionString"))
    }

    /// `RetainSameConnection`, false by default, and whether the file says it.
    #[must_use]
    pub fn retain_same_connection(&self) -> (bool, bool) {
        let written = self.settings.get("Retain").or_else(|| self.settings.get("OraRetain")).and_then(|text| super::flag(text.as_str()));
        (written.unwrap_or(false), written.is_some())
    }

    /// `DelayValidation` of the manager.
    #[must_use]
    pub fn delay_validation(&self) -> bool {
        self.properties.flag("DelayValidation", false)
    }

    /// The expression on a property, by documented name.
    #[must_use]
    pub fn expression(&self, property: &str) -> Option<&Text<'a>> {
        self.expressions.iter().find(|expression| expression.property.eq_ignore_ascii_case(property)).map(|expression| &expression.expression)
    }

    /// Whether the expression language sets where it connects to: an expression on any of these properties.
    #[must_use]
    pub fn has_expression_on(&self, properties: &[&str]) -> bool {
        properties.iter().any(|property| self.expression(property).is_some())
    }

    /// Whether it is one of the types whose connection string is a path.
    #[must_use]
    pub fn is_file(&self) -> bool {
        ["FILE", "FLATFILE", "MULTIFILE", "MULTIFLATFILE"].iter().any(|kind| self.is(kind))
    }
}

/// How a task or component names a connection manager.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferenceKind {
    /// By DTSID, refId or name: tried in this order.
    Any,
    /// Of a component whose manager was deleted: the designer wrote `:invalid`.
    Invalid,
    /// To a project connection manager by DTSID (`:external`).
    External,
}

/// A reference from an executable to a connection manager.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionReference<'a> {
    /// The setting that holds it, as `Connection` or `SMTPServer`.
    pub property: Cow<'a, str>,
    /// DTSID, refId or name.
    pub target: Text<'a>,
    /// The form of the reference.
    pub kind: ReferenceKind,
}
