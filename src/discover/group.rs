//! Files to groups.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use foldhash::{HashMap, HashSet};

use super::listing::Listing;
use super::pool::Pool;
use super::{FileKind, Group};

/// A group of files of the pool.
struct Draft {
    root: PathBuf,
    /// Their places in the pool.
    members: BTreeSet<usize>,
    complete: bool,
    /// Whether its project file was given, which asks for all of it.
    given: bool,
}

/// Groups all files of the pool; groups in which nothing is requested are left out.
pub(super) fn groups(pool: &mut Pool) -> Vec<Group> {
    let projects = projects(pool);
    let mut drafts: Vec<Draft> = projects.iter().map(|place| project(pool, *place)).collect();
    share(pool, &projects, &mut drafts);
    let taken = drafts.iter().flat_map(|draft| draft.members.iter().copied()).collect();
    drafts.extend(loose(pool, &taken));
    let mut reported = HashSet::default();
    let finished = drafts.iter().map(|draft| finish(pool, draft, &mut reported));
    let mut groups: Vec<Group> = finished.filter(|group| group.files.iter().any(|file| file.requested)).collect();
    groups.sort_by(|a, b| a.files.iter().map(|file| &file.display).cmp(b.files.iter().map(|file| &file.display)));
    groups
}

/// The project files; those that were given first, so that their files are reported with them.
fn projects(pool: &Pool) -> Vec<usize> {
    let mut found: Vec<_> = pool.files.iter().enumerate().filter(|(_, found)| found.file.kind == FileKind::Project).collect();
    found.sort_by(|(_, a), (_, b)| (!a.given, &a.file.display, &a.real).cmp(&(!b.given, &b.file.display, &b.real)));
    found.into_iter().map(|(place, _)| place).collect()
}

/// A project file with what it lists.
fn project(pool: &mut Pool, place: usize) -> Draft {
    let found = &pool.files[place];
    let (folder, shown, given) = (folder(&found.real).to_path_buf(), found.folder.clone(), found.given);
    let root = self::folder(&found.file.path).to_path_buf();
    let listing = Listing::of_file(&found.real);
    let mut members: BTreeSet<usize> = listing.files.iter().filter_map(|name| pool.listed(&folder, &shown, name)).collect();
    members.insert(place);
    Draft { root, members, complete: listing.complete, given }
}

/// Gives the files beside project files to them: all to a single one; what no list names to each of several.
fn share(pool: &Pool, projects: &[usize], drafts: &mut [Draft]) {
    let mut beside: HashMap<&Path, Vec<usize>> = HashMap::default();
    for (draft, project) in projects.iter().enumerate() {
        beside.entry(folder(&pool.files[*project].real)).or_default().push(draft);
    }
    let taken: HashSet<usize> = drafts.iter().flat_map(|draft| draft.members.iter().copied()).collect();
    for (place, found) in pool.files.iter().enumerate() {
        let Some(neighbours) = beside.get(folder(&found.real)) else { continue };
        let unlisted = matches!(found.file.kind, FileKind::Parameters | FileKind::Configuration);
        let single = neighbours.len() == 1 && !taken.contains(&place);
        if found.file.kind != FileKind::Archive && (unlisted || single) {
            neighbours.iter().for_each(|draft| _ = drafts[*draft].members.insert(place));
        }
    }
}

/// Archives, each alone, and what no project took, by folder.
fn loose(pool: &Pool, taken: &HashSet<usize>) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut folders: HashMap<&Path, usize> = HashMap::default();
    for (place, found) in pool.files.iter().enumerate().filter(|(place, _)| !taken.contains(place)) {
        let is_archive = found.file.kind == FileKind::Archive;
        let next = drafts.len();
        let draft = if is_archive { next } else { *folders.entry(folder(&found.real)).or_insert(next) };
        if draft == next {
            let root = if is_archive { &found.file.path } else { folder(&found.file.path) };
            drafts.push(Draft { root: root.to_path_buf(), members: BTreeSet::new(), complete: is_archive, given: false });
        }
        drafts[draft].members.insert(place);
    }
    drafts
}

/// The group of a draft; a file that an earlier group reports is only context here.
fn finish(pool: &Pool, draft: &Draft, reported: &mut HashSet<usize>) -> Group {
    let mut files = Vec::new();
    for place in &draft.members {
        let mut file = pool.files[*place].file.clone();
        file.requested = (file.requested || draft.given) && reported.insert(*place);
        files.push(file);
    }
    files.sort_by(|a, b| a.display.cmp(&b.display));
    Group { root: draft.root.clone(), files, complete: draft.complete }
}

fn folder(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}
