//! Broken packages: whatever a file holds, the linter neither panics nor hangs, and what it says can be shown in every format.
//!
//! The files are made from `testdata`, and from the folder named by `SSISLINT_CORPUS` when it is set; `SSISLINT_MUTANTS` says how many (of the folder
//! when there is one), and `SSISLINT_MUTANT_SEED` from which number on. The same numbers make the same files. One that fails is written to the folder of test output.

#![allow(clippy::print_stderr, reason = "says what was tried")]

mod mutants {
    pub(crate) mod judge;
    pub(crate) mod mutate;
}
mod random;

use std::ffi::OsStr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use mutants::judge::{disagreement, settings, write_all};
use mutants::mutate::mutate;
use random::Random;
use rayon::prelude::*;
use ssislint::discover::{self, Discovery, FileKind, Group, GroupFile, Options};
use ssislint::lint::{self, Outcome, Settings};
use walkdir::WalkDir;

const DEFAULT_MUTANTS: u64 = 600;
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

#[test]
fn mutants_neither_panic_nor_hang() {
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
    let complaints: Vec<String> = (first..first + count).into_par_iter().filter_map(|number| try_mutant(&seeds, number)).collect();
    eprintln!("{count} mutants of {} files in {:?}", seeds.len(), start.elapsed());
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

/// What is wrong with the mutant of that number.
fn try_mutant(seeds: &[Seed], number: u64) -> Option<String> {
    let mut random = Random::new(number);
    let (seed, other) = (random.pick(seeds)?, random.pick(seeds)?);
    let mutant = mutate(&seed.bytes, &other.bytes, &mut random);
    let complaint = complaint(&seed.discovery, &mutant)?;
    let extension = seed.path.extension().and_then(OsStr::to_str).unwrap_or_default();
    let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("mutant-{number}.{extension}"));
    std::fs::write(&kept, &mutant).expect("the mutant is kept");
    Some(format!("{} of {}: {complaint}", kept.display(), seed.path.display()))
}

fn complaint(discovery: &Discovery, mutant: &[u8]) -> Option<String> {
    let settings = settings(mutant);
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

fn limit(outcome: &Outcome) -> Duration {
    LONGEST + PER_FINDING * u32::try_from(outcome.findings.len()).unwrap_or(u32::MAX)
}

fn time(discovery: &Discovery, settings: &Settings) -> Duration {
    let start = Instant::now();
    drop(lint::run(discovery, settings));
    start.elapsed()
}
