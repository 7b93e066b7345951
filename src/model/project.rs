//! Projects: the documents that are deployed together.

use super::{ConfigurationFile, ConnectionManager, EncryptionScope, Package, Parameter, ProtectedValue, ProtectionLevel, Text};
use crate::finding::FileRef;
use crate::span::Span;

/// Documents that belong together: an archive, a `.dtproj` with what it lists, or the loose files of a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Project<'a> {
    /// All documents, sorted by file and member.
    pub documents: Vec<Document<'a>>,
    /// Whether every document of the project is at hand: from a project file or an archive. Loose files may miss their project.
    pub complete: bool,
    /// Whether every file that is there was read: only then one that has no document is missing. Never so for loose files.
    pub all_read: bool,
}

impl<'a> Project<'a> {
    /// All packages with their documents.
    pub fn packages(&self) -> impl Iterator<Item = (&Document<'a>, &Package<'a>)> {
        self.documents.iter().filter_map(|document| document.package().map(|package| (document, package)))
    }

    /// All project connection managers with their documents.
    pub fn connections(&self) -> impl Iterator<Item = (&Document<'a>, &ConnectionManager<'a>)> {
        self.documents.iter().filter_map(|document| match &document.kind {
            DocumentKind::ConnectionManager(connection) => Some((document, &**connection)),
            _ => None,
        })
    }

    /// All project parameters with their documents.
    pub fn parameters(&self) -> impl Iterator<Item = (&Document<'a>, &Parameter<'a>)> {
        self.documents
            .iter()
            .filter_map(|document| match &document.kind {
                DocumentKind::Parameters(parameters) => Some(parameters.iter().map(move |parameter| (document, parameter))),
                _ => None,
            })
            .flatten()
    }

    /// The `.dtproj` or the manifest.
    #[must_use]
    pub fn file(&self) -> Option<(&Document<'a>, &ProjectFile<'a>)> {
        self.documents.iter().find_map(|document| match &document.kind {
            DocumentKind::Project(project) => Some((document, &**project)),
            _ => None,
        })
    }

    /// The `.dtproj` or the manifest with the index of its document.
    #[must_use]
    pub fn file_with_index(&self) -> Option<(usize, &ProjectFile<'a>)> {
        self.documents.iter().enumerate().find_map(|(index, document)| match &document.kind {
            DocumentKind::Project(project) => Some((index, &**project)),
            _ => None,
        })
    }

    /// How it is deployed; none without a project file.
    #[must_use]
    pub fn deployment_model(&self) -> Option<DeploymentModel> {
        self.file().map(|(_, file)| file.deployment_model)
    }
}

/// One file, or one member of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document<'a> {
    /// Its name, as findings show it.
    pub file: FileRef,
    /// Whether findings on it were asked for; else it is only context.
    pub requested: bool,
    /// What it holds.
    pub kind: DocumentKind<'a>,
    /// Every place marked sensitive, for all kinds but packages, which have their own list.
    pub protected_values: Vec<ProtectedValue<'a>>,
}

impl<'a> Document<'a> {
    /// The package, when it is one.
    #[must_use]
    pub fn package(&self) -> Option<&Package<'a>> {
        match &self.kind {
            DocumentKind::Package(package) => Some(package),
            _ => None,
        }
    }

    /// Every place marked sensitive, whatever the kind.
    #[must_use]
    pub fn protected_values(&self) -> &[ProtectedValue<'a>] {
        self.package().map_or(&self.protected_values, |package| &package.protected_values)
    }
}

/// The kinds of documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentKind<'a> {
    /// `.dtsx`, `.dtsxp`.
    Package(Box<Package<'a>>),
    /// `.dtproj`, `@Project.manifest`.
    Project(Box<ProjectFile<'a>>),
    /// `.conmgr`.
    ConnectionManager(Box<ConnectionManager<'a>>),
    /// `Project.params`.
    Parameters(Vec<Parameter<'a>>),
    /// `.dtsConfig`.
    ConfigurationFile(ConfigurationFile<'a>),
}

impl DocumentKind<'_> {
    /// The word used by `inspect`.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Package(_) => "package",
            Self::Project(_) => "project",
            Self::ConnectionManager(_) => "connection-manager",
            Self::Parameters(_) => "parameters",
            Self::ConfigurationFile(_) => "configuration-file",
        }
    }
}

/// How a project is deployed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DeploymentModel {
    /// As one archive into the SSIS catalog.
    #[default]
    Project,
    /// Package by package: file system, package store, msdb. Always so before 2012.
    Package,
}

/// A `.dtproj` file or the manifest of an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProjectFile<'a> {
    /// Name of the project.
    pub name: Text<'a>,
    /// How it is deployed.
    pub deployment_model: DeploymentModel,
    /// Whether it is the manifest of an archive.
    pub is_manifest: bool,
    /// Protection level, when the project has one.
    pub protection_level: Option<ProtectionLevel>,
    /// Where the level stands.
    pub protection_level_span: Span,
    /// How much of it is ciphertext.
    pub encryption: EncryptionScope,
    /// `TargetServerVersion` of each configuration, as written (`SQLServer2019`, or `150` in a manifest).
    pub target_server_versions: Vec<Text<'a>>,
    /// Packages it lists.
    pub packages: Vec<ProjectPackage<'a>>,
    /// Names of the `.conmgr` files it lists.
    pub connection_managers: Vec<Text<'a>>,
    /// File names of the control-flow parts it lists.
    pub parts: Vec<Text<'a>>,
    /// Connection properties and package parameters that the project repeats, with clear-text values, and its configurations' overrides.
    pub settings: Vec<ProjectSetting<'a>>,
}

impl ProjectFile<'_> {
    /// Whether its lists are hidden by encryption.
    #[must_use]
    pub const fn is_opaque(&self) -> bool {
        matches!(self.encryption, EncryptionScope::Whole(_))
    }
}

/// A package as a project lists it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProjectPackage<'a> {
    /// File name, not encoded.
    pub name: Text<'a>,
    /// DTSID that the project remembers, with braces; none when it remembers none.
    pub id: Option<Text<'a>>,
    /// Whether it may be started directly.
    pub entry_point: bool,
    /// The copy of the package's protection level in the project; may be stale.
    pub protection_level: Option<ProtectionLevel>,
}

/// A value that a project file holds for a property or parameter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProjectSetting<'a> {
    /// Name as written: `CM.Sales.ConnectionString`, `Load.dtsx::Folder`.
    pub name: Text<'a>,
    /// Whether it is marked sensitive.
    pub sensitive: bool,
    /// The value, when it is readable.
    pub value: Option<Text<'a>>,
}
