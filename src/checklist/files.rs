//! Folders and files that the packages read and write.

use std::collections::BTreeSet;

use foldhash::HashMap;

use super::builder::{Advice, Drafts, Source};
use super::inputs::{self, Value};
use super::{Topic, access, advice};
use crate::analysis::effective::{Setting, Values};
use crate::analysis::paths::{PathSource, PathUse};
use crate::analysis::references::Resolution;
use crate::lang::windows_path::{PathKind, classify, is_user_profile};
use crate::model::{ConnectionManager, Document, Executable, ExecutableId, ExecutableKind, Package, Task};

/// One item per folder.
pub(super) fn add(source: &Source<'_, '_>, list: &mut Drafts) {
    let connections: HashMap<(usize, &str), _> = source.connections().map(|(index, manager)| ((index, &*manager.path), manager)).collect();
    let mut indices: BTreeSet<usize> = connections.keys().map(|(index, _)| *index).collect();
    indices.extend(source.packages().map(|(index, _, _)| index));
    for index in indices {
        let document = source.document(index);
        let owners = Owners::new(document);
        for path in source.facts.paths(index) {
            let file = match path.source {
                PathSource::Connection => match connections.get(&(index, path.object.as_str())) {
                    Some(manager) => of_connection(source, index, manager, path),
                    None => continue,
                },
                PathSource::Configuration => continue,
                _ if !document.requested || path.property == "Executable" => continue,
                _ => owners.of_object(path),
            };
            file.add(document, &path.object, list);
        }
        if let Some(package) = document.package().filter(|_| document.requested) {
            of_buffers(document, package, list);
            source.facts.values(index).iter().for_each(|values| of_variables(source, index, values, document, package, list));
        }
    }
}

/// A path, and what is done with it.
struct File {
    path: Value,
    is_folder: bool,
    /// What is looked for in the folder.
    pattern: String,
    uses: BTreeSet<&'static str>,
}

impl File {
    fn add(&self, document: &Document<'_>, object: &str, list: &mut Drafts) {
        for path in self.path.text.split('|').map(str::trim).filter(|path| !path.is_empty()) {
            let Some((rank, kind, advice)) = described(path) else { continue };
            let (folder, name) = if self.is_folder { (without_slash(path), self.pattern.as_str()) } else { split(path) };
            let what = match folder {
                // What decides it tells one such path from another.
                _ if path.starts_with('…') => format!("{kind} {}", self.path.set_by.first().map_or("", String::as_str)),
                _ => format!("{kind} {folder}"),
            };
            list.item(Topic::Files, rank, &what, advice)
                .object(&document.file, object)
                .detail("files", name)
                .details("use", &self.uses)
                .details("set by", &self.path.set_by);
        }
    }
}

/// Folder and name; the root of a drive keeps its slash.
fn split(path: &str) -> (&str, &str) {
    let Some(at) = path.rfind(['\\', '/']) else { return (path, "") };
    (without_slash(path.get(..=at).unwrap_or(path)), path.get(at + 1..).unwrap_or_default())
}

fn without_slash(folder: &str) -> &str {
    let bare = folder.trim_end_matches(['\\', '/']);
    if bare.is_empty() || bare.ends_with(':') { folder } else { bare }
}

/// Rank, words and advice by where a path leads.
fn described(path: &str) -> Option<(u8, &'static str, Advice)> {
    if is_user_profile(path) {
        return Some((2, "folder in the profile of one user", advice::user_profile));
    }
    Some(match classify(path) {
        PathKind::Empty => return None,
        PathKind::Unc { .. } => (0, "share", advice::share as Advice),
        PathKind::Drive { .. } | PathKind::DriveRelative { .. } | PathKind::Rooted => (1, "folder", advice::local_folder),
        PathKind::Environment { .. } => (3, "folder of the environment", advice::environment_folder),
        PathKind::Url => (4, "address", advice::address),
        PathKind::Device => (5, "device", advice::local_folder),
        PathKind::Relative if path.starts_with('…') => (7, "path known at run time only, by", advice::unknown_folder),
        PathKind::Relative => (6, "relative path", advice::relative_folder),
    })
}

fn of_connection<'a>(source: &Source<'_, 'a>, index: usize, manager: &ConnectionManager<'a>, path: &PathUse) -> File {
    let is_folder = manager.is("FILE") && matches!(manager.settings.number("FileUsageType"), Some(2 | 3));
    let set_by = inputs::of_connection(source, index, manager);
    File { path: Value { text: path.path.clone(), set_by }, is_folder, pattern: String::new(), uses: access::of_connection(source, manager) }
}

/// Tasks and components of a package by their object path.
struct Owners<'m> {
    executables: HashMap<&'m str, &'m Executable<'m>>,
    components: HashMap<&'m str, &'static str>,
}

