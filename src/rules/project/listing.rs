//! What a project file lists and what is there.

use foldhash::{HashMap, HashSet};

use crate::model::{Document, DocumentKind, Package, Project, ProjectFile, ProjectPackage, Text};

/// The name of a file without its folders.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit(['\\', '/']).next().unwrap_or(path).trim()
}

/// Packages, connection managers and parts that the project file lists and that are not there; none unless everything that is there was read.
pub(super) fn missing<'p, 'a>(project: &'p Project<'a>, file: &'p ProjectFile<'a>) -> Vec<&'p Text<'a>> {
    if !project.all_read || file.is_opaque() {
        return Vec::new();
    }
    let listed = file.packages.iter().map(|package| &package.name).chain(&file.connection_managers).chain(&file.parts);
    // A file on another drive is not looked for.
    let relative = listed.filter(|name| is_document(name.as_str()) && !name.value.contains(':') && !name.value.trim_start().starts_with(['\\', '/']));
    let there: HashSet<String> = project.documents.iter().map(|document| key(document.file.name())).collect();
    relative.filter(|name| !there.contains(&key(file_name(name.as_str())))).collect()
}

/// Whether it is a kind of file that is read with its project.
fn is_document(name: &str) -> bool {
    let name = name.trim().to_ascii_lowercase();
    [".dtsx", ".dtsxp", ".conmgr"].iter().any(|end| name.ends_with(end))
}

/// Packages and connection managers that are there and that the project file does not list.
pub(super) fn unlisted<'p, 'a>(project: &'p Project<'a>, file: &'p ProjectFile<'a>) -> impl Iterator<Item = &'p Document<'a>> {
    let keys = |names: &[Text<'_>]| names.iter().map(|name| key(file_name(name.as_str()))).collect::<HashSet<_>>();
    let (packages, managers, parts) = (entries(file), keys(&file.connection_managers), keys(&file.parts));
    let is_listed = move |document: &Document<'_>| {
        let name = || key(document.file.name());
        match &document.kind {
            DocumentKind::Package(package) if package.is_part => parts.contains(&name()),
            DocumentKind::Package(_) => packages.contains_key(&name()),
            DocumentKind::ConnectionManager(_) => managers.contains(&name()),
            _ => true,
        }
    };
    project.documents.iter().filter(move |document| !file.is_opaque() && !is_listed(document))
}

/// What the project file says of each package, by the key of its name; of several entries for one the first.
fn entries<'p, 'a>(file: &'p ProjectFile<'a>) -> HashMap<String, &'p ProjectPackage<'a>> {
    file.packages.iter().rev().map(|listed| (key(file_name(listed.name.as_str())), listed)).collect()
}

/// Packages that the project file lists, with what it says of them.
pub(super) fn listed<'p, 'a>(
    project: &'p Project<'a>,
    file: &'p ProjectFile<'a>,
) -> impl Iterator<Item = (&'p Document<'a>, &'p Package<'a>, &'p ProjectPackage<'a>)> {
    let entries = entries(file);
    project.packages().filter_map(move |(document, package)| Some((document, package, *entries.get(&key(document.file.name()))?)))
}

/// Windows does not care for the case of a name.
fn key(name: &str) -> String {
    name.to_lowercase()
}
