//! Every path that a document names, with what may replace it.

use std::sync::LazyLock;

use regex::Regex;

use super::effective::{Setting, UNKNOWN, Values};
use super::overrides::Override;
use super::{Facts, openings};
use crate::lang::pattern::pattern;
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

/// A path that something which can run names.
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
    /// Whether it is opened on the machine that runs the package.
    pub opened_here: bool,
    /// What may replace it before it is used.
    pub replaced: Option<Override>,
    /// How the path comes about, when it is not simply written: for messages.
    pub chain: Option<String>,
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
            if let Some(values) = facts.values(index) {
                of_package(facts, index, &values, package, &mut paths);
            }
        }
        _ => {}
    }
    paths
}

fn of_connection<'a>(facts: &Facts<'_, 'a>, document: usize, manager: &ConnectionManager<'a>) -> Vec<PathUse> {
    let Some(endpoint) = facts.endpoint(document, manager) else { return Vec::new() };
    let path_use = |path: String| PathUse {
        object: manager.path.to_string(),
        property: endpoint.property.to_owned(),
        path,
        span: endpoint.span,
        source: PathSource::Connection,
        opened_here: openings::is_opened(facts, manager),
        replaced: endpoint.replaced.clone(),
        chain: endpoint.chain.clone(),
    };
    endpoint.files(manager).into_iter().map(path_use).collect()
}

fn of_package(facts: &Facts<'_, '_>, index: usize, values: &Values<'_, '_, '_>, package: &Package<'_>, paths: &mut Vec<PathUse>) {
    for (id, executable) in package.executables().filter(|(id, _)| package.is_enabled(*id)) {
        // Folders of maintenance tasks are of the database server: it writes the backups and deletes them.
        if executable.kind != ExecutableKind::Maintenance {
            let first = paths.len();
            of_executable(values, id, executable, paths);
            let elsewhere = openings::loads_elsewhere(facts, index, id, executable);
            paths[first..].iter_mut().for_each(|path| path.opened_here = !elsewhere);
        }
        for component in executable.data_flow().into_iter().flat_map(|flow| &flow.components) {
            of_component(values, id, executable, component, paths);
        }
    }
    for configuration in package.configurations.iter().filter(|_| package.configurations_enabled()) {
        if configuration.kind == Some(crate::model::ConfigurationKind::XmlFile) {
            paths.push(path_use(&configuration.path, "ConfigurationString", &configuration.string, PathSource::Configuration, None));
        }
    }
}

fn of_executable(values: &Values<'_, '_, '_>, id: ExecutableId, executable: &Executable<'_>, paths: &mut Vec<PathUse>) {
    let checkpoints = || executable.properties.flag("SaveCheckpoints", false);
    for entry in executable.paths.iter().filter(|entry| entry.property != "CheckpointFileName" || checkpoints()) {
        let setting = setting(id, executable, entry.property, &entry.path);
        paths.extend(of_setting(values, &setting, &executable.path, PathSource::Task));
    }
    if executable.kind == ExecutableKind::ExecuteProcess {
        of_arguments(values, id, executable, paths);
    }
    for (object, script) in executable.scripts() {
        script.items.iter().filter(|item| item.is_code()).for_each(|item| of_script(object, &item.source, paths));
    }
}

/// A setting of a task; the folder of a Foreach Loop has its expression on the enumerator.
fn setting<'m>(id: ExecutableId, executable: &'m Executable<'m>, property: &'m str, design: &'m Text<'m>) -> Setting<'m> {
    let own = Setting::of_executable(id, executable, property, Some(design));
    let expressions = match &executable.task {
        crate::model::Task::ForEachLoop(each) => each.enumerator.iter().flat_map(|enumerator| &enumerator.expressions).collect(),
        _ => Vec::new(),
    };
    let on_enumerator = expressions.into_iter().find(|entry| entry.property.eq_ignore_ascii_case(property) && !entry.expression.is_blank());
    Setting { expression: on_enumerator.map(|entry| &entry.expression).or(own.expression), ..own }
}

/// The path that a setting comes to. An expression whose beginning is not known leaves the written path, which it may replace.
fn of_setting(values: &Values<'_, '_, '_>, setting: &Setting<'_>, object: &str, source: PathSource) -> Option<PathUse> {
    let design = setting.design?;
    let written = || path_use(object, setting.property, design, source, None);
    let Some(value) = values.of(setting).filter(|value| value.begins_known() && !value.parts.is_empty()) else {
        return Some(PathUse { replaced: Some(Override::Expression), ..written() });
    };
    let path = value.text().trim().replace(UNKNOWN, "…");
    Some(PathUse { path, span: value.span, replaced: value.head_replaced(), chain: value.chain(), ..written() })
}

fn of_arguments(values: &Values<'_, '_, '_>, id: ExecutableId, executable: &Executable<'_>, paths: &mut Vec<PathUse>) {
    let Some(arguments) = executable.settings.get("Arguments") else { return };
    let literal = windows_path::paths_in_command_line(arguments.as_str()).into_iter().filter_map(|range| arguments.value.get(range));
    let by_variable = arguments.value.split([' ', '"', '=']).filter(|word| word.starts_with('%'));
    let setting = Setting::of_executable(id, executable, "Arguments", Some(arguments));
    let replaced = match setting.expression {
        Some(_) => Some(Override::Expression),
        None => values.of(&setting).and_then(|value| value.replaced()),
    };
    for path in literal.chain(by_variable) {
        paths.push(PathUse { path: path.to_owned(), ..path_use(&executable.path, "Arguments", arguments, PathSource::Arguments, replaced.clone()) });
    }
}

/// Files that components open by themselves: raw files (access mode 0 is a literal name) and XML sources.
fn of_component(values: &Values<'_, '_, '_>, id: ExecutableId, executable: &Executable<'_>, component: &Component<'_>, paths: &mut Vec<PathUse>) {
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
        let property = format!("[{}].[{name}]", component.name.value);
        let found = of_setting(values, &Setting::of_executable(id, executable, &property, Some(text)), &component.path, PathSource::Component);
        paths.extend(found.map(|path| PathUse { property: (*name).to_owned(), ..path }));
    }
}

/// The start of a drive path into a folder of users, with backslashes once or, inside a string literal, twice.
static PROFILE_LITERAL: LazyLock<Regex> = LazyLock::new(|| pattern(r#"(?i)\b[a-z]:(?:\\{1,2}|/)(?:users|documents and settings)(?:\\{1,2}|/)[^"\r\n]"#));

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
    let path = text.value.trim().to_owned();
    PathUse { object: object.to_owned(), property: property.to_owned(), path, span: text.span, source, opened_here: true, replaced, chain: None }
}
