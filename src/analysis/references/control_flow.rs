//! Mentions in containers, tasks, connection managers and configurations.

use foldhash::HashMap;

use super::{Access, ExpressionKind, ExpressionUse, Owner, Place, References, Resolution, components, settings};
use crate::model::{
    Configuration, ConfigurationKind, ConnectionManager, EvalOp, Executable, ExecutableId, ExecuteSql, ForEachLoop, ForLoop, Package, Project,
    PropertyExpression, Script, StatementSource, Task, Text,
};

pub(super) fn collect<'s, 'a>(
    project: &'s Project<'a>,
    package: &'s Package<'a>,
    is_used: &impl Fn(&ConnectionManager<'a>) -> bool,
    found: &mut References<'s, 'a>,
) {
    for manager in &package.connections {
        add_connection(manager, is_used(manager), found);
    }
    if !package.configurations.is_empty() {
        let scopes = package.executables().map(|(id, executable)| (&*executable.path, id)).collect();
        for configuration in &package.configurations {
            add_configuration(project, package, &scopes, configuration, found);
        }
    }
    for (id, executable) in package.executables() {
        let owner = Owner { from: id, object: &executable.path, property: "", enabled: package.is_enabled(id) };
        add_executable(package, executable, &owner, found);
    }
}

/// Expressions on a connection manager see what the package sees.
pub(super) fn add_connection<'s, 'a>(manager: &'s ConnectionManager<'a>, used: bool, found: &mut References<'s, 'a>) {
    let owner = Owner { from: ExecutableId::PACKAGE, object: &manager.path, property: "", enabled: used };
    add_property_expressions(&manager.expressions, &owner, found);
}

fn add_property_expressions<'s, 'a>(expressions: &'s [PropertyExpression<'a>], owner: &Owner<'s>, found: &mut References<'s, 'a>) {
    // An empty expression is none: the designer leaves it behind.
    for entry in expressions.iter().filter(|entry| !entry.expression.is_blank()) {
        add_expression(&entry.expression, ExpressionKind::Property, &owner.at(&entry.property), found);
    }
}

pub(super) fn add_expression<'s, 'a>(text: &'s Text<'a>, kind: ExpressionKind, owner: &Owner<'s>, found: &mut References<'s, 'a>) {
    let Owner { from, object, property, enabled } = *owner;
    found.add_expression(ExpressionUse { text, kind, from, object, property, enabled });
}

fn add_executable<'s, 'a>(package: &'s Package<'a>, executable: &'s Executable<'a>, owner: &Owner<'s>, found: &mut References<'s, 'a>) {
    for variable in executable.variables.iter().filter(|variable| variable.evaluate_as_expression) {
        if let Some(expression) = &variable.expression {
            add_expression(expression, ExpressionKind::Variable, &Owner { object: &variable.path, property: "Expression", ..*owner }, found);
        }
    }
    add_property_expressions(&executable.expressions, owner, found);
    for constraint in executable.constraints.iter().filter(|constraint| constraint.eval_op != EvalOp::Constraint) {
        let ends_run = [constraint.from, constraint.to].into_iter().flatten().all(|end| package.is_enabled(end));
        if let Some(expression) = &constraint.expression {
            let owner = Owner { object: &constraint.path, property: "Expression", enabled: owner.enabled && ends_run, ..*owner };
            add_expression(expression, ExpressionKind::Constraint, &owner, found);
        }
    }
    add_settings(settings::of_task(executable.kind), &executable.settings, &executable.expressions, owner, found);
    add_task(executable, owner, found);
}

