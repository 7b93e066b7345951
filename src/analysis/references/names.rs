//! What can be named from where.

use foldhash::HashMap;

use super::{Resolution, system};
use crate::model::{DeploymentModel, Document, DocumentKind, EncryptionScope, ExecutableId, Package, Parameter, Project, Variable};

/// Variables and parameters that a document can name.
#[derive(Debug)]
pub struct Names<'s, 'a> {
    package: Option<&'s Package<'a>>,
    /// By owner and lower-case name.
    variables: HashMap<(ExecutableId, String), Vec<&'s Variable<'a>>>,
    /// The first of each name, in any scope.
    by_name: HashMap<&'s str, &'s Variable<'a>>,
    package_parameters: Parameters<'s, 'a>,
    project_parameters: Parameters<'s, 'a>,
    by_id: HashMap<String, Resolution<'s, 'a>>,
}

impl<'s, 'a> Names<'s, 'a> {
    /// The names of a document in its project.
    #[must_use]
    pub fn new(project: &'s Project<'a>, document: &'s Document<'a>) -> Self {
        let package = document.package();
        let certain = package.is_none_or(|package| !package.is_part && !matches!(package.encryption, EncryptionScope::Whole(_)));
        let of_package = package.map(|package| package.parameters.iter()).into_iter().flatten();
        let of_project = project.parameters().map(|(_, parameter)| parameter);
        let mut names = Self {
            package,
            variables: HashMap::default(),
            by_name: HashMap::default(),
            package_parameters: Parameters::new(of_package, certain && package.is_some()),
            project_parameters: Parameters::new(of_project, certain && knows_project_parameters(project, document)),
            by_id: HashMap::default(),
        };
        names.add_ids();
        for variable in package.into_iter().flat_map(Package::variables) {
            let key = (variable.scope, variable.name.value.to_lowercase());
            names.variables.entry(key).or_default().push(variable);
            names.by_name.entry(variable.name.as_str()).or_insert(variable);
            names.by_id.entry(variable.id.to_ascii_uppercase()).or_insert(Resolution::Variable(variable));
        }
        names
    }

    fn add_ids(&mut self) {
        for parameter in self.package_parameters.all.iter().chain(&self.project_parameters.all) {
            self.by_id.entry(parameter.id.to_ascii_uppercase()).or_insert(Resolution::Parameter(parameter));
        }
    }

    /// What a name comes to when it is used from an executable.
    #[must_use]
    pub fn resolve(&self, name: &str, from: ExecutableId) -> Resolution<'s, 'a> {
        let name = name.trim();
        match name.split_once("::") {
            Some((namespace, name)) if namespace.eq_ignore_ascii_case("$Package") => self.package_parameters.find(namespace, "$Package", name),
            Some((namespace, name)) if namespace.eq_ignore_ascii_case("$Project") => self.project_parameters.find(namespace, "$Project", name),
            Some((namespace, _)) if namespace.starts_with('$') => Resolution::Unknown,
            Some((namespace, name)) => self.qualified(namespace, name, from),
            None => self.unqualified(name, from),
        }
    }

