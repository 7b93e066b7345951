//! Variables and parameters.

use std::borrow::Cow;

use super::{ExecutableId, Text};
use crate::span::Span;

/// A variable of a package, container, task or event handler.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variable<'a> {
    /// Object path: `Package\Load.Variables[User::Folder]`.
    pub path: String,
    /// Namespace, `User` as a rule.
    pub namespace: Cow<'a, str>,
    /// Name without namespace; case-sensitive.
    pub name: Text<'a>,
    /// DTSID with braces.
    pub id: Cow<'a, str>,
    /// The executable that owns it: visible there and below.
    pub scope: ExecutableId,
    /// Type by its VARTYPE number: see [`Variable::type_name`].
    pub data_type: Option<u16>,
    /// The value saved at design time; none for objects.
    pub value: Option<Text<'a>>,
    /// The expression, whether or not it is evaluated.
    pub expression: Option<Text<'a>>,
    /// Whether the expression replaces the value at run time.
    pub evaluate_as_expression: bool,
    /// Whether it is read-only.
    pub read_only: bool,
    /// Its description.
    pub description: Option<Text<'a>>,
    /// The whole object.
    pub span: Span,
}

impl Variable<'_> {
    /// `Namespace::Name`.
    #[must_use]
    pub fn qualified_name(&self) -> String {
        format!("{}::{}", self.namespace, self.name.value)
    }

    /// Name of the type, as the designer shows it.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        type_name(self.data_type)
    }
}

/// A parameter of a package or, from `Project.params`, of a project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameter<'a> {
    /// Object path: `Package.Parameters[Name]` or `Project.Parameters[Name]`.
    pub path: String,
    /// Its name.
    pub name: Text<'a>,
    /// Id with braces.
    pub id: Cow<'a, str>,
    /// Type by its VARTYPE number, in project files too, which write .NET type codes.
    pub data_type: Option<u16>,
    /// Whether a value must be supplied at execution.
    pub required: bool,
    /// Whether the value is sensitive.
    pub sensitive: bool,
    /// The design-time value, when it is readable.
    pub value: Option<Text<'a>>,
    /// Its description.
    pub description: Option<Text<'a>>,
    /// The whole object.
    pub span: Span,
}

impl Parameter<'_> {
    /// Name of the type, as the designer shows it.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        type_name(self.data_type)
    }
}

/// Names of the VARTYPE numbers that variables and parameters use.
const fn type_name(data_type: Option<u16>) -> &'static str {
    match data_type {
        Some(2) => "Int16",
        Some(3) => "Int32",
        Some(4) => "Single",
        Some(5) => "Double",
        Some(6) => "Currency",
        Some(7) => "DateTime",
        Some(8) => "String",
        Some(11) => "Boolean",
        Some(13) => "Object",
        Some(14) => "Decimal",
        Some(16) => "SByte",
        Some(17) => "Byte",
        Some(18) => "Char",
        Some(19) => "UInt32",
        Some(20) => "Int64",
        Some(21) => "UInt64",
        _ => "Unknown",
    }
}
