//! The properties of a document that something besides the designer sets: an expression or a package configuration.

use super::{Setting, Values, written};
use crate::analysis::overrides::{self, Configured, ENDPOINT};
use crate::model::{ConnectionManager, Document, DocumentKind, Executable, ExecutableId, Package, Task, Text, Variable};

/// A property that something besides the designer sets.
#[derive(Clone, Debug)]
pub struct Changeable<'m> {
    /// Object path of the owner.
    pub object: &'m str,
    /// Whether the owner is a connection manager.
    pub is_connection: bool,
    /// Name of the variable whose value it is.
    pub variable: Option<&'m str>,
    /// The property.
    pub setting: Setting<'m>,
}

impl Values<'_, '_, '_> {
    /// Every property of a document on which an expression stands or which a configuration sets: connection managers first, then each executable with its
    /// variables.
    #[must_use]
    pub fn changeable<'m>(&self, document: &'m Document<'m>) -> Vec<Changeable<'m>> {
        match &document.kind {
            DocumentKind::ConnectionManager(manager) => self.of_manager(manager),
            DocumentKind::Package(package) => self.of_package(package),
            _ => Vec::new(),
        }
    }

    fn of_package<'m>(&self, package: &'m Package<'m>) -> Vec<Changeable<'m>> {
        let mut found: Vec<_> = package.connections.iter().flat_map(|manager| self.of_manager(manager)).collect();
        for (id, executable) in package.executables() {
            found.extend(executable.variables.iter().filter_map(|variable| self.variable_setting(variable)));
            found.extend(expressions(id, executable));
        }
        found
    }

    fn of_manager<'m>(&self, manager: &'m ConnectionManager<'m>) -> Vec<Changeable<'m>> {
        let entry = |setting| Changeable { object: &manager.path, is_connection: true, variable: None, setting };
        let expressions = manager.expressions.iter().map(|expression| &*expression.property);
        let configured = ENDPOINT.into_iter().filter(|property| manager.expression(property).is_none());
        let configured = configured.filter(|property| self.is_configured(&Setting::of_connection(manager, property)));
        let settings = expressions.chain(configured).map(|property| Setting::of_connection(manager, property));
        settings.filter(|setting| setting.expression.is_some() || setting.design.is_some() || setting.property == ENDPOINT[0]).map(entry).collect()
    }

    fn variable_setting<'m>(&self, variable: &'m Variable<'m>) -> Option<Changeable<'m>> {
        let setting = Setting::of_variable(variable);
        let is_set = setting.expression.is_some() || self.is_configured(&setting);
        is_set.then(|| Changeable { object: &variable.path, is_connection: false, variable: Some(variable.name.as_str()), setting })
    }

    fn is_configured(&self, setting: &Setting<'_>) -> bool {
        let configured = |package| overrides::configuration(self.project, package, &setting.path, setting.property) != Configured::No;
        self.package.is_some_and(configured)
    }
}

fn expressions<'m>(id: ExecutableId, executable: &'m Executable<'m>) -> impl Iterator<Item = Changeable<'m>> {
    let of_enumerator = match &executable.task {
        Task::ForEachLoop(each) => each.enumerator.iter().flat_map(|enumerator| &enumerator.expressions).collect(),
        _ => Vec::new(),
    };
    let all = executable.expressions.iter().chain(of_enumerator);
    all.filter_map(move |entry| {
        let expression = written(Some(&entry.expression))?;
        let own = Setting::of_executable(id, executable, &entry.property, design(executable, &entry.property));
        Some(Changeable { object: &executable.path, is_connection: false, variable: None, setting: Setting { expression: Some(expression), ..own } })
    })
}

/// What is written for a property. Those of components (`[Source].[SqlCommand]`) and those whose XML name differs are left out.
fn design<'m>(executable: &'m Executable<'m>, property: &str) -> Option<&'m Text<'m>> {
    let path = executable.paths.iter().find(|entry| entry.property == property).map(|entry| &entry.path);
    path.or_else(|| executable.settings.get(property)).or_else(|| executable.properties.get(property))
}
