//! Projects: the documents that are deployed together.

use std::cell::OnceCell;

use foldhash::{HashMap, HashSet};

use super::{ConfigurationFile, ConnectionManager, EncryptionScope, Package, Parameter, ProtectedValue, ProtectionLevel, Text};
use crate::finding::FileRef;
use crate::span::Span;

/// Documents that belong together: an archive, a `.dtproj` with what it lists, or the loose files of a folder.
#[derive(Debug, Default)]
pub struct Project<'a> {
    /// All documents, sorted by file and member.
    pub documents: Vec<Document<'a>>,
    /// Whether every document of the project is at hand: from a project file or an archive. Loose files may miss their project.
    pub complete: bool,
    /// Whether every file that is there was read: only then one that has no document is missing. Never so for loose files.
    pub all_read: bool,
    places: OnceCell<Places>,
    /// By the address of the package.
    configured_by: OnceCell<HashMap<usize, ConfiguredBy>>,
}

/// The `.dtsConfig` files that the configurations of a package read, by their places in the package.
#[derive(Clone, Debug, Default)]
struct ConfiguredBy {
    /// Each file at hand, the last one first: the last configuration that reads it, and the index of the document.
    read: Vec<(usize, usize)>,
    /// The first configuration whose file is not at hand.
    missing: Option<usize>,
}

/// Where in a project things are that are asked for again and again.
#[derive(Debug, Default)]
struct Places {
    /// Of the `.dtproj` or the manifest.
    file: Option<usize>,
    /// Of each `.dtsConfig`, by its name in lower case.
    configuration_files: HashMap<String, Vec<usize>>,
    /// Of each package that the project file lists, in that list, by its name in lower case; of several the first.
    listed: HashMap<String, usize>,
    /// The names of all packages that are listed or there, in lower case.
    packages: HashSet<String>,
    /// The names of the connection managers that the project file lists, in lower case.
    connections: HashSet<String>,
}

impl Places {
    fn new(documents: &[Document<'_>]) -> Self {
        let mut places = Self::default();
        for (index, document) in documents.iter().enumerate() {
            match &document.kind {
                DocumentKind::Project(file) if places.file.is_none() => {
                    places.file = Some(index);
                    for (place, package) in file.packages.iter().enumerate() {
                        places.listed.entry(package.name.value.to_ascii_lowercase()).or_insert(place);
                        places.packages.insert(package.name.value.to_lowercase());
                    }
                    places.connections.extend(file.connection_managers.iter().map(|name| name.value.to_lowercase()));
                }
                DocumentKind::ConfigurationFile(_) => {
                    places.configuration_files.entry(document.file.name().to_ascii_lowercase()).or_default().push(index);
                }
                DocumentKind::Package(_) => {
                    places.packages.insert(document.file.name().to_lowercase());
                }
                _ => {}
            }
        }
        places
    }
}

impl<'a> Project<'a> {
    /// A project of these documents, which from then on stay as they are.
    #[must_use]
    pub const fn new(documents: Vec<Document<'a>>, complete: bool, all_read: bool) -> Self {
        Self { documents, complete, all_read, places: OnceCell::new(), configured_by: OnceCell::new() }
    }

    fn places(&self) -> &Places {
        self.places.get_or_init(|| Places::new(&self.documents))
    }

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
        self.file_with_index().map(|(index, file)| (&self.documents[index], file))
    }

    /// The `.dtproj` or the manifest with the index of its document.
    #[must_use]
    pub fn file_with_index(&self) -> Option<(usize, &ProjectFile<'a>)> {
        let index = self.places().file?;
        match &self.documents.get(index)?.kind {
            DocumentKind::Project(file) => Some((index, file)),
            _ => None,
        }
    }

    /// What the `.dtproj` or the manifest says of the package of that file name.
    #[must_use]
    pub fn listed(&self, name: &str) -> Option<&ProjectPackage<'a>> {
        let (_, file) = self.file()?;
        file.packages.get(*self.places().listed.get(&name.to_ascii_lowercase())?)
    }

    /// Whether the `.dtproj` or the manifest lists a connection manager of that file name.
    #[must_use]
    pub fn lists_connection(&self, name: &str) -> bool {
        self.places().connections.contains(&name.to_lowercase())
    }

    /// Whether it has a package of that file name: listed or there.
    #[must_use]
    pub fn has_package(&self, name: &str) -> bool {
        self.places().packages.contains(&name.to_lowercase())
    }

    /// The files at hand that may be the `.dtsConfig` of that path, with the indices of their documents: the name decides, without its folder.
    pub fn configuration_files(&self, path: &str) -> impl Iterator<Item = (usize, &ConfigurationFile<'a>)> {
        let files = Some(&self.places().configuration_files).filter(|files| !files.is_empty());
        let name = || path.rsplit(['\\', '/']).next().unwrap_or_default().to_ascii_lowercase();
        files.and_then(|files| files.get(&name())).into_iter().flatten().filter_map(|index| match &self.documents[*index].kind {
            DocumentKind::ConfigurationFile(file) => Some((*index, file)),
            _ => None,
        })
    }

    /// The first of them, which is taken for the one that is meant.
    #[must_use]
    pub fn configuration_file(&self, path: &str) -> Option<(usize, &ConfigurationFile<'a>)> {
        self.configuration_files(path).next()
    }

    fn configured_by(&self, package: &Package<'_>) -> Option<&ConfiguredBy> {
        let all = self.configured_by.get_or_init(|| {
            let packages = self.packages().map(|(_, package)| package).filter(|package| !package.configurations.is_empty());
            packages.map(|package| (std::ptr::from_ref(package).addr(), self.files_of(package))).collect()
        });
        all.get(&std::ptr::from_ref(package).addr())
    }

    fn files_of(&self, package: &Package<'_>) -> ConfiguredBy {
        let mut found = ConfiguredBy::default();
        for (place, configuration) in package.configurations.files() {
            match self.configuration_file(&configuration.string.value) {
                Some((document, _)) => found.read.push((place, document)),
                None => found.missing = found.missing.or(Some(place)),
            }
        }
        let mut seen = HashSet::default();
        found.read.reverse();
        found.read.retain(|(_, document)| seen.insert(*document));
        found
    }

    /// The `.dtsConfig` files at hand that the configurations of one of its packages read, the last one first, each with the place of the last
    /// configuration that reads it.
    pub fn configuration_files_of(&self, package: &Package<'_>) -> impl Iterator<Item = (usize, &ConfigurationFile<'a>)> {
        self.configured_by(package).into_iter().flat_map(|found| &found.read).filter_map(|(place, document)| match &self.documents[*document].kind {
            DocumentKind::ConfigurationFile(file) => Some((*place, file)),
            _ => None,
        })
    }

    /// The place of the first configuration of one of its packages whose `.dtsConfig` is not at hand.
    #[must_use]
    pub fn missing_configuration_file(&self, package: &Package<'_>) -> Option<usize> {
        self.configured_by(package)?.missing
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
