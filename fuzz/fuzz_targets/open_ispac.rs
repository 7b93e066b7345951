//! Any bytes as an archive: every member that it gives is parsed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ssislint::discover::FileKind;
use ssislint::source::{self, Limits};
use ssislint::{dtsx, xml};
use ssislint_fuzz::{group, one_thread};

/// Small, so that the fuzzer comes to them.
const LIMITS: Limits = Limits { file_bytes: 1 << 20, member_bytes: 4 << 20, archive_bytes: 8 << 20, ratio: 1000, members: 50 };

fuzz_target!(init: one_thread(), |bytes: &[u8]| {
    // Without its first bytes it is no archive; a name says so all the same.
    let mut group = group(FileKind::Archive);
    group.files[0].path = "input.ispac".into();
    let loaded = source::load(&group, &LIMITS, Some(bytes));
    assert!(loaded.errors.is_empty(), "{:?}", loaded.errors);
    let unpacked: usize = loaded.sources.iter().map(|source| source.text.len()).sum();
    // UTF-16 grows by half when it becomes UTF-8, and a single-byte code page may triple.
    assert!(unpacked <= 3 * (8 << 20), "{unpacked} bytes");
    for source in &loaded.sources {
        assert_ne!(source.kind, FileKind::Archive);
        drop(dtsx::parse(&source.text, &xml::Limits::default()).map(|tree| dtsx::read(&tree, source.file.clone(), true).is_ok()));
    }
});
