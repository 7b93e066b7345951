//! Variables that keep the value they were saved with, and expressions made of nothing else.

use std::cell::Cell;
use std::collections::HashSet;

use super::overrides;
use crate::lang::expression::{Ast, DataType, Environment, Lookup, Value, evaluate};
use crate::model::{Component, Executable, ExecutableId, ExecutableKind, Package, Project, Script, Task, Variable};

/// What never changes in a package while it runs.
#[derive(Debug)]
pub struct Constants<'s, 'a> {
    project: &'s Project<'a>,
    package: &'s Package<'a>,
    /// Every word of every text that may name a variable to write to.
    written: HashSet<&'s str>,
}

/// How many variables the computation of one expression looks up, those behind other variables included.
const MAX_LOOKUPS: u32 = 64;

impl<'s, 'a> Constants<'s, 'a> {
    /// Collects what a package may write to.
    #[must_use]
    pub fn new(project: &'s Project<'a>, package: &'s Package<'a>) -> Self {
        let enabled = package.executables().filter(|(id, _)| package.is_enabled(*id));
        let texts = enabled.flat_map(|(_, executable)| texts_that_write(executable));
        Self { project, package, written: texts.flat_map(words).collect() }
    }

    /// The text of an expression on a property of the package or of its connection managers, when it is always the same.
    #[must_use]
    pub fn text(&self, expression: &str) -> Option<String> {
        let scope = PackageScope { constants: self, lookups_left: Cell::new(MAX_LOOKUPS) };
        Some(evaluate(&Ast::parse(expression).ok()?, &scope).ok()?.as_str()?.to_owned())
    }

    /// Whether anything that can run may write to the variable.
    #[must_use]
    pub fn is_written(&self, variable: &Variable<'_>) -> bool {
        words(variable.name.as_str()).all(|word| self.written.contains(word))
    }

    fn is_configured(&self, variable: &Variable<'_>) -> bool {
        let path = format!("\\Package.Variables[{}]", variable.qualified_name());
        overrides::configured(self.project, self.package, &path, "Value").is_some()
    }
}

/// What an expression on the package or on its connection managers sees: the variables of the package itself.
struct PackageScope<'c, 's, 'a> {
    constants: &'c Constants<'s, 'a>,
    lookups_left: Cell<u32>,
}

impl Environment for PackageScope<'_, '_, '_> {
    fn variable(&self, name: &str) -> Lookup {
        let variables = &self.constants.package.executable(ExecutableId::PACKAGE).variables;
        let mut named = variables.iter().filter(|variable| variable.name.value == name || variable.qualified_name() == name);
        match (named.next(), named.next(), self.lookups_left.get().checked_sub(1)) {
            (Some(variable), None, Some(left)) => {
                self.lookups_left.set(left);
                self.value(variable).unwrap_or(Lookup::Unknown)
            }
            _ => Lookup::Unknown,
        }
    }
}

impl PackageScope<'_, '_, '_> {
    fn value(&self, variable: &Variable<'_>) -> Option<Lookup> {
        let data_type = DataType::of_variable(variable.data_type?)?;
        let computed = variable.expression.as_ref().filter(|_| variable.evaluate_as_expression);
        let value = match computed {
            Some(expression) => evaluate(&Ast::parse(expression.as_str()).ok()?, self).ok()?.value().filter(|value| value.data_type == data_type).cloned(),
            None if self.constants.is_written(variable) || self.constants.is_configured(variable) => None,
            None => Value::of_variable(data_type, variable.value.as_ref()?.as_str()),
        };
        Some(value.map_or(Lookup::Type(data_type), Lookup::Value))
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_alphanumeric() && character != '_').filter(|word| !word.is_empty())
}

/// Texts of a task or loop that name what it writes to. Too much is better than too little: a word more makes a variable unknown, no more.
fn texts_that_write<'s>(executable: &'s Executable<'_>) -> Vec<&'s str> {
    match &executable.task {
        Task::ForEachLoop(each) => each.mappings.iter().map(|mapping| mapping.variable.as_str()).collect(),
        Task::ForLoop(each) => [&each.init, &each.assign].into_iter().flatten().map(|text| text.as_str()).collect(),
        Task::Expression(text) => vec![text.as_str()],
        Task::ExecuteSql(task) => {
            let outputs = task.parameters.iter().filter(|parameter| !parameter.direction.eq_ignore_ascii_case("Input"));
            outputs.map(|parameter| parameter.variable.as_str()).chain(task.results.iter().map(|result| result.variable.as_str())).collect()
        }
        Task::Script(script) => {
            // A list, or locks taken in code.
            let locking = script.items.iter().map(|item| item.source.as_str()).filter(|source| source.contains("ForWrite"));
            script.read_write_variables.iter().map(|text| text.as_str()).chain(locking).collect()
        }
        Task::DataFlow(flow) => flow.components.iter().flat_map(texts_of_component).collect(),
        _ if executable.kind == ExecutableKind::FileSystem => Vec::new(),
        _ => executable.settings.iter().map(|setting| setting.value.as_str()).collect(),
    }
}

/// What a component sends to a server is only read.
fn texts_of_component<'s>(component: &'s Component<'_>) -> Vec<&'s str> {
    let reads = |name: &str| ["SqlCommand", "OpenRowset", "ReadOnlyVariables"].iter().any(|start| name.starts_with(start));
    let properties = component.properties.iter().filter(|property| !reads(&property.name)).map(|property| property.value.as_str());
    let code = |script: &'s Script<'_>| script.items.iter().map(|item| &item.source).chain(&script.read_write_variables).map(|text| text.as_str());
    properties.chain(component.script.iter().flat_map(code)).collect()
}
