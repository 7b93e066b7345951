//! Any text as a configuration: parsed, checked, and the rules that it defines run on a package. The same text as a baseline.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ssislint::baseline::Baseline;
use ssislint::config::{self, Loaded};
use ssislint_fuzz::{lint_with, one_thread};

const PACKAGE: &[u8] = include_bytes!("../../testdata/custom/task-prefix/fires.dtsx");

fuzz_target!(init: one_thread(), |text: &str| {
    drop(Baseline::parse(text));
    if let Err(error) = config::parse(text) {
        assert!(!error.message().is_empty());
    }
    // A whole file can stand for the value of its first key.
    if let Ok(loaded) = Loaded::default().with(text) {
        let rules: Vec<_> = loaded.custom().cloned().collect();
        if !rules.is_empty() {
            lint_with(rules, PACKAGE);
        }
    }
});
