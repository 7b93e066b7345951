//! The scripts of a package.

use crate::model::{Component, Package, Script, Task};
use crate::span::Span;

/// A Script Task or Script Component that can run.
pub(super) struct ScriptUse<'p, 'a> {
    pub(super) object: &'p str,
    pub(super) span: Span,
    pub(super) script: &'p Script<'a>,
    pub(super) is_task: bool,
}

/// Every script of the package that can run, in document order.
pub(super) fn of_package<'p, 'a>(package: &'p Package<'a>) -> impl Iterator<Item = ScriptUse<'p, 'a>> {
    let enabled = package.executables().filter(|(id, _)| package.is_enabled(*id)).map(|(_, executable)| executable);
    enabled.flat_map(|executable| {
        let task = match &executable.task {
            Task::Script(script) => Some(ScriptUse { object: &executable.path, span: executable.span, script, is_task: true }),
            _ => None,
        };
        let components = executable.data_flow().into_iter().flat_map(|flow| &flow.components);
        let of_component = |component: &'p Component<'a>| {
            Some(ScriptUse { object: &component.path, span: component.span, script: component.script.as_ref()?, is_task: false })
        };
        task.into_iter().chain(components.filter_map(of_component))
    })
}
