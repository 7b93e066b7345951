//! Who needs which secret, and who can read it: one verdict per secret that a document stores, and one per login whose password it does not store.

use std::cell::OnceCell;

use foldhash::{HashMap, HashSet};

use super::Facts;
use super::connections::Connections;
use super::overrides::{self, Override};
use super::script_connections::ScriptConnections;
use crate::lang::connection_string::{Authentication, ConnectionString, Dialect};
use crate::model::{ConnectionManager, DocumentKind, Executable, ExecutableId, Package, Project, ProtectedValue, Protection, Task};
use crate::span::Span;

/// A secret, and the verdict on it.
#[derive(Clone, Debug)]
pub struct Verdict<'s> {
    /// Object path of the owner.
    pub object: &'s str,
    /// The property that holds it, as `Password` or `ServerPassword`.
    pub property: &'s str,
    /// Where it stands, or would.
    pub span: Span,
    /// Who can read it: [`Protection::UserKey`] only who saved it, [`Protection::Password`] who is given the password, [`Protection::Plain`] everybody,
    /// [`Protection::Stripped`] nobody, for it is not there.
    pub protection: Protection,
    /// Who asks for it.
    pub need: Need,
}

/// Who asks for a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Need {
    /// Nothing: what has it cannot run, or proves who it is in another way.
    None,
    /// Something, but this gives another value before.
    Replaced(String),
    /// Something that has no use for it, for this reason.
    Unused(&'static str),
    /// Something, and this configuration, whose content is not at hand, may give another value.
    PerhapsReplaced(String),
    /// Something, and nothing else gives it.
    Needed,
}

impl Need {
    /// Whether what the document stores may be what is used.
    #[must_use]
    pub const fn is_real(&self) -> bool {
        matches!(self, Self::Needed | Self::PerhapsReplaced(_))
    }
}

/// The secrets of a document that is not encrypted as a whole. A project file only repeats what its connection managers and packages hold, and its
/// password verifier is nobody's secret.
pub(super) fn of_document<'s>(facts: &Facts<'_, '_>, project: &'s Project<'_>, index: usize) -> Vec<Verdict<'s>> {
    let document = &project.documents[index];
    let managers: &'s [ConnectionManager<'_>] = match &document.kind {
        DocumentKind::Project(_) => return Vec::new(),
        DocumentKind::Package(package) => &package.connections,
        DocumentKind::ConnectionManager(manager) => std::slice::from_ref(&**manager),
        DocumentKind::Parameters(_) | DocumentKind::ConfigurationFile(_) => &[],
    };
    let values = document.protected_values();
    if values.is_empty() && managers.is_empty() {
        return Vec::new();
    }
    let owners = Owners::new(facts.connections(), project, document.package(), managers);
    let (absent, stored): (Vec<_>, Vec<_>) = values.iter().filter(|value| !value.is_document()).partition(|value| value.protection == Protection::Stripped);
    let mut secrets: Vec<_> = stored.iter().map(|value| owners.stored(value)).collect();
    let with_secret: HashSet<&str> = stored.iter().map(|value| value.object.as_str()).collect();
    let places: HashMap<&str, Span> = absent.iter().rev().map(|value| (value.object.as_str(), value.span)).collect();
    let without = managers.iter().filter(|manager| !with_secret.contains(&*manager.path));
    secrets.extend(without.filter_map(|manager| owners.absent(manager, places.get(&*manager.path).copied())));
    secrets
}

/// What a document's secrets belong to.
struct Owners<'c, 's> {
    connections: &'c Connections<'c, 'c>,
    project: &'s Project<'s>,
    package: Option<&'s Package<'s>>,
    managers: HashMap<&'s str, &'s ConnectionManager<'s>>,
    executables: HashMap<&'s str, ExecutableId>,
    scripts: OnceCell<ScriptConnections<'s>>,
}

impl<'c, 's> Owners<'c, 's> {
    fn new(connections: &'c Connections<'c, 'c>, project: &'s Project<'s>, package: Option<&'s Package<'s>>, managers: &'s [ConnectionManager<'s>]) -> Self {
        let has_secrets = package.filter(|package| !package.protected_values.is_empty());
        Self {
            connections,
            project,
            package,
            managers: managers.iter().map(|manager| (&*manager.path, manager)).collect(),
            executables: has_secrets.into_iter().flat_map(Package::executables).map(|(id, executable)| (&*executable.path, id)).collect(),
            scripts: OnceCell::new(),
        }
    }

    fn stored(&self, value: &'s ProtectedValue<'_>) -> Verdict<'s> {
        let need = match (self.managers.get(value.object.as_str()), self.executables.get(value.object.as_str()), self.package) {
            (Some(manager), _, _) => self.need_of_connection(manager, &value.property),
            (None, Some(id), Some(package)) => need_of_task(package, *id, value),
            _ => Need::Needed,
        };
        Verdict { object: &value.object, property: &value.property, span: value.span, protection: value.protection, need }
    }

