//! What linting takes in memory at its worst moment, against what `docs/limits.md` says.

use peak_alloc::PeakAlloc;
use ssislint::discover::Discovery;
use ssislint::lint::{self, Settings};
use ssislint::source::{self, Source};
use ssislint::xml::{Limits, Tree};

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

/// Nothing else is measured along with what a single thread does while the others wait.
pub(crate) fn alone<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread").install(work)
}

pub(crate) fn complaint(discovery: &Discovery, seed: &[u8], mutant: &[u8]) -> Option<String> {
    let settings = settings(mutant);
    let small = FIXED + PER_BYTE * mutant.len();
    let (taken, _) = take(discovery, &settings);
    if taken <= small {
        return None;
    }
    // Once more, since a pattern that is used for the first time makes itself a cache.
    let (taken, findings) = take(discovery, &settings);
    // What a damaged member of an archive unpacks to is dropped, and has been there.
    let unpacked = documents(discovery, mutant).max(documents(discovery, seed));
    let limit = small + PER_FINDING * findings + unpacked;
    (taken > limit).then(|| format!("takes {taken} bytes of memory, more than {limit}"))
}

/// The most that was taken at one time, and the number of findings.
fn take(discovery: &Discovery, settings: &Settings) -> (usize, usize) {
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    let outcome = lint::run(discovery, settings);
    (MEMORY.peak_usage() - before, outcome.findings.len())
}

/// What the documents of the project may take.
fn documents(discovery: &Discovery, mutant: &[u8]) -> usize {
    let sources = discovery.groups.iter().flat_map(|group| source::load(group, &source::Limits::default(), Some(mutant)).sources);
    sources.map(|source| PER_BYTE * source.text.len() + PER_ELEMENT * elements(&source)).sum()
}

fn elements(source: &Source) -> usize {
    Tree::parse(&source.text, &[], &Limits::default()).map_or(0, |tree| tree.count() as usize)
}
