//! Every path that a document names, with what may replace it.

use std::sync::LazyLock;

use regex::Regex;

use super::Facts;
use super::overrides::{self, Override};
use crate::lang::windows_path;
use crate::model::{Component, ConnectionManager, DocumentKind, Executable, ExecutableId, ExecutableKind, Package, Project, Text};
use crate::span::Span;

/// What kind of place a path was found in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathSource {
    /// A connection manager.
    Connection,
    /// A setting of a task, a loop or the package.
    Task,
    /// A property of a component.
    Component,
    /// A literal in script source, told by its looks only.
    Script,
    /// Inside the arguments of a process.
    Arguments,
    /// The string of a package configuration.
    Configuration,
}

/// A path that something which can run opens.
#[derive(Clone, Debug)]
pub struct PathUse {
    /// Object path of the owner.
    pub object: String,
    /// Name of the property, as documented.
    pub property: String,
    /// The path.
    pub path: String,
    /// Where it stands.
    pub span: Span,
    /// What kind of place it is.
    pub source: PathSource,
    /// What may replace it before it is used.
    pub replaced: Option<Override>,
}

/// The paths of one document: those of objects that are used and can run.
#[must_use]
pub(super) fn of_document<'a>(facts: &Facts<'_, 'a>, project: &Project<'a>, index: usize) -> Vec<PathUse> {
    let mut paths = Vec::new();
    let connections = facts.connections();
    match &project.documents[index].kind {
        DocumentKind::ConnectionManager(manager) if connections.is_used(manager) => paths.extend(of_connection(facts, index, manager)),
        DocumentKind::Package(package) => {
            let used = package.connections.iter().filter(|manager| connections.is_used(manager));
            paths.extend(used.flat_map(|manager| of_connection(facts, index, manager)));
            of_package(project, package, &mut paths);
        }
        _ => {}
    }
    paths
}

fn of_connection(facts: &Facts<'_, '_>, document: usize, manager: &ConnectionManager<'_>) -> Vec<PathUse> {
    let Some(endpoint) = facts.endpoint(document, manager) else { return Vec::new() };
    let path_use = |path: String| PathUse {
        object: manager.path.to_string(),
        property: endpoint.property.to_owned(),
        path,
        span: endpoint.span,
        source: PathSource::Connection,
        replaced: endpoint.replaced.clone(),
    };
    endpoint.files(manager).into_iter().map(path_use).collect()
}

fn of_package(project: &Project<'_>, package: &Package<'_>, paths: &mut Vec<PathUse>) {
    for (id, executable) in package.executables().filter(|(id, _)| package.is_enabled(*id)) {
        of_executable(project, package, id, executable, paths);
        for component in executable.data_flow().into_iter().flat_map(|flow| &flow.components) {
            of_component(executable, component, paths);
        }
    }
    for configuration in package.configurations.iter().filter(|_| package.configurations_enabled()) {
        if configuration.kind == Some(crate::model::ConfigurationKind::XmlFile) {
            paths.push(path_use(&configuration.path, "ConfigurationString", &configuration.string, PathSource::Configuration, None));
        }
    }
}

fn of_executable(project: &Project<'_>, package: &Package<'_>, id: ExecutableId, executable: &Executable<'_>, paths: &mut Vec<PathUse>) {
    // Folders of maintenance tasks are of the database server: it writes the backups and deletes them.
    if executable.kind == ExecutableKind::Maintenance {
        return;
    }
    let checkpoints = || executable.properties.flag("SaveCheckpoints", false);
    for entry in executable.paths.iter().filter(|entry| entry.property != "CheckpointFileName" || checkpoints()) {
        let replaced = replaced_in_executable(project, package, id, executable, entry.property);
        paths.push(path_use(&executable.path, entry.property, &entry.path, PathSource::Task, replaced));
    }
    if executable.kind == ExecutableKind::ExecuteProcess {
        of_arguments(project, package, id, executable, paths);
    }
    for (object, script) in executable.scripts() {
        script.items.iter().filter(|item| item.is_code()).for_each(|item| of_script(object, &item.source, paths));
    }
}

