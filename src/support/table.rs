//! The shape of `matrix.toml`.

use serde::Deserialize;

/// What a class is a class of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClassKind {
    /// A source, transformation or destination of a data flow.
    Component,
    /// A task or container.
    Task,
    /// A type of connection manager.
    Connection,
    /// A log provider.
    LogProvider,
    /// A Foreach enumerator.
    Enumerator,
}

impl ClassKind {
    /// The words for messages.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Component => "component",
            Self::Task => "task",
            Self::Connection => "connection type",
            Self::LogProvider => "log provider",
            Self::Enumerator => "Foreach enumerator",
        }
    }
}

/// Classes that Microsoft ships and that share their lot.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    pub(super) kind: ClassKind,
    /// What messages call it; empty for parts that no rule speaks of.
    #[serde(default)]
    pub title: String,
    /// Whether only Enterprise and Developer edition run it; the same on Azure-SSIS.
    #[serde(default)]
    pub enterprise: bool,
    /// Whether it comes with the Azure Feature Pack: there on Azure-SSIS, to be installed elsewhere.
    #[serde(default)]
    pub azure_pack: bool,
    /// Whether it is a download of its own, not installed by SQL Server Setup.
    #[serde(default)]
    pub download: bool,
    /// Whether Azure-SSIS has it.
    #[serde(default = "yes")]
    pub on_azure: bool,
    /// Whether its connection may go through a self-hosted integration runtime.
    #[serde(default = "yes")]
    pub proxy: bool,
    /// First version of SQL Server without it.
    pub removed_in: Option<u16>,
    /// First version of SQL Server that advises against it.
    pub deprecated_in: Option<u16>,
    /// First version of SQL Server without the service that it works with.
    pub discontinued_in: Option<u16>,
    /// What Microsoft recommends instead, where it still works.
    pub superseded_by: Option<String>,
    /// Who says so: keys of [`super::source`].
    pub sources: Vec<String>,
    pub(super) names: Vec<String>,
    #[serde(default)]
    pub(super) fragments: Vec<String>,
}

/// A product of somebody else, told by its names.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// What its maker calls it.
    pub name: String,
    #[serde(default)]
    pub(super) names: Vec<String>,
    #[serde(default)]
    pub(super) prefixes: Vec<String>,
    #[serde(default)]
    pub(super) suffixes: Vec<String>,
}

/// What a provider or driver is called through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProviderKind {
    /// An OLE DB provider, by ProgID.
    OleDb,
    /// An ADO.NET provider, by the class of its connection.
    AdoNet,
    /// An ODBC driver, by name.
    Odbc,
}

/// Providers or drivers that share their lot.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    pub(super) kind: ProviderKind,
    /// Whether Azure-SSIS has it.
    #[serde(default)]
    pub on_azure: bool,
    /// What to use in its place, where there is no 64-bit edition of it.
    pub instead_of_32_bit: Option<String>,
    /// Whether tools that upgrade a package write the name of its successor.
    #[serde(default)]
    pub renamed_on_upgrade: bool,
    /// First version of SQL Server whose SSIS knows it; none for any.
    pub since: Option<u16>,
    /// Who says so: keys of [`super::source`].
    pub sources: Vec<String>,
    #[serde(default)]
    pub(super) names: Vec<String>,
    #[serde(default)]
    pub(super) prefixes: Vec<String>,
}

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Matrix {
    pub(super) sources: std::collections::BTreeMap<String, String>,
    pub(super) class: Vec<Class>,
    pub(super) product: Vec<Product>,
    pub(super) provider: Vec<Provider>,
}

const fn yes() -> bool {
    true
}
