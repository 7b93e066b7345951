//! What linting takes in memory at its worst moment, against what `docs/limits.md` says.

use std::io::{Cursor, Read};

use peak_alloc::PeakAlloc;
use ssislint::analysis::Facts;
use ssislint::discover::Discovery;
use ssislint::dtsx;
use ssislint::lint::{self, Settings};
use ssislint::model::Project;
use ssislint::source::{self, Source};
use ssislint::xml::{Limits, Tree};
use zip::ZipArchive;

use super::judge::settings;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// What any run may take: an archive, for one, is unpacked through buffers.
const FIXED: usize = 256 << 10;
/// The text and what is made of it; as a member of an archive it is there in two forms.
const PER_BYTE: usize = 3;
/// What stands for it: a data flow is mostly short elements.
const PER_ELEMENT: usize = 600;
const PER_FINDING: usize = 4096;
/// An SQL text while it is taken apart: its tokens may be of one byte.
const PER_SQL_BYTE: usize = 160;

/// Room for a member of an archive is made before it turns out to be damaged.
const PER_PACKED_BYTE: usize = 32;

/// What linting one mutant and writing all reports may take at the very most, in bytes: it is no longer than 4 MiB, and half of that may be SQL.
pub(crate) const MOST: usize = 256 << 20;

/// Nothing else is measured along with what a single thread does while the others wait.
pub(crate) fn alone<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread").install(work)
}

pub(crate) fn complaint(discovery: &Discovery, mutant: &[u8]) -> Option<String> {
    let settings = settings(mutant);
    let small = FIXED + PER_BYTE * mutant.len();
    let (taken, _) = take(discovery, &settings);
    if taken <= small {
        return None;
    }
    // Once more, since a pattern that is used for the first time makes itself a cache.
    let (taken, findings) = take(discovery, &settings);
    let limit = small + PER_FINDING * findings + documents(discovery, mutant) + unpacked(mutant);
    (taken > limit).then(|| format!("takes {taken} bytes of memory, more than {limit}"))
}

/// What work gives, and the most that all threads take for it at one time, in bytes.
pub(crate) fn peak<T>(work: impl FnOnce() -> T) -> (T, usize) {
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    let given = work();
    (given, MEMORY.peak_usage() - before)
}

/// The most that was taken at one time, and the number of findings.
fn take(discovery: &Discovery, settings: &Settings) -> (usize, usize) {
    let (outcome, taken) = peak(|| lint::run(discovery, settings));
    (taken, outcome.findings.len())
}

/// What the documents of the project may take.
fn documents(discovery: &Discovery, mutant: &[u8]) -> usize {
    let groups = discovery.groups.iter().map(|group| source::load(group, &source::Limits::default(), Some(mutant)).sources);
    groups.map(|sources| texts(&sources)).sum()
}

fn texts(sources: &[Source]) -> usize {
    let elements: usize = sources.iter().filter_map(|source| Tree::parse(&source.text, &[], &Limits::default()).ok()).map(|tree| tree.count() as usize).sum();
    let length: usize = sources.iter().map(|source| source.text.len()).sum();
    PER_BYTE * length + PER_ELEMENT * elements + PER_SQL_BYTE * longest_sql(sources)
}

/// The length of the longest SQL text, in bytes.
fn longest_sql(sources: &[Source]) -> usize {
    let trees: Vec<_> = sources.iter().filter_map(|source| dtsx::parse(&source.text, &Limits::default()).ok().map(|tree| (source, tree))).collect();
    let documents: Vec<_> = trees.iter().filter_map(|(source, tree)| dtsx::read(tree, source.file.clone(), true).ok()).collect();
    let project = Project::new(documents, false, false);
    let facts = Facts::new(&project);
    (0..project.documents.len()).flat_map(|index| facts.statements(index)).map(|statement| statement.text.len()).max().unwrap_or(0)
}

/// What the members of an archive may take: what turns out to be damaged is dropped, and has been there.
fn unpacked(mutant: &[u8]) -> usize {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(mutant)) else { return 0 };
    PER_PACKED_BYTE * mutant.len() + PER_BYTE * (0..archive.len()).map(|index| archive.by_index(index).map_or(0, length)).sum::<usize>()
}

fn length(mut member: impl Read) -> usize {
    let mut buffer = [0; 4096];
    let mut length = 0;
    while let Ok(read @ 1..) = member.read(&mut buffer) {
        length += read;
    }
    length
}