    /// The password of a login that stores none.
    fn absent(&self, manager: &'s ConnectionManager<'_>, place: Option<Span>) -> Option<Verdict<'s>> {
        let property = password_not_in_string(manager)?;
        let need = match self.need_of_connection(manager, property) {
            // `Dts.Connections["Sales"].ConnectionString = …`
            Need::Needed if self.scripts().may_name(manager.name.as_str()) => Need::PerhapsReplaced("a script".to_owned()),
            need => need,
        };
        let span = place.unwrap_or_else(|| manager.connection_string().map_or(manager.span, |text| text.span));
        Some(Verdict { object: &manager.path, property, span, protection: Protection::Stripped, need })
    }

    fn scripts(&self) -> &ScriptConnections<'s> {
        self.scripts.get_or_init(|| self.package.map(ScriptConnections::of_package).unwrap_or_default())
    }

    fn need_of_connection(&self, manager: &ConnectionManager<'_>, property: &str) -> Need {
        if !self.connections.is_used(manager) || !may_need_password(manager) {
            return Need::None;
        }
        match overrides::of_connection(self.project, self.package, manager, &[property, "ConnectionString"]) {
            Some(Override::Expression) => Need::Replaced("a property expression".to_owned()),
            Some(Override::Parameter(name)) => Need::Replaced(format!("the parameter `{name}`")),
            Some(Override::Configuration(name)) => Need::Replaced(format!("the configuration `{name}`")),
            Some(Override::Possibly(name)) => Need::PerhapsReplaced(format!("the configuration `{name}`")),
            None => Need::Needed,
        }
    }
}

fn need_of_task(package: &Package<'_>, id: ExecutableId, value: &ProtectedValue<'_>) -> Need {
    let executable = package.executable(id);
    match executable.expression(&value.property) {
        _ if !package.is_enabled(id) => Need::None,
        Some(_) => Need::Replaced("a property expression".to_owned()),
        None => unused_by_task(executable, value).map_or(Need::Needed, Need::Unused),
    }
}

/// Tasks encrypt the properties that could hold a secret, whether they hold one or not.
fn unused_by_task(executable: &Executable<'_>, value: &ProtectedValue<'_>) -> Option<&'static str> {
    let child_of_project = matches!(&executable.task, Task::ExecutePackage(call) if call.use_project_reference);
    if value.property == "PackagePassword" && child_of_project {
        return Some("a child package of the same project needs no password");
    }
    value.blank.then_some("it is empty")
}

fn with_string<T>(manager: &ConnectionManager<'_>, ask: impl FnOnce(&ConnectionString<'_>) -> T) -> Option<T> {
    let (text, dialect) = manager.connection_string().zip(Dialect::of(manager.creation_name.as_str()))?;
    Some(ask(&ConnectionString::parse(text.as_str(), dialect)))
}

/// Whether a password would be looked at: not with a Windows account, a managed identity or somebody who types it.
fn may_need_password(manager: &ConnectionManager<'_>) -> bool {
    use Authentication as By;
    let other = |string: &ConnectionString<'_>| matches!(string.authentication(), By::Integrated | By::EntraIntegrated | By::Interactive | By::ManagedIdentity);
    !with_string(manager, other).unwrap_or(false)
}

/// Types whose login is known: others may keep their secrets elsewhere.
const DATABASES: [&str; 7] = ["OLEDB", "ADO", "ADO.NET", "ODBC", "ORACLE", "MSOLAP100", "SMOServer"];

/// The property for the password of a login that names a user and no password. Jet and ACE have a user without one, a DSN may hold it.
fn password_not_in_string(manager: &ConnectionManager<'_>) -> Option<&'static str> {
    let user = manager.settings.text("ServerUserName").trim();
    let named = !user.is_empty() && !user.eq_ignore_ascii_case("anonymous");
    if manager.is("FTP") || (manager.is("HTTP") && manager.settings.flag("UseServerCredentials", false)) {
        return named.then_some("ServerPassword");
    }
    let lacks = |string: &ConnectionString<'_>| {
        let has_own = string.is_ace_or_jet() || ["Password", "DSN", "FILEDSN"].iter().any(|key| string.get(key).is_some_and(|value| !value.trim().is_empty()));
        string.logs_in_by_password() && !has_own
    };
    let database = DATABASES.iter().any(|kind| manager.is(kind));
    (database && with_string(manager, lacks).unwrap_or(false)).then_some("Password")
}
