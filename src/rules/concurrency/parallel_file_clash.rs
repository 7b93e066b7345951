//! `parallel-file-clash`: a file that is written while something else has it open.

use std::collections::BTreeMap;

use crate::analysis::connections::{ConnectionUse, Resolution, User};
use crate::analysis::effective::UNKNOWN;
use crate::finding::Confidence;
use crate::finding::Severity::Warning;
use crate::model::{Component, ConnectionManager, ExecutableId, ExecutableKind, Package};
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink};
use crate::span::Span;

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0614",
    name: "parallel-file-clash",
    category: Category::Concurrency,
    severity: Severities::new(Warning),
    set: RuleSet::Default,
    summary: "a file is written while something else may have it open",
    page: include_str!("../../../rules/parallel-file-clash.md"),
    check: Check::Package(check),
};

/// What tells files apart.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum File {
    /// The path in small letters, when nothing replaces it.
    Path(String),
    /// The number of a connection manager whose path is made at run time.
    Manager(usize),
}

/// Something that opens a file, moves or deletes it.
struct FileUse<'s> {
    executable: ExecutableId,
    object: &'s str,
    /// Its name in a message.
    name: String,
    span: Span,
    act: Act,
}

/// What is done with a file, in the word of a message.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    Reads,
    Writes,
    Moves,
    Deletes,
}

impl Act {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Reads => "reads",
            Self::Writes => "writes",
            Self::Moves => "moves",
            Self::Deletes => "deletes",
        }
    }
}

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let mut files: BTreeMap<File, Vec<FileUse<'_>>> = BTreeMap::new();
    let uses = scope.facts.connections().of_document(scope.index);
    for (file, user) in uses.iter().filter_map(|reference| through_connection(scope, package, reference)) {
        files.entry(file).or_default().push(user);
    }
    for (id, executable) in package.executables().filter(|(id, _)| package.is_enabled(*id)) {
        for component in executable.data_flow().into_iter().flat_map(|flow| &flow.components) {
            let replaced = || executable.expression(&format!("[{}].[FileName]", component.name.value)).is_some();
            if let Some((file, user)) = raw_file(package, id, component).filter(|_| !replaced()) {
                files.entry(file).or_default().push(user);
            }
        }
    }
    for users in files.values().filter(|users| users.len() > 1 && users.iter().any(changes)) {
        if let Some(report) = clash(scope, package, users) {
            sink.report(report);
        }
    }
}

fn through_connection<'s>(scope: &'s Scope<'_, '_>, package: &'s Package<'_>, reference: &'s ConnectionUse<'_, '_>) -> Option<(File, FileUse<'s>)> {
    let Resolution::Found(number) = reference.resolution else { return None };
    let (owner, manager) = scope.facts.connections().manager(reference.resolution).filter(|_| reference.enabled)?;
    let user = match reference.user {
        User::Component(id, component) if manager.is("FLATFILE") => by_component(package, id, component)?,
        User::Executable(id) if manager.is("FILE") && !is_folder(manager) => by_task(package, id, reference.property)?,
        _ => return None,
    };
    Some((file(scope, owner, number, manager)?, user))
}

fn by_component<'s>(package: &Package<'_>, id: ExecutableId, component: &'s Component<'_>) -> Option<FileUse<'s>> {
    let known = [("FlatFileSource", Act::Reads), ("FlatFileDestination", Act::Writes), ("RawSource", Act::Reads), ("RawDestination", Act::Writes)];
    let (_, act) = known.into_iter().find(|(class, _)| component.is(class))?;
    let name = format!("`{}` in `{}`", component.name.as_str(), package.executable(id).name.as_str());
    Some(FileUse { executable: id, object: &component.path, name, span: component.span, act })
}

/// What a File System Task does with the file that the setting names; none when it is not certain to be a file.
fn by_task<'s>(package: &'s Package<'_>, id: ExecutableId, setting: &str) -> Option<FileUse<'s>> {
    let task = package.executable(id);
    let act = match (task.settings.text("TaskOperationType"), setting) {
        ("" | "CopyFile", "TaskSourcePath") => Act::Reads,
        ("" | "CopyFile" | "MoveFile" | "RenameFile", "TaskDestinationPath") => Act::Writes,
        ("MoveFile" | "RenameFile", _) => Act::Moves,
        ("DeleteFile", "TaskSourcePath") => Act::Deletes,
        _ => return None,
    };
    let known = task.kind == ExecutableKind::FileSystem && task.expression("TaskOperationType").is_none();
    known.then(|| FileUse { executable: id, object: &task.path, name: format!("`{}`", task.name.as_str()), span: task.span, act })
}

/// `FileUsageType` 2 and 3: a folder.
fn is_folder(manager: &ConnectionManager<'_>) -> bool {
    manager.settings.number("FileUsageType").is_some_and(|usage| usage > 1)
}

fn file(scope: &Scope<'_, '_>, owner: usize, number: usize, manager: &ConnectionManager<'_>) -> Option<File> {
    match scope.known_endpoint(owner, manager).filter(|endpoint| !endpoint.text.contains(UNKNOWN)) {
        Some(endpoint) => path(&endpoint.text),
        None => manager.expression("ConnectionString").map(|_| File::Manager(number)),
    }
}

fn path(text: &str) -> Option<File> {
    let path = text.trim().replace('/', "\\").to_lowercase();
    Some(File::Path(path)).filter(|_| !text.trim().is_empty())
}

/// A raw file component whose path is a literal.
fn raw_file<'s>(package: &Package<'_>, id: ExecutableId, component: &'s Component<'_>) -> Option<(File, FileUse<'s>)> {
    let is_raw = component.is("RawSource") || component.is("RawDestination");
    let text = component.properties.get("FileName").filter(|_| is_raw && component.access_mode().unwrap_or(0) == 0)?;
    Some((path(text.as_str())?, by_component(package, id, component)?))
}

/// The first two users of a file, one of which writes, that nothing keeps apart.
fn clash(scope: &Scope<'_, '_>, package: &Package<'_>, users: &[FileUse<'_>]) -> Option<Report> {
    let executables: Vec<_> = users.iter().map(|user| user.executable).collect();
    let wanted = |left: usize, right: usize| users[left].object != users[right].object && (changes(&users[left]) || changes(&users[right]));
    let meeting = scope.facts.overlap(scope.index)?.first_meeting(&executables, wanted)?;
    let (left, right) = (&users[meeting.left], &users[meeting.right]);
    let (writer, other) = if changes(left) { (left, right) } else { (right, left) };
    let message = format!(
        "{} {} the file that {} {}, and may do so at the same time: the one that comes second does not get the file (0xC020200E, 0x80070020)",
        writer.name,
        writer.act.as_str(),
        other.name,
        other.act.as_str()
    );
    let report = Report::new(writer.object, writer.span, message)
        .confidence(Confidence::Medium)
        .help("let each have a file of its own, or join the two with a precedence constraint")
        .mention(Mention::new(other.object, other.span, meeting.place.describe(package)));
    Some(report.discriminator(other.object))
}

fn changes(user: &FileUse<'_>) -> bool {
    user.act != Act::Reads
}
