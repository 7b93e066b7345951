//! `foreach-mapping`: a Foreach Loop that cannot give its values away.

use crate::analysis::references::{Place, Resolution};
use crate::finding::Severity::Error;
use crate::model::{EnumeratorKind, Executable, ExecutableId, ForEachLoop, LoopMapping, Package, Task};
use crate::rules::{Category, Check, OBJECT, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0901",
    name: "foreach-mapping",
    category: Category::ControlFlow,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "a variable mapping or the source variable of a Foreach Loop cannot work",
    page: include_str!("../../../rules/foreach-mapping.md"),
    check: Check::Executable(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let executable = package.executable(id);
    let Task::ForEachLoop(for_each) = &executable.task else { return };
    if !package.is_enabled(id) {
        return;
    }
    check_indices(executable, for_each, sink);
    check_variables(scope, executable, id, sink);
}

fn check_indices(executable: &Executable<'_>, for_each: &ForEachLoop<'_>, sink: &mut Sink<'_>) {
    for mapping in &for_each.mappings {
        if let Some((fault, codes)) = index_fault(for_each, mapping) {
            let name = mapping.variable.value.trim();
            let message = format!("the variable `{name}` is mapped to index {}, {fault}: the loop fails ({codes})", mapping.index.trim());
            sink.report(
                Report::new(&*executable.path, mapping.variable.span, message)
                    .property("VariableMappings")
                    .discriminator(name)
                    .help("map one variable to index 0"),
            );
        }
    }
}

/// The variables that the loop sets, and the one that it runs over.
fn check_variables(scope: &Scope<'_, '_>, executable: &Executable<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let mentions = scope.facts.references(scope.index).into_iter().flat_map(|found| &found.entries).filter(|entry| entry.from == id);
    for entry in mentions {
        let Resolution::Variable(variable) = entry.resolution else { continue };
        let name = variable.qualified_name();
        if entry.place == Place::LoopMapping && variable.read_only && !variable.evaluate_as_expression {
            let message = format!("the loop gives its current value to `{name}`, which is read-only: the first iteration fails (0xC0010003)");
            sink.report(Report::new(&*executable.path, entry.span, message).property("VariableMappings").discriminator(name).help("map another variable"));
        } else if entry.property == "VarName" && variable.data_type.is_some_and(|data_type| data_type != OBJECT) {
            let message = format!("the loop runs over the rows of `{name}`, which is a {}, not an Object: it fails before the first row", variable.type_name());
            sink.report(Report::new(&*executable.path, entry.span, message).property("VarName").help("select an Object variable that holds a recordset"));
        }
    }
}

/// What is wrong with the index of a mapping, and the error codes. Files come one by one; what other enumerators give may have more parts.
fn index_fault(for_each: &ForEachLoop<'_>, mapping: &LoopMapping<'_>) -> Option<(&'static str, &'static str)> {
    let index: i64 = mapping.index.trim().parse().ok()?;
    let kind = for_each.enumerator.as_ref()?.kind;
    match kind {
        _ if index < 0 => Some(("which is negative", "0xC001C011, 0xC001C012")),
        EnumeratorKind::File if index > 0 => Some(("but a file has only index 0", "0xC001C012")),
        _ => None,
    }
}
