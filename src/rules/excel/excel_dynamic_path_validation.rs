//! `excel-dynamic-path-validation`: a workbook whose path is set while the package runs, and is looked for before.

use crate::analysis::connections::User;
use crate::analysis::excel;
use crate::finding::Severity::{Error, Warning};
use crate::lang::windows_path;
use crate::model::{Component, ConnectionManager, ExecutableId, Package, Task, Variable};
use crate::rules::connection::is_validated_late;
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0506",
    name: "excel-dynamic-path-validation",
    category: Category::Excel,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "a workbook whose path is set at run time is looked for at validation",
    page: include_str!("../../../rules/excel-dynamic-path-validation.md"),
    check: Check::Connection(check),
};

fn check(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    let Some(package) = scope.document.package().filter(|_| excel::opens_workbook(manager) && !manager.delay_validation()) else { return };
    let Some((task, component)) = validated_user(scope, package, manager) else { return };
    let expression = ["ExcelFilePath", "ConnectionString", "ServerName"].iter().find_map(|property| Some((*property, manager.expression(property)?)));
    let Some((property, expression)) = expression else { return };
    let Some((variable, setter)) =
        excel::read_by(package, expression.as_str()).into_iter().find_map(|variable| Some((variable, set_at_run_time(package, variable)?)))
    else {
        return;
    };
    let value = variable.value.as_ref().map_or("", |value| value.as_str());
    let severities = match value.trim() {
        "" => RULE.severity,
        path if windows_path::is_user_profile(path) => RULE.severity.at_most(Warning),
        _ => return,
    };
    let state = if value.trim().is_empty() { "is empty" } else { "names a user's folder" };
    let message = format!(
        "the path of `{}` comes from the variable `{}`, which `{}` sets only while the package runs and which {state} before: `{}` looks for the workbook at validation and fails with 0xC020801C",
        manager.name.as_str(),
        variable.qualified_name(),
        package.executable(setter).name.as_str(),
        component.name.as_str()
    );
    let task = package.executable(task);
    sink.report(
        Report::new(manager.path.as_ref(), expression.span, message)
            .property(property)
            .severity(severities)
            .help(format!("set DelayValidation of `{}` and of the connection manager to True", task.name.as_str()))
            .mention(Mention::new(component.path.as_ref(), component.span, "validates its columns against the workbook")),
    );
}

/// A component that opens the workbook when the package is validated: nothing around it delays validation.
fn validated_user<'p>(scope: &Scope<'p, '_>, package: &Package<'_>, manager: &ConnectionManager<'_>) -> Option<(ExecutableId, &'p Component<'p>)> {
    let uses = scope.facts.connections().of_document(scope.index).iter().filter(|reference| reference.enabled);
    let mut users = uses.filter_map(|reference| match (reference.user, scope.facts.connections().manager(reference.resolution)) {
        (User::Component(id, component), Some((_, used))) if used.path == manager.path => Some((id, component)),
        _ => None,
    });
    users.find(|(id, component)| component.validate_external_metadata && !is_validated_late(package, *id))
}

/// The executable that gives the variable its value while the package runs: a loop over it, or a statement with it as a result.
fn set_at_run_time(package: &Package<'_>, variable: &Variable<'_>) -> Option<ExecutableId> {
    let mut executables = package.executables().filter(|(id, _)| !variable.evaluate_as_expression && package.is_enabled(*id));
    let sets = |task: &Task<'_>| match task {
        Task::ForEachLoop(for_each) => for_each.mappings.iter().any(|mapping| excel::is_named(variable, mapping.variable.as_str())),
        Task::ExecuteSql(sql) => sql.results.iter().any(|result| excel::is_named(variable, result.variable.as_str())),
        _ => false,
    };
    executables.find(|(_, executable)| sets(&executable.task)).map(|(id, _)| id)
}
