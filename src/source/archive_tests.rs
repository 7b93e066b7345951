use std::io::Write;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

const MANIFEST: &str = "@Project.manifest";

fn zip(members: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).expect("an entry");
        writer.write_all(content).expect("written");
    }
    writer.finish().expect("a zip").into_inner()
}

fn deflated(members: &[(&str, &[u8])]) -> Vec<u8> {
    zip(members, CompressionMethod::Deflated)
}

fn stored(members: &[(&str, &[u8])]) -> Vec<u8> {
    zip(members, CompressionMethod::Stored)
}

fn read(bytes: &[u8], limits: &Limits) -> Loaded {
    load("out/Sales.ispac", true, bytes, limits)
}

fn members(loaded: &Loaded) -> Vec<&str> {
    loaded.sources.iter().filter_map(|source| source.file.member.as_deref()).collect()
}

/// Kind and message of the problem of a member, or of the archive.
fn problem<'a>(loaded: &'a Loaded, label: Option<&str>) -> (ProblemKind, &'a str) {
    let found = loaded.problems.iter().find(|problem| problem.file.member.as_deref() == label);
    found.map(|problem| (problem.kind, problem.message.as_str())).expect("a problem of this member")
}

/// Replaces bytes everywhere; both have the same length.
fn patched(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let places: Vec<usize> = memchr::memmem::find_iter(&bytes, from).collect();
    assert!(!places.is_empty(), "nothing to replace");
    for place in places {
        bytes.splice(place..place + to.len(), to.iter().copied());
    }
    bytes
}

/// Sets bytes at an offset in every header record that starts with the signature.
fn header(mut bytes: Vec<u8>, signature: &[u8], offset: usize, value: &[u8]) -> Vec<u8> {
    let places: Vec<usize> = memchr::memmem::find_iter(&bytes, signature).collect();
    for place in places {
        bytes.splice(place + offset..place + offset + value.len(), value.iter().copied());
    }
    bytes
}

#[test]
fn members_of_known_kinds_are_read() {
    let bytes = deflated(&[
        ("Flat%20File.conmgr", b"<c/>"),
        ("Load%C3%A9.dtsx", b"\xef\xbb\xbf<p/>"),
        ("Part.dtsxp", b"<t/>"),
        ("Project.params", b"<r/>"),
        (MANIFEST, b"<m/>"),
        ("[Content_Types].xml", b"<t/>"),
        ("nested.ispac", b"PK\x03\x04"),
        ("notes.txt", b""),
    ]);
    let loaded = read(&bytes, &Limits::default());
    assert_eq!(members(&loaded), ["Flat File.conmgr", "Loadé.dtsx", "Part.dtsxp", "Project.params", MANIFEST]);
    assert_eq!(loaded.problems, []);
    assert_eq!(loaded.sources.get(1).map(|source| (source.text.as_str(), source.kind)), Some(("<p/>", FileKind::Package)));
}

#[test]
fn what_is_no_zip_is_a_problem() {
    let whole = deflated(&[(MANIFEST, b"<m/>")]);
    let cut = whole.get(..whole.len() - 9).expect("shorter");
    for bytes in [&b"<DTS:Executable/>"[..], b"PK\x03\x04", cut] {
        let loaded = read(bytes, &Limits::default());
        assert_eq!(problem(&loaded, None).0, ProblemKind::Archive);
        assert!(loaded.sources.is_empty());
    }
}

#[test]
fn an_archive_needs_a_manifest() {
    let loaded = read(&deflated(&[("A.dtsx", b"<p/>")]), &Limits::default());
    assert!(problem(&loaded, None).1.contains("@Project.manifest"));
    assert_eq!(members(&loaded), ["A.dtsx"]);
}

#[test]
fn unsafe_names_are_reported_and_linted_under_a_label() {
    let names = ["../a.dtsx", "%2e%2e%2Fb.dtsx", "x/c.dtsx", "x\\d.dtsx", "/e.dtsx", "C:f.dtsx", "g%00.dtsx"];
    let mut content: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, &b"<p/>"[..])).collect();
    content.push((MANIFEST, b"<m/>"));
    let loaded = read(&stored(&content), &Limits::default());
    assert_eq!(members(&loaded), [".._a.dtsx", ".._b.dtsx", "x_c.dtsx", "x_d.dtsx", "_e.dtsx", "C_f.dtsx", "g_.dtsx", MANIFEST]);
    assert_eq!(loaded.problems.len(), names.len(), "{:#?}", loaded.problems);
}

#[test]
fn duplicate_names_are_reported_whatever_their_writing() {
    let content: [(&str, &[u8]); 4] = [("A b.dtsx", b"<one/>"), ("a%20B.dtsx", b"<two/>"), ("X.dtsx", b"<three/>"), (MANIFEST, b"<m/>")];
    let loaded = read(&stored(&content), &Limits::default());
    assert_eq!(members(&loaded), ["A b.dtsx", "a B (duplicate 2).dtsx", "X.dtsx", MANIFEST]);
    assert!(problem(&loaded, Some("a B (duplicate 2).dtsx")).1.contains("same name"));

    let twice = patched(stored(&[("1.dtsx", b"<one/>"), ("2.dtsx", b"<two/>"), (MANIFEST, b"<m/>")]), b"1.dtsx", b"2.dtsx");
    assert!(problem(&read(&twice, &Limits::default()), None).1.contains("same name"));
}

