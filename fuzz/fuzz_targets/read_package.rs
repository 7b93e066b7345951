//! Any document as a model: it is read, opened with a password, and inspected.
#![no_main]

use libfuzzer_sys::{fuzz_crossover, fuzz_mutator, fuzz_target};
use ssislint::decrypt;
use ssislint::discover::FileKind;
use ssislint::dtsx;
use ssislint::inspect;
use ssislint::lint::{self, Settings};
use ssislint::masks::Masks;
use ssislint::rules::options::SecretNames;
use ssislint::secret::Secret;
use ssislint::source;
use ssislint::xml::Limits;
use ssislint_fuzz::{cross, group, mutate, one_thread};

fuzz_target!(init: one_thread(), |bytes: &[u8]| {
    let names = SecretNames::default();
    let loaded = source::load(&group(FileKind::Package), &source::Limits::default(), Some(bytes));
    for source in &loaded.sources {
        if let Ok(tree) = dtsx::parse(&source.text, &Limits::default()) {
            drop(decrypt::open(&tree, &Secret::new("päss w0rd".to_owned())));
            if let Ok(document) = dtsx::read(&tree, source.file.clone(), true) {
                inspect::document(&document, &Masks::of_names(&names)).expect("a document is shown as JSON");
            }
        }
    }
    lint::with_project(&loaded.sources, false, &Settings::default(), &mut drop, |project, _| {
        let masks = Masks::of_project(project, &names);
        inspect::write_tree(project, &masks, &mut Vec::new()).expect("a vector is written to");
        inspect::write_effective(project, &masks, &mut Vec::new()).expect("a vector is written to");
        inspect::write_references(project, &mut Vec::new()).expect("a vector is written to");
    });
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| { mutate(data, size, max_size, seed) });
fuzz_crossover!(|one: &[u8], two: &[u8], out: &mut [u8], seed: u32| { cross(one, two, out, seed) });