impl<'m> Owners<'m> {
    fn new(document: &'m Document<'m>) -> Self {
        let executables = || document.package().into_iter().flat_map(|package| &package.executables);
        let components = executables().filter_map(Executable::data_flow).flat_map(|flow| &flow.components);
        Self {
            executables: executables().map(|executable| (&*executable.path, executable)).collect(),
            components: components.map(|component| (&*component.path, access::of_component(component))).collect(),
        }
    }

    fn of_object(&self, path: &PathUse) -> File {
        let executable = self.executables.get(path.object.as_str());
        let used = match path.source {
            PathSource::Script => "named in a script",
            PathSource::Arguments => "named in the arguments of a program",
            PathSource::Component => self.components.get(path.object.as_str()).copied().unwrap_or("used"),
            _ => executable.map_or("used", |executable| access::of_task(executable, &path.property)),
        };
        File {
            path: Value { text: path.path.clone(), set_by: path.replaced.iter().map(inputs::replacement).collect() },
            is_folder: ["Directory", "WorkingDirectory"].contains(&path.property.as_str()),
            pattern: executable.filter(|_| path.property == "Directory").map(|executable| file_spec(executable)).unwrap_or_default(),
            uses: BTreeSet::from([used]),
        }
    }
}

/// What a loop over files looks for.
fn file_spec(executable: &Executable<'_>) -> String {
    match &executable.task {
        Task::ForEachLoop(each) => each.enumerator.as_ref().map_or("", |enumerator| enumerator.settings.text("FileSpec")).to_owned(),
        _ => String::new(),
    }
}

/// Folders for what does not fit into memory.
fn of_buffers(document: &Document<'_>, package: &Package<'_>, list: &mut Drafts) {
    for (_, executable) in package.executables().filter(|(id, _)| package.is_enabled(*id)) {
        let properties = executable.data_flow().map(|flow| &flow.properties);
        for folder in ["bufferTempStoragePath", "BLOBTempStoragePath"].iter().filter_map(|name| properties?.get(name)) {
            let path = Value { text: folder.value.trim().to_owned(), set_by: Vec::new() };
            let file = File { path, is_folder: true, pattern: String::new(), uses: BTreeSet::from(["temporary files written"]) };
            file.add(document, &executable.path, list);
        }
    }
}

/// Paths that File System and FTP Tasks take from a variable.
fn of_variables(source: &Source<'_, '_>, index: usize, values: &Values<'_, '_, '_>, document: &Document<'_>, package: &Package<'_>, list: &mut Drafts) {
    const SETTINGS: [(ExecutableKind, &str, &str); 3] = [
        (ExecutableKind::FileSystem, "TaskIsSourceVariable", "TaskSourcePath"),
        (ExecutableKind::FileSystem, "TaskIsDestinationVariable", "TaskDestinationPath"),
        (ExecutableKind::Ftp, "TaskIsLocalPathVar", "TaskLocalPath"),
    ];
    for (id, executable) in package.executables().filter(|(id, _)| package.is_enabled(*id)) {
        for (_, _, setting) in SETTINGS.iter().filter(|(kind, flag, _)| executable.kind == *kind && executable.settings.flag(flag, false)) {
            let Some(path) = of_variable(source, index, values, id, executable.settings.text(setting)) else { continue };
            let file =
                File { path, is_folder: is_on_folders(executable), pattern: String::new(), uses: BTreeSet::from([access::of_task(executable, setting)]) };
            file.add(document, &executable.path, list);
        }
    }
}

/// Whether the operation is on folders.
fn is_on_folders(executable: &Executable<'_>) -> bool {
    executable.settings.text("TaskOperationType").contains("Directory")
}

/// The value of a variable or of the default of a parameter, with its name among what decides it.
fn of_variable(source: &Source<'_, '_>, index: usize, values: &Values<'_, '_, '_>, from: ExecutableId, name: &str) -> Option<Value> {
    let mut value = match source.facts.references(index)?.names.resolve(name.trim(), from) {
        Resolution::Variable(variable) if values.is_written(variable) => {
            let saved = variable.value.iter().map(|text| text.value.trim()).filter(|text| !text.is_empty());
            Value { text: "…".to_owned(), set_by: saved.map(|text| format!("saved in the package: {text}")).collect() }
        }
        Resolution::Variable(variable) => inputs::value(values, &Setting::of_variable(variable))?,
        Resolution::Parameter(parameter) if !parameter.sensitive => Value { text: parameter.value.as_ref()?.value.trim().to_owned(), set_by: Vec::new() },
        _ => Value { text: "…".to_owned(), set_by: Vec::new() },
    };
    value.set_by.insert(0, name.trim().to_owned());
    Some(value)
}
