//! What the rules on single tasks ask.

use crate::analysis::overrides;
use crate::analysis::references::Resolution;
use crate::model::{Executable, ExecutableId, ExecutableKind, Package, Variable};
use crate::rules::Scope;

/// The executable, when it is of that kind and can run.
pub(super) fn enabled<'p, 'a>(package: &'p Package<'a>, id: ExecutableId, kind: ExecutableKind) -> Option<&'p Executable<'a>> {
    let executable = package.executable(id);
    (executable.kind == kind && package.is_enabled(id)).then_some(executable)
}

/// Whether an expression or a configuration gives the property its value.
pub(super) fn is_replaced(scope: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, property: &str) -> bool {
    overrides::of_executable(scope.project, package, id, property).is_some()
}

/// Whether a setting is empty, and nothing gives its property a value. Files not written by a designer use the name of the property.
pub(super) fn is_unset(scope: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, setting: &str, property: &str) -> bool {
    let settings = &package.executable(id).settings;
    settings.text(setting).trim().is_empty() && settings.text(property).trim().is_empty() && !is_replaced(scope, package, id, property)
}

/// The variable that a name means to an executable; none when it is no variable of the package.
pub(super) fn variable<'s, 'a>(scope: &Scope<'s, 'a>, from: ExecutableId, name: &str) -> Option<&'s Variable<'a>> {
    match scope.facts.references(scope.index)?.names.resolve(name, from) {
        Resolution::Variable(variable) => Some(variable),
        _ => None,
    }
}

/// Whether anything may give the variable another value than the one it was saved with: a task, a configuration, a child package.
pub(super) fn may_change(scope: &Scope<'_, '_>, package: &Package<'_>, variable: &Variable<'_>) -> bool {
    let path = format!("\\{}.Variables[{}]", package.executable(variable.scope).path, variable.qualified_name());
    variable.evaluate_as_expression
        || scope.facts.values(scope.index).is_none_or(|values| values.is_written(variable))
        || overrides::configured(scope.project, package, &path, "Value").is_some()
        || !scope.facts.calls().of_document(scope.index).is_empty()
}
