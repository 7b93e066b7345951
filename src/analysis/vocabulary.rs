//! The words of a project: what mentions a variable or parameter by its name, however that is written.

use foldhash::HashSet;

use crate::model::{Component, ConnectionManager, Executable, Package, Project, Script, Task};

/// Every word of every text in which a variable or parameter may be named. Too much is better than too little.
#[derive(Debug, Default)]
pub struct Vocabulary<'s>(HashSet<&'s str>);

impl<'s> Vocabulary<'s> {
    /// The words of all packages and connection managers.
    #[must_use]
    pub fn of_project(project: &'s Project<'_>) -> Self {
        let mut texts = Vec::new();
        for (_, package) in project.packages() {
            of_package(package, &mut texts);
        }
        for (_, manager) in project.connections() {
            of_connection(manager, &mut texts);
        }
        Self(texts.into_iter().flat_map(words).collect())
    }

    /// Whether all words of a name are there.
    #[must_use]
    pub fn mentions(&self, name: &str) -> bool {
        words(name).all(|word| self.0.contains(word))
    }
}

/// The words of a text: letters, digits and underscores.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    // Of ASCII, which is nearly all, a table knows the letters.
    let is_letter = |character: char| if character.is_ascii() { character.is_ascii_alphanumeric() } else { character.is_alphanumeric() };
    text.split(move |character| !is_letter(character) && character != '_').filter(|word| !word.is_empty())
}

fn of_package<'p>(package: &'p Package<'_>, texts: &mut Vec<&'p str>) {
    package.connections.iter().for_each(|manager| of_connection(manager, texts));
    texts.extend(package.configurations.iter().map(|configuration| configuration.target.as_str()));
    for executable in &package.executables {
        of_executable(executable, texts);
    }
}

fn of_connection<'p>(manager: &'p ConnectionManager<'_>, texts: &mut Vec<&'p str>) {
    texts.extend(manager.expressions.iter().map(|entry| entry.expression.as_str()));
}

fn of_executable<'p>(executable: &'p Executable<'_>, texts: &mut Vec<&'p str>) {
    texts.extend(executable.expressions.iter().map(|entry| entry.expression.as_str()));
    texts.extend(executable.settings.iter().map(|setting| setting.value.as_str()));
    texts.extend(executable.constraints.iter().filter_map(|constraint| constraint.expression.as_ref()).map(|text| text.as_str()));
    texts.extend(executable.variables.iter().filter_map(|variable| variable.expression.as_ref()).map(|text| text.as_str()));
    match &executable.task {
        Task::ForLoop(each) => texts.extend([&each.init, &each.eval, &each.assign].into_iter().flatten().map(|text| text.as_str())),
        Task::ForEachLoop(each) => {
            texts.extend(each.mappings.iter().map(|mapping| mapping.variable.as_str()));
            let enumerator = each.enumerator.iter();
            texts.extend(enumerator.clone().flat_map(|enumerator| enumerator.settings.iter()).map(|setting| setting.value.as_str()));
            texts.extend(enumerator.flat_map(|enumerator| &enumerator.expressions).map(|entry| entry.expression.as_str()));
        }
        Task::DataFlow(flow) => flow.components.iter().for_each(|component| of_component(component, texts)),
        _ => {}
    }
    executable.scripts().for_each(|(_, script)| of_script(script, texts));
}

fn of_component<'p>(component: &'p Component<'_>, texts: &mut Vec<&'p str>) {
    let ports = || component.inputs.iter().chain(&component.outputs);
    let columns = ports().flat_map(|port| &port.columns).map(|column| &column.properties);
    let all = std::iter::once(&component.properties).chain(ports().map(|port| &port.properties)).chain(columns);
    texts.extend(all.flat_map(|properties| properties.iter()).map(|property| property.value.as_str()));
}

fn of_script<'p>(script: &'p Script<'_>, texts: &mut Vec<&'p str>) {
    texts.extend(script.read_only_variables.iter().chain(&script.read_write_variables).map(|list| list.as_str()));
    texts.extend(script.items.iter().map(|item| item.source.as_str()));
}