    /// What the DTSID of a variable or parameter comes to. System variables have one too, which no file tells.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Resolution<'s, 'a> {
        self.by_id.get(&id.trim().to_ascii_uppercase()).cloned().unwrap_or(Resolution::Unknown)
    }

    /// The variable of exactly that name, with its namespace or without, that an executable declares.
    #[must_use]
    pub fn declared(&self, owner: ExecutableId, name: &str) -> Option<&'s Variable<'a>> {
        let (namespace, name) = name.split_once("::").map_or((None, name), |(namespace, name)| (Some(namespace), name));
        let mut named = self.variables.get(&(owner, name.to_lowercase()))?.iter().copied();
        named.find(|variable| variable.name.value == name && namespace.is_none_or(|namespace| variable.namespace == namespace))
    }

    /// A variable of that name in any scope, whatever its namespace.
    #[must_use]
    pub fn anywhere(&self, name: &str) -> Option<&'s Variable<'a>> {
        let name = name.split_once("::").map_or(name, |(_, name)| name);
        self.by_name.get(name).copied()
    }

    fn qualified(&self, namespace: &str, name: &str, from: ExecutableId) -> Resolution<'s, 'a> {
        let named = || self.visible(name, from);
        if let Some(found) = named().find(|variable| variable.namespace == namespace && variable.name.value == name) {
            return Resolution::Variable(found);
        }
        if namespace.eq_ignore_ascii_case("System") {
            return match system::similar(name) {
                Some(similar) if namespace == "System" && !system::is_known(name) => Resolution::CaseDiffers(format!("System::{similar}")),
                Some(_) => Resolution::System,
                None => Resolution::Unknown,
            };
        }
        let similar = named().find(|variable| variable.namespace.eq_ignore_ascii_case(namespace));
        similar.map_or_else(|| self.absent(), |variable| Resolution::CaseDiffers(variable.qualified_name()))
    }

    fn unqualified(&self, name: &str, from: ExecutableId) -> Resolution<'s, 'a> {
        let named: Vec<_> = self.visible(name, from).collect();
        let mut exact = named.iter().filter(|variable| variable.name.value == name);
        match exact.next() {
            Some(first) if exact.any(|other| other.namespace != first.namespace) => Resolution::Ambiguous,
            Some(first) => Resolution::Variable(first),
            None if system::is_known(name) => Resolution::System,
            None => named.first().map_or_else(|| self.absent(), |variable| Resolution::CaseDiffers(variable.qualified_name())),
        }
    }

    /// Variables of that name, letter case aside, that an executable sees, the nearest first.
    fn visible(&self, name: &str, from: ExecutableId) -> impl Iterator<Item = &'s Variable<'a>> {
        let name = name.to_lowercase();
        let scopes = self.package.into_iter().flat_map(move |package| package.ancestors(from));
        scopes.flat_map(move |scope| self.variables.get(&(scope, name.clone())).into_iter().flatten().copied())
    }

    /// What a name comes to that is not found. What surrounds a package part, or a connection manager of a project, is not known.
    fn absent(&self) -> Resolution<'s, 'a> {
        if self.package.is_some_and(|package| !package.is_part) { Resolution::Missing } else { Resolution::Unknown }
    }
}

/// Parameters of the package or of the project.
#[derive(Debug)]
struct Parameters<'s, 'a> {
    all: Vec<&'s Parameter<'a>>,
    by_name: HashMap<String, &'s Parameter<'a>>,
    /// Whether a parameter that is not found does not exist.
    certain: bool,
}

impl<'s, 'a> Parameters<'s, 'a> {
    fn new(parameters: impl Iterator<Item = &'s Parameter<'a>>, certain: bool) -> Self {
        let all: Vec<_> = parameters.collect();
        let by_name = all.iter().rev().map(|parameter| (parameter.name.value.to_string(), *parameter)).collect();
        Self { all, by_name, certain }
    }

    fn find(&self, written: &str, namespace: &str, name: &str) -> Resolution<'s, 'a> {
        match self.by_name.get(name) {
            Some(parameter) if written == namespace => Resolution::Parameter(parameter),
            Some(parameter) => Resolution::CaseDiffers(format!("{namespace}::{}", parameter.name.value)),
            None if !self.certain => Resolution::Unknown,
            None => match self.all.iter().find(|parameter| parameter.name.value.to_lowercase() == name.to_lowercase()) {
                Some(parameter) => Resolution::CaseDiffers(format!("{namespace}::{}", parameter.name.value)),
                None => Resolution::Missing,
            },
        }
    }
}

/// Whether every parameter that the document's project has is at hand. In the package deployment model a project has none.
fn knows_project_parameters(project: &Project<'_>, document: &Document<'_>) -> bool {
    let Some((_, file)) = project.file() else { return false };
    let listed = match &document.kind {
        DocumentKind::Package(_) => project.listed(document.file.name()).is_some(),
        DocumentKind::ConnectionManager(_) => project.lists_connection(document.file.name()),
        _ => false,
    };
    let mut read = project.documents.iter().filter(|document| matches!(document.kind, DocumentKind::Parameters(_))).peekable();
    let readable = read.peek().is_some() && read.all(|document| !document.protected_values.iter().any(|value| value.property.is_empty()));
    listed && !file.is_opaque() && (file.deployment_model == DeploymentModel::Package || readable)
}
