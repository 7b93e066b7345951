//! A package.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::{
    ByTarget, Configuration, ConnectionManager, Executable, ExecutableId, LogProvider, Parameter, ProtectedValue, Protection, ProtectionLevel, Text, Variable,
};

/// How a file writes properties.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Generation {
    /// Child elements: SQL Server 2005 and 2008 (formats 2 and 3).
    Element,
    /// Attributes: SQL Server 2012 and later (formats 6 and 8).
    #[default]
    Attribute,
}

impl Generation {
    /// The word used by `inspect`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Element => "element",
            Self::Attribute => "attribute",
        }
    }
}

/// How much of a document is ciphertext.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum EncryptionScope {
    /// Nothing.
    #[default]
    None,
    /// Single values.
    Values,
    /// The whole document.
    Whole(Protection),
}

impl EncryptionScope {
    /// The word used by `inspect`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Values => "values",
            Self::Whole(_) => "whole",
        }
    }
}

/// Which executables of a package can run, found out when first asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Enabled(OnceLock<Vec<bool>>);

fn enabled(executables: &[Executable<'_>]) -> Vec<bool> {
    let mut enabled = Vec::with_capacity(executables.len());
    for executable in executables {
        let own = !executable.disabled() || executable.expression("Disable").is_some();
        let inherited = executable.parent.is_none_or(|parent| enabled.get(parent.0 as usize).copied().unwrap_or_default());
        enabled.push(own && inherited);
    }
    enabled
}

/// A package, or a package part (`.dtsxp`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Package<'a> {
    /// `PackageFormatVersion`; none when hidden by encryption or missing.
    pub format_version: Option<u32>,
    /// How it writes properties.
    pub generation: Generation,
    /// Whether it is a control-flow part.
    pub is_part: bool,
    /// Protection level: written, or the default.
    pub protection_level: ProtectionLevel,
    /// The level as written; none when the default applies or the level is hidden.
    pub protection_level_text: Option<Text<'a>>,
    /// How much of it is ciphertext.
    pub encryption: EncryptionScope,
    /// All executables in document order, the package itself first, event handlers and their children included: parents before children.
    pub executables: Vec<Executable<'a>>,
    /// Which of them can run. Nearly every rule asks, of every executable.
    pub enabled: Enabled,
    /// Connection managers.
    pub connections: Vec<ConnectionManager<'a>>,
    /// Configurations, in order of application.
    pub configurations: ByTarget<Configuration<'a>>,
    /// Parameters.
    pub parameters: Vec<Parameter<'a>>,
    /// Log providers.
    pub log_providers: Vec<LogProvider<'a>>,
    /// Every place marked sensitive.
    pub protected_values: Vec<ProtectedValue<'a>>,
}

impl<'a> Package<'a> {
    /// The package as an executable. A model always has one, also for an encrypted document.
    #[must_use]
    pub fn root(&self) -> &Executable<'a> {
        &self.executables[0]
    }

    /// The executable of an id.
    #[must_use]
    pub fn executable(&self, id: ExecutableId) -> &Executable<'a> {
        &self.executables[id.0 as usize]
    }

    /// All executables with their ids, in document order.
    pub fn executables(&self) -> impl Iterator<Item = (ExecutableId, &Executable<'a>)> {
        (0u32..).map(ExecutableId).zip(&self.executables)
    }

    /// The executable itself, then its containers and owners up to the package.
    pub fn ancestors(&self, id: ExecutableId) -> impl Iterator<Item = ExecutableId> {
        std::iter::successors(Some(id), |current| self.executable(*current).parent)
    }

    /// Whether it can run: neither it nor an ancestor is disabled for good. An expression on `Disable` may enable it again.
    #[must_use]
    pub fn is_enabled(&self, id: ExecutableId) -> bool {
        self.enabled.0.get_or_init(|| enabled(&self.executables)).get(id.0 as usize).copied().unwrap_or_default()
    }

    /// All variables, with their owners' order.
    pub fn variables(&self) -> impl Iterator<Item = &Variable<'a>> {
        self.executables.iter().flat_map(|executable| &executable.variables)
    }

    /// The name of the package.
    #[must_use]
    pub fn name(&self) -> &Text<'a> {
        &self.root().name
    }

    /// Whether configurations are applied (`EnableConfigurations`).
    #[must_use]
    pub fn configurations_enabled(&self) -> bool {
        self.root().properties.flag("EnableConfig", false)
    }

    /// The account that created it.
    #[must_use]
    pub fn creator(&self) -> &str {
        self.root().properties.text("CreatorName")
    }

    /// Build of the designer that saved it last; empty when unknown.
    #[must_use]
    pub fn product_version(&self) -> &str {
        self.root().properties.text("LastModifiedProductVersion")
    }

    /// DTSID of the package.
    #[must_use]
    pub fn id(&self) -> &Cow<'a, str> {
        &self.root().id
    }
}
