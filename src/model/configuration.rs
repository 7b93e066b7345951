//! Package configurations and the files that hold them.

use std::borrow::Cow;
use std::fmt;

use super::{ByTarget, Text};
use crate::span::Span;

/// Where a package configuration reads its value from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ConfigurationKind {
    /// 0: a variable of the calling package. The default, left out by 2012 and later designers.
    #[default]
    ParentVariable,
    /// 1: an XML file.
    XmlFile,
    /// 2: an environment variable that holds the value.
    EnvironmentVariable,
    /// 3: a registry key, always below `HKEY_CURRENT_USER`.
    Registry,
    /// 4: an environment variable that names the parent variable.
    IndirectParentVariable,
    /// 5: an environment variable that names the XML file.
    IndirectXmlFile,
    /// 6: an environment variable that names the registry key.
    IndirectRegistry,
    /// 7: a table read through a connection manager.
    SqlServer,
    /// 8: an environment variable that holds the string of a [`ConfigurationKind::SqlServer`].
    IndirectSqlServer,
}

impl ConfigurationKind {
    const ALL: [(Self, &'static str); 9] = [
        (Self::ParentVariable, "parent-variable"),
        (Self::XmlFile, "xml-file"),
        (Self::EnvironmentVariable, "environment-variable"),
        (Self::Registry, "registry"),
        (Self::IndirectParentVariable, "indirect-parent-variable"),
        (Self::IndirectXmlFile, "indirect-xml-file"),
        (Self::IndirectRegistry, "indirect-registry"),
        (Self::SqlServer, "sql-server"),
        (Self::IndirectSqlServer, "indirect-sql-server"),
    ];

    /// The kind of a `ConfigurationType` number; none when the number is unknown.
    #[must_use]
    pub fn from_number(number: i64) -> Option<Self> {
        usize::try_from(number).ok().and_then(|index| Self::ALL.get(index)).map(|(kind, _)| *kind)
    }

    /// The word used by `inspect`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }
}

impl fmt::Display for ConfigurationKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One package configuration, in order of application.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Configuration<'a> {
    /// Object path: `Package.Configurations[Name]`.
    pub path: String,
    /// Its name.
    pub name: Text<'a>,
    /// Where it reads from; none when the file says an unknown number.
    pub kind: Option<ConfigurationKind>,
    /// Path, key, variable or the three-part string of an SQL Server configuration.
    pub string: Text<'a>,
    /// The property it sets, as `\Package.Variables[User::X].Properties[Value]`; empty for kinds that hold several targets.
    pub target: Text<'a>,
    /// The whole object.
    pub span: Span,
}

impl Configuration<'_> {
    /// What it names, or, when its targets stand elsewhere, a word for that.
    fn target(&self) -> &str {
        match self.kind {
            Some(ConfigurationKind::XmlFile) => "*.File",
            None | Some(ConfigurationKind::SqlServer | ConfigurationKind::IndirectSqlServer | ConfigurationKind::IndirectXmlFile) => "*.Unread",
            Some(_) => self.target.as_str(),
        }
    }
}

impl<'a> ByTarget<Configuration<'a>> {
    /// The configurations of a package, in order of application.
    #[must_use]
    pub fn of_package(all: Vec<Configuration<'a>>) -> Self {
        Self::new(all, Configuration::target)
    }

    /// Those that read XML files, with their places in the order.
    pub fn files(&self) -> impl Iterator<Item = (usize, &Configuration<'a>)> {
        self.naming("*", "File")
    }

    /// Those that may set anything, with their places in the order: their targets stand in a table, or where the environment says.
    pub fn unread(&self) -> impl Iterator<Item = (usize, &Configuration<'a>)> {
        self.naming("*", "Unread")
    }
}

/// One entry of a `.dtsConfig` file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConfiguredValue<'a> {
    /// The property it sets.
    pub path: Text<'a>,
    /// Type of the value as written (`String`, `Int32`).
    pub value_type: Text<'a>,
    /// The value, never encrypted.
    pub value: Text<'a>,
    /// The whole entry.
    pub span: Span,
}

/// A `.dtsConfig` file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConfigurationFile<'a> {
    /// The account that generated it.
    pub generated_by: Cow<'a, str>,
    /// The package it was generated from.
    pub package_name: Cow<'a, str>,
    /// Its entries.
    pub entries: ByTarget<ConfiguredValue<'a>>,
}
