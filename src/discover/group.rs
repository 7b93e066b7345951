//! Files to groups.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::listing::Listing;
use super::pool::{Found, Pool};
use super::{FileKind, Group};

/// A group of real paths.
struct Draft {
    root: PathBuf,
    members: BTreeSet<PathBuf>,
    complete: bool,
    /// Whether its project file was given, which asks for all of it.
    given: bool,
}

/// Groups all files of the pool; groups in which nothing is requested are left out.
pub(super) fn groups(pool: &mut Pool) -> Vec<Group> {
    let mut drafts = projects(pool);
    share(pool, &mut drafts);
    let taken: BTreeSet<&PathBuf> = drafts.iter().flat_map(|draft| &draft.members).collect();
    let loose = loose(pool, &taken);
    drafts.extend(loose);
    let mut reported = BTreeSet::new();
    let mut groups: Vec<Group> =
        drafts.iter().map(|draft| finish(pool, draft, &mut reported)).filter(|group| group.files.iter().any(|file| file.requested)).collect();
    groups.sort_by(|a, b| a.files.iter().map(|file| &file.display).cmp(b.files.iter().map(|file| &file.display)));
    groups
}

/// Every project file with what it lists; those that were given first, so that their files are reported with them.
fn projects(pool: &mut Pool) -> Vec<Draft> {
    let of_kind = pool.files.iter().filter(|(_, found)| found.file.kind == FileKind::Project);
    let mut found: Vec<_> = of_kind.map(|(real, found)| (!found.given, found.file.display.clone(), real.clone(), found.folder.clone())).collect();
    found.sort();
    found.into_iter().map(|(not_given, _, real, shown)| project(pool, real, &shown, !not_given)).collect()
}

fn project(pool: &mut Pool, real: PathBuf, shown: &str, given: bool) -> Draft {
    let listing = Listing::of_file(&real);
    let folder = real.parent().unwrap_or(Path::new("")).to_path_buf();
    let root = pool.files.get(&real).and_then(|found| found.file.path.parent()).unwrap_or(Path::new("")).to_path_buf();
    let mut members: BTreeSet<PathBuf> = listing.files.iter().filter_map(|name| pool.listed(&folder, shown, name)).collect();
    members.insert(real);
    Draft { root, members, complete: listing.complete, given }
}

/// Gives the files beside project files to them: all to a single one; what no list names to each of several.
fn share(pool: &Pool, drafts: &mut [Draft]) {
    let mut beside: BTreeMap<PathBuf, Vec<usize>> = BTreeMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        let project = draft.members.iter().find(|member| pool.files.get(*member).is_some_and(|found| found.file.kind == FileKind::Project));
        beside.entry(folder(project.map_or(Path::new(""), PathBuf::as_path))).or_default().push(index);
    }
    let taken: BTreeSet<PathBuf> = drafts.iter().flat_map(|draft| draft.members.iter().cloned()).collect();
    for (real, found) in &pool.files {
        let Some(neighbours) = beside.get(&folder(real)) else { continue };
        let unlisted = matches!(found.file.kind, FileKind::Parameters | FileKind::Configuration);
        let single = neighbours.len() == 1 && !taken.contains(real);
        if found.file.kind != FileKind::Archive && (unlisted || single) {
            for index in neighbours {
                drafts.get_mut(*index).map(|draft| draft.members.insert(real.clone()));
            }
        }
    }
}

/// Archives, each alone, and what no project took, by folder.
fn loose(pool: &Pool, taken: &BTreeSet<&PathBuf>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut folders: BTreeMap<PathBuf, Draft> = BTreeMap::new();
    for (real, found) in pool.files.iter().filter(|(real, _)| !taken.contains(real)) {
        if found.file.kind == FileKind::Archive {
            drafts.push(Draft { root: found.file.path.clone(), members: BTreeSet::from([real.clone()]), complete: true, given: false });
            continue;
        }
        let root = found.file.path.parent().unwrap_or(Path::new("")).to_path_buf();
        let draft = folders.entry(folder(real)).or_insert_with(|| Draft { root, members: BTreeSet::new(), complete: false, given: false });
        draft.members.insert(real.clone());
    }
    drafts.extend(folders.into_values());
    drafts
}

/// The group of a draft; a file that an earlier group reports is only context here.
fn finish(pool: &Pool, draft: &Draft, reported: &mut BTreeSet<PathBuf>) -> Group {
    let mut files = Vec::new();
    for real in &draft.members {
        let Some(Found { file, .. }) = pool.files.get(real) else { continue };
        let mut file = file.clone();
        file.requested = (file.requested || draft.given) && reported.insert(real.clone());
        files.push(file);
    }
    files.sort_by(|a, b| a.display.cmp(&b.display));
    Group { root: draft.root.clone(), files, complete: draft.complete }
}

fn folder(real: &Path) -> PathBuf {
    real.parent().unwrap_or(Path::new("")).to_path_buf()
}