fn replaced_in_executable(project: &Project<'_>, package: &Package<'_>, id: ExecutableId, executable: &Executable<'_>, property: &str) -> Option<Override> {
    let enumerator = match &executable.task {
        crate::model::Task::ForEachLoop(for_each) => for_each.enumerator.as_ref(),
        _ => None,
    };
    let on_enumerator = enumerator.is_some_and(|enumerator| enumerator.expressions.iter().any(|entry| entry.property.eq_ignore_ascii_case(property)));
    if on_enumerator { Some(Override::Expression) } else { overrides::of_executable(project, package, id, property) }
}

fn of_arguments(project: &Project<'_>, package: &Package<'_>, id: ExecutableId, executable: &Executable<'_>, paths: &mut Vec<PathUse>) {
    let Some(arguments) = executable.settings.get("Arguments") else { return };
    let literal = windows_path::paths_in_command_line(arguments.as_str()).into_iter().filter_map(|range| arguments.value.get(range));
    let by_variable = arguments.value.split([' ', '"', '=']).filter(|word| word.starts_with('%'));
    for path in literal.chain(by_variable) {
        let replaced = replaced_in_executable(project, package, id, executable, "Arguments");
        paths.push(PathUse { path: path.to_owned(), ..path_use(&executable.path, "Arguments", arguments, PathSource::Arguments, replaced) });
    }
}

/// Files that components open by themselves: raw files (access mode 0 is a literal name) and XML sources.
fn of_component(executable: &Executable<'_>, component: &Component<'_>, paths: &mut Vec<PathUse>) {
    let literal = component.access_mode().unwrap_or(0) == 0;
    let names: &[&str] = if component.is("RawSource") || component.is("RawDestination") {
        if literal { &["FileName"] } else { &[] }
    } else if component.is("XmlSourceAdapter") {
        if literal { &["XMLData", "XMLSchemaDefinition"] } else { &["XMLSchemaDefinition"] }
    } else {
        &[]
    };
    for name in names {
        let Some(text) = component.properties.get(name).filter(|text| !text.is_blank()) else { continue };
        // Expressions on a component's properties stand on the data flow task.
        let expression = executable.expression(&format!("[{}].[{name}]", component.name.value));
        paths.push(path_use(&component.path, name, text, PathSource::Component, expression.map(|_| Override::Expression)));
    }
}

/// The start of a drive path into a folder of users, with backslashes once or, inside a string literal, twice.
static PROFILE_LITERAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?i)\b[a-z]:(?:\\{1,2}|/)(?:users|documents and settings)(?:\\{1,2}|/)[^"\r\n]"#).expect("internal error: a constant pattern")
});

fn of_script(object: &str, source: &Text<'_>, paths: &mut Vec<PathUse>) {
    for line in source.value.lines().filter(|line| line.contains('"') && !is_comment(line)) {
        for path in profile_literals(line) {
            let path = path.replace("\\\\", "\\");
            paths.push(PathUse { path, ..path_use(object, "ScriptCode", source, PathSource::Script, None) });
        }
    }
}

/// Paths into folders of users behind the first quote of a line. The pattern finds their starts only: with all that may follow in it, it would take
/// longer to compile than most packages to lint.
fn profile_literals(line: &str) -> Vec<&str> {
    const LONGEST: usize = 200;
    let mut literals = Vec::new();
    let mut at = 0;
    while let Some(start) = PROFILE_LITERAL.find_at(line, at) {
        let behind = line[start.end()..].chars().take(LONGEST - 1).take_while(|character| !matches!(character, '"' | '\r' | '\n'));
        at = start.end() + behind.map(char::len_utf8).sum::<usize>();
        if line[..start.start()].contains('"') {
            literals.push(&line[start.start()..at]);
        }
    }
    literals
}

fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("//") || line.starts_with('\'') || line.starts_with('*') || line.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("rem "))
}

fn path_use(object: &str, property: &str, text: &Text<'_>, source: PathSource, replaced: Option<Override>) -> PathUse {
    PathUse { object: object.to_owned(), property: property.to_owned(), path: text.value.trim().to_owned(), span: text.span, source, replaced }
}
