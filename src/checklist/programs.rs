//! Programs that Execute Process Tasks start.

use super::builder::{Drafts, Source};
use super::{Topic, advice, inputs};
use crate::analysis::effective::Setting;
use crate::model::ExecutableKind;

/// One item per program.
pub(super) fn add(source: &Source<'_, '_>, list: &mut Drafts) {
    for (index, document, package) in source.packages() {
        let Some(values) = source.facts.values(index) else { continue };
        let processes = package.executables().filter(|(id, executable)| executable.kind == ExecutableKind::ExecuteProcess && package.is_enabled(*id));
        for (id, executable) in processes {
            let path = executable.paths.iter().find(|entry| entry.property == "Executable").map(|entry| &entry.path);
            let Some(program) = inputs::value(&values, &Setting::of_executable(id, executable, "Executable", path)) else { continue };
            let what = if program.text == "…" { "a program known at run time only" } else { &program.text };
            list.item(Topic::Programs, 0, what, advice::program).object(&document.file, &executable.path).details("set by", program.set_by);
        }
    }
}
