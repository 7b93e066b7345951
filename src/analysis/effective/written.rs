//! What a package may write to while it runs.

use crate::analysis::mentions::Mentions;
use crate::model::{Component, Executable, ExecutableKind, Package, Script, Task, Variable};

/// The variables of a package that texts name which may write to them. A name too many makes a variable unknown, no more.
#[derive(Debug, Default)]
pub struct Written<'s>(Mentions<'s>);

impl<'s> Written<'s> {
    /// What a package may write to.
    #[must_use]
    pub fn new(package: &'s Package<'_>) -> Self {
        let mut mentions = Mentions::of_names(package.variables().map(|variable| variable.name.as_str()));
        let enabled = package.executables().filter(|(id, _)| package.is_enabled(*id));
        enabled.flat_map(|(_, executable)| texts_that_write(executable)).for_each(|text| mentions.read(text));
        Self(mentions)
    }

    /// Whether something may write to the variable; always to one of another package.
    #[must_use]
    pub fn contains(&self, variable: &Variable<'_>) -> bool {
        self.0.has(variable.name.as_str())
    }
}

/// Texts of a task or loop that name what it writes to.
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
