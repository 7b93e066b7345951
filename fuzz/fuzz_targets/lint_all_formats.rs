//! Any bytes through the whole linter: every rule, every target, every format.
#![no_main]

use libfuzzer_sys::{fuzz_crossover, fuzz_mutator, fuzz_target};
use ssislint_fuzz::{cross, lint_all_formats, mutate, one_thread};

fuzz_target!(init: one_thread(), |bytes: &[u8]| lint_all_formats(bytes));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| { mutate(data, size, max_size, seed) });
fuzz_crossover!(|one: &[u8], two: &[u8], out: &mut [u8], seed: u32| { cross(one, two, out, seed) });