fn add_settings<'s, 'a>(
    table: &'static [settings::Setting],
    values: &'s crate::model::Properties<'a>,
    expressions: &[PropertyExpression<'a>],
    owner: &Owner<'s>,
    found: &mut References<'s, 'a>,
) {
    for setting in table.iter().filter(|setting| setting.applies(values) && !is_replaced(expressions, setting.property)) {
        if let Some(text) = values.get(setting.name) {
            found.add_name(text, setting.access, Place::Setting, &owner.at(setting.property));
        }
    }
}

/// Whether an expression puts another value into the property, so that the written one is never looked at.
pub(super) fn is_replaced(expressions: &[PropertyExpression<'_>], property: &str) -> bool {
    expressions.iter().any(|entry| entry.property.eq_ignore_ascii_case(property) && !entry.expression.is_blank())
}

fn add_task<'s, 'a>(executable: &'s Executable<'a>, owner: &Owner<'s>, found: &mut References<'s, 'a>) {
    match &executable.task {
        Task::ExecuteSql(sql) => add_execute_sql(executable, sql, owner, found),
        Task::ExecutePackage(call) => {
            for assignment in call.assignments.iter().filter(|_| call.use_project_reference) {
                found.add_name(&assignment.source, Access::Read, Place::Assignment, &owner.at("ParameterAssignment"));
            }
        }
        Task::Script(script) => add_script(script, &executable.expressions, owner, found),
        Task::Expression(text) if !is_replaced(&executable.expressions, "Expression") => {
            add_expression(text, ExpressionKind::Task, &owner.at("Expression"), found);
        }
        Task::ForLoop(for_loop) => add_for_loop(executable, for_loop, owner, found),
        Task::ForEachLoop(for_each) => add_for_each(for_each, owner, found),
        Task::DataFlow(flow) => flow.components.iter().for_each(|component| components::add(executable, component, owner, found)),
        Task::None | Task::Expression(_) => {}
    }
}

fn add_execute_sql<'s, 'a>(executable: &Executable<'a>, sql: &'s ExecuteSql<'a>, owner: &Owner<'s>, found: &mut References<'s, 'a>) {
    if sql.source == StatementSource::Variable && !is_replaced(&executable.expressions, "SqlStatementSource") {
        found.add_name(&sql.statement, Access::Read, Place::Setting, &owner.at("SqlStatementSource"));
    }
    for binding in &sql.parameters {
        let access = if binding.direction.is_empty() || binding.direction == "Input" { Access::Read } else { Access::Write };
        found.add_name(&binding.variable, access, Place::Binding, &owner.at("ParameterBinding"));
    }
    for binding in &sql.results {
        found.add_name(&binding.variable, Access::Write, Place::Binding, &owner.at("ResultBinding"));
    }
}

/// The lists of a script: names parted by commas.
pub(super) fn add_script<'s, 'a>(script: &'s Script<'a>, expressions: &[PropertyExpression<'a>], owner: &Owner<'s>, found: &mut References<'s, 'a>) {
    let lists = [("ReadOnlyVariables", &script.read_only_variables, Access::Read), ("ReadWriteVariables", &script.read_write_variables, Access::ReadWrite)];
    for (property, list, access) in lists {
        let Some(list) = list.as_ref().filter(|_| !is_replaced(expressions, property)) else { continue };
        for name in list.value.split(',') {
            found.add_part(name.trim(), list.span, access, Place::ScriptList, &owner.at(property));
        }
    }
}

fn add_for_loop<'s, 'a>(executable: &Executable<'a>, for_loop: &'s ForLoop<'a>, owner: &Owner<'s>, found: &mut References<'s, 'a>) {
    let expressions = [
        ("InitExpression", &for_loop.init, ExpressionKind::LoopAssignment),
        ("EvalExpression", &for_loop.eval, ExpressionKind::LoopCondition),
        ("AssignExpression", &for_loop.assign, ExpressionKind::LoopAssignment),
    ];
    for (property, text, kind) in expressions {
        if let Some(text) = text.as_ref().filter(|_| !is_replaced(&executable.expressions, property)) {
            add_expression(text, kind, &owner.at(property), found);
        }
    }
}

fn add_for_each<'s, 'a>(for_each: &'s ForEachLoop<'a>, owner: &Owner<'s>, found: &mut References<'s, 'a>) {
    if let Some(enumerator) = &for_each.enumerator {
        add_property_expressions(&enumerator.expressions, owner, found);
        add_settings(settings::of_enumerator(enumerator.kind), &enumerator.settings, &enumerator.expressions, owner, found);
    }
    for mapping in &for_each.mappings {
        found.add_name(&mapping.variable, Access::Write, Place::LoopMapping, &owner.at("VariableMappings"));
    }
}

/// Executables by their paths.
type Scopes<'s> = HashMap<&'s str, ExecutableId>;

/// A configuration writes the value of the variables that it names itself, or that its file names when that is at hand.
fn add_configuration<'s, 'a>(
    project: &'s Project<'a>,
    package: &'s Package<'a>,
    scopes: &Scopes<'s>,
    configuration: &'s Configuration<'a>,
    found: &mut References<'s, 'a>,
) {
    let enabled = package.configurations_enabled();
    let owner = Owner { from: ExecutableId::PACKAGE, object: &configuration.path, property: "ConfigurationVariable", enabled };
    add_target(scopes, &configuration.target, configuration.target.span, &owner, found);
    if configuration.kind != Some(ConfigurationKind::XmlFile) {
        return;
    }
    let file = project.configuration_file(&configuration.string.value);
    for entry in file.into_iter().flat_map(|(_, file)| &file.entries) {
        add_target(scopes, &entry.path, configuration.span, &owner.at("ConfigurationString"), found);
    }
}

fn add_target<'s, 'a>(scopes: &Scopes<'s>, target: &'s Text<'a>, span: crate::span::Span, owner: &Owner<'s>, found: &mut References<'s, 'a>) {
    let Some((scope, rest)) = target.value.trim().split_once(".Variables[") else { return };
    let Some((name, _)) = rest.split_once(']') else { return };
    // That a target is not there is said by a rule of its own; here it only writes what it finds.
    let Some(id) = scope.strip_prefix('\\').and_then(|path| scopes.get(path)).copied() else { return };
    if let Some(variable) = found.names.declared(id, name) {
        found.add_resolved(name.into(), Resolution::Variable(variable), span, Access::Write, Place::Configuration, &Owner { from: id, ..*owner });
    }
}
