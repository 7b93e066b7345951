//! Broken packages: whatever a file holds, the linter neither panics nor hangs nor takes more memory than `docs/limits.md` says, what it says can be shown
//! in every format, and the exit code follows from it.
//!
//! The files are made from `testdata`, and from the folder named by `SSISLINT_CORPUS` when it is set; `SSISLINT_MUTANTS` says how many (of the folder
//! when there is one), and `SSISLINT_MUTANT_SEED` from which number on. The same numbers make the same files. One that fails is written to the folder of test output.

#![allow(clippy::print_stderr, reason = "says what was tried")]

mod mutants {
    pub(crate) mod judge;
    pub(crate) mod memory;
    pub(crate) mod mutate;
    pub(crate) mod program;
}
mod random;

use std::ffi::OsStr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use mutants::judge::{disagreement, settings, write_all};
use mutants::mutate::mutate;
use mutants::{memory, program};
use random::Random;
use rayon::prelude::*;
use ssislint::discover::{self, Discovery, FileKind, Group, GroupFile, Options};
use ssislint::lint::{self, Outcome, Settings};
use walkdir::WalkDir;

const DEFAULT_MUTANTS: u64 = 600;
/// Of them, the first ones are given to the program itself, which takes its time to start.
const PROGRAM_MUTANTS: u64 = 100;
/// Of them, the first ones are measured one by one, which only one thread at a time can do.
const MEASURED_MUTANTS: u64 = 2000;
const LONGEST: Duration = Duration::from_secs(2);
/// Every finding is shown in every format, with an excerpt that is searched for secrets.
const PER_FINDING: Duration = Duration::from_millis(2);
/// Larger files say nothing more, and take long.
const LARGEST_SEED: usize = 400_000;

/// A file to break, and what it is linted with.
struct Seed {
    path: PathBuf,
    bytes: Vec<u8>,
    discovery: Discovery,
}

/// A broken file.
struct Mutant<'s> {
    number: u64,
    seed: &'s Seed,
    bytes: Vec<u8>,
}

#[test]
fn mutants_do_no_harm() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let (count, first) = (number("SSISLINT_MUTANTS").unwrap_or(DEFAULT_MUTANTS), number("SSISLINT_MUTANT_SEED").unwrap_or(0));
    let corpus = std::env::var_os("SSISLINT_CORPUS").map(PathBuf::from);
    try_mutants(&Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata"), first, if corpus.is_some() { DEFAULT_MUTANTS } else { count });
    if let Some(corpus) = corpus {
        try_mutants(&corpus, first, count);
    }
}

fn try_mutants(folder: &Path, first: u64, count: u64) {
    let seeds = seeds(folder);
    assert!(!seeds.is_empty(), "{} holds nothing to break", folder.display());
    let start = Instant::now();
    let mutant = |number: u64| Mutant::new(&seeds, number);
    let of_most = |most: u64| first..first + count.min(most);
    let lint_all = || of_most(count).into_par_iter().filter_map(|number| mutant(number).complaint(linting)).collect();
    let (mut complaints, taken): (Vec<String>, usize) = memory::peak(lint_all);
    complaints.par_extend(of_most(PROGRAM_MUTANTS).into_par_iter().filter_map(|number| mutant(number).complaint(running)));
    // Last, so that nothing that is computed only once counts for the first who needs it.
    complaints.extend(memory::alone(|| of_most(MEASURED_MUTANTS).filter_map(|number| mutant(number).complaint(remembering)).collect::<Vec<_>>()));
    let most = memory::MOST * rayon::current_num_threads();
    complaints.extend((taken > most).then(|| format!("together they take {taken} bytes of memory at one time, more than {most}")));
    eprintln!("{count} mutants of {} files in {:?}, at most {taken} bytes of memory at one time", seeds.len(), start.elapsed());
    assert!(complaints.is_empty(), "{} of {count} mutants:\n{}", complaints.len(), complaints.join("\n"));
}

/// Every file that is a document or an archive. One in the folder of a project file is linted with its project.
fn seeds(folder: &Path) -> Vec<Seed> {
    let files = WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    files.filter_map(|entry| seed(entry.path())).collect()
}

fn seed(path: &Path) -> Option<Seed> {
    let kind = FileKind::of_name(path)?;
    let bytes = std::fs::read(path).ok().filter(|bytes| bytes.len() <= LARGEST_SEED)?;
    let neighbours = path.parent()?.read_dir().ok()?.filter_map(Result::ok);
    let in_project = kind != FileKind::Archive && neighbours.into_iter().any(|entry| entry.path().extension() == Some(OsStr::new("dtproj")));
    let discovery = if in_project {
        discover::discover(&["-".into()], &Options { stdin_filename: Some(path.to_owned()), ..Options::default() })
    } else {
        let file = GroupFile { path: path.to_owned(), display: path.file_name()?.to_string_lossy().into_owned(), requested: true, kind, stdin: true };
        Discovery { groups: vec![Group { root: path.to_owned(), files: vec![file], complete: false }], ..Discovery::default() }
    };
    Some(Seed { path: path.to_owned(), bytes, discovery })
}

impl<'s> Mutant<'s> {
    fn new(seeds: &'s [Seed], number: u64) -> Self {
        let mut random = Random::new(number);
        let (seed, other) = (random.pick(seeds).expect("there are seeds"), random.pick(seeds).expect("there are seeds"));
        Self { number, seed, bytes: mutate(&seed.bytes, &other.bytes, &mut random) }
    }

    /// What is wrong with it, and where it can be found.
    fn complaint(&self, judge: impl Fn(&Self) -> Option<String>) -> Option<String> {
        let complaint = judge(self)?;
        let extension = self.seed.path.extension().and_then(OsStr::to_str).unwrap_or_default();
        let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("mutant-{}.{extension}", self.number));
        std::fs::write(&kept, &self.bytes).expect("the mutant is kept");
        Some(format!("{} of {}: {complaint}", kept.display(), self.seed.path.display()))
    }
}

fn linting(mutant: &Mutant<'_>) -> Option<String> {
    let (discovery, settings) = (&mutant.seed.discovery, settings(&mutant.bytes));
    let start = Instant::now();
    let Ok(outcome) = catch_unwind(AssertUnwindSafe(|| lint::run(discovery, &settings))) else { return Some("linting panics".to_owned()) };
    let written = catch_unwind(AssertUnwindSafe(|| write_all(&outcome)));
    let took = start.elapsed();
    match written {
        Err(_) => Some("a report panics".to_owned()),
        Ok(Err(error)) => Some(format!("a report fails: {error}")),
        // Once more, since the machine may have been busy with something else.
        Ok(Ok(())) if took > limit(&outcome) && time(discovery, &settings) > limit(&outcome) => Some(format!("takes {took:?}")),
        Ok(Ok(())) => disagreement(&outcome),
    }
}

fn running(mutant: &Mutant<'_>) -> Option<String> {
    program::complaint(&mutant.seed.path, &mutant.bytes, mutant.number)
}

fn remembering(mutant: &Mutant<'_>) -> Option<String> {
    memory::complaint(&mutant.seed.discovery, &mutant.bytes)
}

fn limit(outcome: &Outcome) -> Duration {
    LONGEST + PER_FINDING * u32::try_from(outcome.findings.len()).unwrap_or(u32::MAX)
}

fn time(discovery: &Discovery, settings: &Settings) -> Duration {
    let start = Instant::now();
    drop(lint::run(discovery, settings));
    start.elapsed()
}
