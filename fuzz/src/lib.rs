//! What the fuzz targets share with each other and with `tests/mutants.rs`.

#[path = "../../tests/mutants/judge.rs"]
mod judge;
#[path = "../../tests/mutants/mutate.rs"]
mod mutate;
#[path = "../../tests/random/mod.rs"]
mod random;

use std::ops::Range;

use ssislint::discover::{Discovery, FileKind, Group, GroupFile};
use ssislint::lint::{self, Settings};

use crate::random::Random;

/// One thread for the rules, since a fuzzer has one core; call it first.
pub fn one_thread() {
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().expect("no rule has run yet");
}

/// The bytes as the only file of a project. An archive is known by its first bytes, else the kind is that of the content.
#[must_use]
pub fn group(kind: FileKind) -> Group {
    let file = GroupFile { path: "-".into(), display: "input".to_owned(), requested: true, kind, stdin: true };
    Group { root: "-".into(), files: vec![file], complete: false }
}

/// Lints the bytes with every rule for every target, and shows what is found in every format.
pub fn lint_all_formats(bytes: &[u8]) {
    check(&judge::settings(bytes));
}

/// Lints the bytes with rules of a team.
pub fn lint_with(custom: Vec<std::sync::Arc<ssislint::custom::Rule>>, bytes: &[u8]) {
    check(&Settings { custom, rules: Vec::new(), ..judge::settings(bytes) });
}

fn check(settings: &Settings) {
    let discovery = Discovery { groups: vec![group(FileKind::Package)], ..Discovery::default() };
    let outcome = lint::run(&discovery, settings);
    judge::write_all(&outcome).expect("every format can be written");
    assert_eq!(judge::disagreement(&outcome), None);
}

/// Breaks a document the way documents break, or hands it to libFuzzer's own mutators; for `fuzz_mutator!`.
pub fn mutate(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let mut random = Random::new(u64::from(seed));
    let own = if random.below(2) == 0 { None } else { mutant(&data[..size], &data[..size], max_size, &mut random) };
    match own {
        Some(mutant) => {
            data[..mutant.len()].copy_from_slice(&mutant);
            mutant.len()
        }
        None => libfuzzer_sys::fuzzer_mutate(data, size, max_size),
    }
}

/// Grafts parts of one document onto another; for `fuzz_crossover!`.
pub fn cross(one: &[u8], two: &[u8], out: &mut [u8], seed: u32) -> usize {
    let mutant = mutant(one, two, out.len(), &mut Random::new(u64::from(seed))).unwrap_or_default();
    out[..mutant.len()].copy_from_slice(&mutant);
    mutant.len()
}

fn mutant(one: &[u8], two: &[u8], max_size: usize, random: &mut Random) -> Option<Vec<u8>> {
    Some(mutate::mutate(one, two, random)).filter(|mutant| !mutant.is_empty() && mutant.len() <= max_size)
}

/// Every range lies in the text, at characters.
pub fn assert_inside(text: &str, ranges: impl IntoIterator<Item = Range<usize>>) {
    for range in ranges {
        assert!(text.get(range.clone()).is_some(), "{range:?} is no part of the text");
    }
}
