//! Files → projects.
//!
//! An archive is a project. A `.dtproj` owns what it lists, and the rest of its folder when it is the only one there. Other files of a folder belong
//! together: a linter of single files (a pre-commit hook) needs their company as context.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use super::listing::listed_files;
use super::{FileKind, Group, GroupFile, display, kind};

/// Groups the requested files, and adds what is missing of their projects.
pub(super) fn group(requested: BTreeMap<PathBuf, FileKind>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut taken: HashSet<PathBuf> = HashSet::new();
    let folders: BTreeSet<PathBuf> = requested.iter().filter(|(_, kind)| **kind != FileKind::Archive).map(|(path, _)| folder_of(path)).collect();
    for (path, _) in requested.iter().filter(|(_, kind)| **kind == FileKind::Archive) {
        groups.push(to_group([path.clone()].into(), &requested, &requested, true));
    }
    for project in projects(&folders, &requested) {
        let files: BTreeSet<PathBuf> = members(&project).into_iter().filter(|file| !taken.contains(file)).collect();
        let wanted = if requested.contains_key(&project) { whole(&files) } else { requested.clone() };
        if files.iter().any(|file| wanted.contains_key(file)) {
            taken.extend(files.iter().cloned());
            groups.push(to_group(files, &wanted, &requested, true));
        }
    }
    let mut own: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    requested.keys().for_each(|path| own.entry(folder_of(path)).or_default().push(path.clone()));
    for folder in folders {
        let files: BTreeSet<PathBuf> = ssis_files(&folder).into_iter().chain(own.remove(&folder).unwrap_or_default()).collect();
        let loose: BTreeSet<PathBuf> = files.into_iter().filter(|file| !taken.contains(file)).filter(|file| is_loose(file)).collect();
        if loose.iter().any(|file| requested.contains_key(file)) {
            groups.push(to_group(loose, &requested, &requested, false));
        }
    }
    groups.sort_by(|a, b| first(a).cmp(first(b)));
    groups
}

fn first(group: &Group) -> &str {
    group.files.first().map_or("", |file| &file.display)
}

/// A named project asks for everything in it.
fn whole(files: &BTreeSet<PathBuf>) -> BTreeMap<PathBuf, FileKind> {
    files.iter().filter_map(|file| Some((file.clone(), kind::by_name(file)?))).collect()
}

fn to_group(files: BTreeSet<PathBuf>, wanted: &BTreeMap<PathBuf, FileKind>, known: &BTreeMap<PathBuf, FileKind>, complete: bool) -> Group {
    let mut files: Vec<GroupFile> = files
        .into_iter()
        .filter_map(|path| {
            let kind = known.get(&path).copied().or_else(|| kind::by_name(&path)).or_else(|| kind::configuration_by_content(&path))?;
            Some(GroupFile { display: display(&path), requested: wanted.contains_key(&path), kind, path })
        })
        .collect();
    files.sort_by(|a, b| a.display.cmp(&b.display));
    Group { files, complete }
}

/// Projects that may own requested files: in their folders, and one folder above.
fn projects(folders: &BTreeSet<PathBuf>, requested: &BTreeMap<PathBuf, FileKind>) -> BTreeSet<PathBuf> {
    let above = folders.iter().filter_map(|folder| folder.parent().filter(|parent| !folder.as_os_str().is_empty() && !parent.as_os_str().is_empty()));
    let places: BTreeSet<PathBuf> = folders.iter().cloned().chain(above.map(Path::to_owned)).collect();
    let found = places.iter().flat_map(|folder| ssis_files(folder)).filter(|file| is_project(file));
    found.chain(requested.keys().filter(|file| is_project(file)).cloned()).collect()
}

fn is_project(file: &Path) -> bool {
    kind::by_name(file) == Some(FileKind::Project)
}

fn is_loose(file: &Path) -> bool {
    kind::by_name(file) != Some(FileKind::Archive)
}

/// What belongs to a project: itself, what it lists and, when it is alone in its folder, the rest of the folder; else the parameters beside it.
fn members(project: &Path) -> BTreeSet<PathBuf> {
    let folder = folder_of(project);
    let neighbours = ssis_files(&folder);
    let alone = neighbours.iter().filter(|file| is_project(file)).count() <= 1;
    let beside = |file: &&PathBuf| match kind::by_name(file) {
        Some(FileKind::Archive) => false,
        Some(FileKind::Parameters) => true,
        Some(FileKind::Project) => file.as_path() == project,
        _ => alone,
    };
    let listed = listed_files(project).into_iter().filter(|file| file.is_file());
    neighbours.iter().filter(beside).cloned().chain(listed).chain([project.to_owned()]).collect()
}

fn folder_of(path: &Path) -> PathBuf {
    path.parent().map(Path::to_owned).unwrap_or_default()
}

/// SSIS files directly in a folder. A folder that cannot be read has none: the walk has said so.
fn ssis_files(folder: &Path) -> Vec<PathBuf> {
    let place = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let Ok(entries) = std::fs::read_dir(place) else { return Vec::new() };
    let files = entries.flatten().filter(|entry| entry.file_type().is_ok_and(|kind| !kind.is_dir())).map(|entry| folder.join(entry.file_name()));
    let mut files: Vec<PathBuf> = files.filter(|file| kind::by_name(file).is_some() || kind::configuration_by_content(file).is_some()).collect();
    files.sort();
    files
}