#[test]
fn a_bad_member_never_stops_the_others() {
    let good = stored(&[("A.dtsx", b"<bad-member/>"), ("B.dtsx", b"<good/>"), (MANIFEST, b"<m/>")]);
    let checksum = patched(good, b"<bad-member/>", b"<BAD-member/>");
    let loaded = read(&checksum, &Limits::default());
    assert_eq!(members(&loaded), ["B.dtsx", MANIFEST]);
    assert_eq!(problem(&loaded, Some("A.dtsx")), (ProblemKind::Archive, "the member cannot be unpacked: Invalid checksum"));
    let empty = read(&stored(&[("A.dtsx", b""), (MANIFEST, b"\xff")]), &Limits::default());
    assert_eq!(problem(&empty, Some("A.dtsx")).0, ProblemKind::Malformed);
    assert_eq!(problem(&empty, Some(MANIFEST)).0, ProblemKind::Malformed);
}

#[test]
fn flags_methods_and_links_that_ssis_does_not_use_are_refused() {
    let plain = || stored(&[(MANIFEST, b"<m/>")]);
    let encrypted = header(header(plain(), b"PK\x01\x02", 8, &[1, 0]), b"PK\x03\x04", 6, &[1, 0]);
    let method = header(header(plain(), b"PK\x01\x02", 10, &[12, 0]), b"PK\x03\x04", 8, &[12, 0]);
    // Made by Unix, mode `lrwxrwxrwx`.
    let link = header(header(plain(), b"PK\x01\x02", 5, &[3]), b"PK\x01\x02", 38, &[0, 0, 0xff, 0xa1]);
    for (bytes, word) in [(encrypted, "encrypted"), (method, "method"), (link, "symbolic link")] {
        let loaded = read(&bytes, &Limits::default());
        assert!(problem(&loaded, Some(MANIFEST)).1.contains(word), "{:?}", loaded.problems);
        assert!(loaded.sources.is_empty());
    }
}

#[test]
fn sizes_that_lie_are_found() {
    let content = "<a>".repeat(100);
    let honest = || deflated(&[("A.dtsx", content.as_bytes()), (MANIFEST, b"<m/>")]);
    let size = 300u32.to_le_bytes();
    for lie in [10u32, 301] {
        let loaded = read(&patched(honest(), &size, &lie.to_le_bytes()), &Limits::default());
        assert_eq!(problem(&loaded, Some("A.dtsx")).0, ProblemKind::Archive, "{lie}");
        assert!(members(&loaded).contains(&MANIFEST));
    }
}

#[test]
fn overlapping_members_are_found() {
    let bytes = stored(&[("A.dtsx", b"<one/>"), ("B.dtsx", b"<two/>"), (MANIFEST, b"<m/>")]);
    let second = memchr::memmem::find_iter(&bytes, b"PK\x01\x02").nth(1).expect("a second record");
    let mut overlapping = bytes;
    overlapping.splice(second + 42..second + 46, [0, 0, 0, 0]);
    let loaded = read(&overlapping, &Limits::default());
    assert!(problem(&loaded, None).1.contains("overlap"));
}

#[test]
fn every_limit_stops_reading() {
    let text = "x".repeat(1000);
    let bytes = deflated(&[("A.dtsx", text.as_bytes()), ("B.dtsx", text.as_bytes()), (MANIFEST, b"<m/>")]);
    let limited = |limits: Limits| read(&bytes, &limits);

    let member = limited(Limits { member_bytes: 999, ..Limits::default() });
    assert_eq!((members(&member), member.problems.len()), (vec![MANIFEST], 2));
    assert!(member.problems.iter().all(|problem| problem.kind == ProblemKind::Limit && problem.help.contains("member-size=")));

    let archive = limited(Limits { archive_bytes: 1500, ..Limits::default() });
    assert_eq!(members(&archive), ["A.dtsx", MANIFEST]);
    assert!(archive.problems.first().is_some_and(|problem| problem.help.contains("archive-size=")));

    let count = limited(Limits { members: 2, ..Limits::default() });
    assert!(count.sources.is_empty() && count.problems.first().is_some_and(|problem| problem.help.contains("members=")));
}

#[test]
fn a_decompression_bomb_is_refused() {
    let bomb = vec![b' '; usize::try_from(Limits::RATIO_FLOOR + 1).expect("small")];
    let bytes = deflated(&[("A.dtsx", &bomb), (MANIFEST, b"<m/>")]);
    let loaded = read(&bytes, &Limits { ratio: 100, ..Limits::default() });
    assert!(problem(&loaded, Some("A.dtsx")).1.contains("bomb"));
    assert_eq!(members(&loaded), [MANIFEST]);
}

#[test]
fn no_damage_makes_it_panic() {
    let bytes = deflated(&[("A.dtsx", b"<one/>"), (MANIFEST, b"<m/>")]);
    for place in 0..bytes.len() {
        for value in [0, 0x7f, 0xff] {
            let mut damaged = bytes.clone();
            damaged.splice(place..=place, [value]);
            let loaded = read(&damaged, &Limits::default());
            assert!(loaded.errors.is_empty() && loaded.sources.len() <= 2);
        }
    }
}
