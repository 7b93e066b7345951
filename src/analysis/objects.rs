//! The objects of a package by the paths that configurations name them by, letter case not counting.

use foldhash::{HashMap, HashSet};

use crate::model::{ExecutableId, Package};

/// What a configuration of a package can name.
#[derive(Debug, Default)]
pub struct Objects {
    /// By path, in lower case.
    executables: HashMap<String, Vec<ExecutableId>>,
    /// Names with and without their namespaces.
    variables: HashSet<(ExecutableId, String)>,
    /// Names and ids.
    connections: HashSet<String>,
}

impl Objects {
    /// Reads a package once.
    #[must_use]
    pub fn new(package: &Package<'_>) -> Self {
        let mut objects = Self::default();
        for (id, executable) in package.executables() {
            objects.executables.entry(executable.path.to_lowercase()).or_default().push(id);
            for variable in &executable.variables {
                objects.variables.extend([variable.qualified_name(), variable.name.value.to_string()].map(|name| (id, name.to_lowercase())));
            }
        }
        for manager in &package.connections {
            objects.connections.extend([manager.name.value.to_lowercase(), manager.id.to_lowercase()]);
        }
        objects
    }

    /// Whether the package has the object of a target as `\Package\Load.Variables[User::Day].Properties[Value]`. Whether the object has the property is
    /// not looked at.
    #[must_use]
    pub fn resolves(&self, target: &str) -> bool {
        let Some(target) = target.trim().strip_prefix('\\').map(str::to_lowercase) else { return false };
        // Names hold dots as well, so any of them may end the path of the owner.
        let ends = target.match_indices('.').map(|(end, _)| end).chain([target.len()]);
        let parts = ends.map(|end| target.split_at(end));
        parts.into_iter().any(|(path, rest)| self.executables.get(path).is_some_and(|owners| owners.iter().any(|owner| self.has_member(*owner, rest))))
    }

    fn has_member(&self, owner: ExecutableId, rest: &str) -> bool {
        let member = |collection: &str| rest.strip_prefix(collection).and_then(|rest| rest.split_once(']')).map(|(name, _)| name);
        if let Some(name) = member(".variables[") {
            return self.variables.contains(&(owner, name.to_owned()));
        }
        if member(".connections[").or_else(|| member(".connectionmanagers[")).is_some() {
            return bracketed(rest).any(|name| self.connections.contains(name));
        }
        // An event handler is an owner of its own, with a longer path.
        member(".eventhandlers[").is_none()
    }
}

/// All that stands between brackets: names of connection managers may hold brackets themselves.
fn bracketed(text: &str) -> impl Iterator<Item = &str> {
    let ends = move |start: usize| text.match_indices(']').filter_map(move |(end, _)| text.get(start + 1..end));
    text.match_indices('[').flat_map(move |(start, _)| ends(start))
}
