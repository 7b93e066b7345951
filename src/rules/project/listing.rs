//! What a project file lists and what is there.

use crate::model::{Document, DocumentKind, Package, Project, ProjectFile, Text};

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
    let is_there = |name: &str| project.documents.iter().any(|document| same(document.file.name(), file_name(name)));
    relative.filter(|name| !is_there(name.as_str())).collect()
}

/// Whether it is a kind of file that is read with its project.
fn is_document(name: &str) -> bool {
    let name = name.trim().to_ascii_lowercase();
    [".dtsx", ".dtsxp", ".conmgr"].iter().any(|end| name.ends_with(end))
}

/// Packages and connection managers that are there and that the project file does not list.
pub(super) fn unlisted<'p, 'a>(project: &'p Project<'a>, file: &'p ProjectFile<'a>) -> impl Iterator<Item = &'p Document<'a>> {
    let is_listed = |document: &Document<'_>| match &document.kind {
        DocumentKind::Package(package) if package.is_part => file.parts.iter().any(|name| same(document.file.name(), file_name(name.as_str()))),
        DocumentKind::Package(_) => entry(file, document).is_some(),
        DocumentKind::ConnectionManager(_) => file.connection_managers.iter().any(|name| same(document.file.name(), file_name(name.as_str()))),
        _ => true,
    };
    project.documents.iter().filter(move |document| !file.is_opaque() && !is_listed(document))
}

/// What the project file says of a package.
pub(super) fn entry<'p, 'a>(file: &'p ProjectFile<'a>, document: &Document<'_>) -> Option<&'p crate::model::ProjectPackage<'a>> {
    file.packages.iter().find(|listed| same(document.file.name(), file_name(listed.name.as_str())))
}

/// Packages that the project file lists, with what it says of them.
pub(super) fn listed<'p, 'a>(
    project: &'p Project<'a>,
    file: &'p ProjectFile<'a>,
) -> impl Iterator<Item = (&'p Document<'a>, &'p Package<'a>, &'p crate::model::ProjectPackage<'a>)> {
    project.packages().filter_map(|(document, package)| Some((document, package, entry(file, document)?)))
}

/// Windows does not care for the case of a name.
fn same(left: &str, right: &str) -> bool {
    left.eq_ignore_ascii_case(right) || left.to_lowercase() == right.to_lowercase()
}
