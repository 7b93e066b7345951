//! Files made to do harm: each gives a finding that says what is wrong with it, soon, and never takes the run along. `docs/limits.md` lists them.

use std::fs::File;
use std::io::{Cursor, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::inputs::{MANIFEST, archive};
use crate::support::{GOOD, Run, folder, run};

/// Generous: a debug build on a busy machine. What hangs takes longer.
const SOON: Duration = Duration::from_secs(60);
const PROJECT: (&str, &str) = ("@Project.manifest", MANIFEST);

/// Lints one file with these arguments, which must not take long.
fn lint(folder: &Path, arguments: &[&str]) -> Run {
    let start = Instant::now();
    let run = run(folder, &[&["--format", "json"], arguments].concat());
    assert!(start.elapsed() < SOON, "{arguments:?} took {:?}", start.elapsed());
    run
}

/// Whether a run ended with 1 and has a finding of this rule, on this member, whose message and help hold these words.
#[track_caller]
fn assert_says(run: &Run, rule: &str, member: Option<&str>, message: &str, help: &str) {
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    let report = run.json();
    let findings = report["findings"].as_array().expect("findings");
    let holds = |value: &serde_json::Value, words: &str| value.as_str().is_some_and(|text| text.contains(words));
    let said = findings
        .iter()
        .any(|finding| finding["rule"] == rule && finding["member"].as_str() == member && holds(&finding["message"], message) && holds(&finding["help"], help));
    assert!(said, "no {rule} with `{message}` and `{help}`: {}", run.out.get(..2000).unwrap_or(&run.out));
}

fn assert_file_says(name: &str, content: &[u8], rule: &str, message: &str, help: &str) {
    let folder = folder(&[(name, content)]);
    assert_says(&lint(folder.path(), &[name]), rule, None, message, help);
}

/// A package with something inside its start tag, and something inside the element.
fn package(attributes: &str, content: &str) -> String {
    let (start, end) = GOOD.split_once("</DTS:Executable>").expect("an end tag");
    start.replace(" DTS:ObjectName=", &format!(" {attributes} DTS:ObjectName=")) + content + "</DTS:Executable>" + end
}

fn deflated(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in members {
        writer.start_file(*name, options).expect("a member");
        writer.write_all(content).expect("its text");
    }
    writer.finish().expect("an archive").into_inner()
}

/// Sets bytes at an offset in every record of the archive's index.
fn in_index(mut bytes: Vec<u8>, offset: usize, value: &[u8]) -> Vec<u8> {
    let places: Vec<usize> = bytes.windows(4).enumerate().filter(|(_, four)| *four == b"PK\x01\x02").map(|(place, _)| place + offset).collect();
    places.into_iter().for_each(|place| bytes[place..place + value.len()].copy_from_slice(value));
    bytes
}

#[test]
fn entities_and_document_types() {
    let laughs = r#"<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><l>&b;</l>"#;
    assert_file_says("Laughs.dtsx", laughs.as_bytes(), "malformed-xml", "<!DOCTYPE", "remove it");
    let external = r#"<!DOCTYPE l SYSTEM "file:///etc/passwd"><l/>"#;
    assert_file_says("External.dtsx", external.as_bytes(), "malformed-xml", "<!DOCTYPE", "remove it");
    assert_file_says("Entity.dtsx", package("", "&ha;").as_bytes(), "malformed-xml", "an entity that XML does not know", "");
}

#[test]
fn a_million_elements_inside_each_other() {
    let deep = package("", &("<a>".repeat(1_000_000) + &"</a>".repeat(1_000_000)));
    assert_file_says("Deep.dtsx", deep.as_bytes(), "limit-exceeded", "deeper than the limit of 512", "--limit depth=");
}

#[test]
fn a_depth_that_was_allowed_is_read() {
    let deep = package("", &("<a>".repeat(2_000) + &"</a>".repeat(2_000)));
    let folder = folder(&[("Deep.dtsx", deep.as_bytes())]);
    assert_eq!(lint(folder.path(), &["Deep.dtsx", "--limit", "depth=2100"]).code, 0);
}

#[test]
fn a_path_longer_than_any_designer_makes() {
    let inside = |name: &str, inside: &str| {
        format!("<DTS:Executables><DTS:Executable DTS:ExecutableType='STOCK:SEQUENCE' DTS:ObjectName='{name}'>{inside}</DTS:Executable></DTS:Executables>")
    };
    let variable = |length: usize| format!("<DTS:Variables><DTS:Variable DTS:Namespace='User' DTS:ObjectName='{}'/></DTS:Variables>", "V".repeat(length));
    let (name, says) = ("N".repeat(300), "longer than the limit of 1024 bytes");
    let containers = (0..4).fold(String::new(), |content, _| inside(&name, &content));
    assert_file_says("Containers.dtsx", package("", &containers).as_bytes(), "limit-exceeded", says, "no option");
    assert_file_says("Variable.dtsx", package("", &inside(&name, &variable(700))).as_bytes(), "limit-exceeded", says, "no option");
    let folder = folder(&[("Long.dtsx", package("", &inside(&name, &inside(&name, &variable(300)))).as_bytes())]);
    assert_eq!(lint(folder.path(), &["Long.dtsx"]).rules(), [""; 0]);
}

#[test]
fn a_million_attributes() {
    let attributes: String = (0..1_000_000).map(|number| format!("a{number}='' ")).collect();
    assert_file_says("Wide.dtsx", package(&attributes, "").as_bytes(), "limit-exceeded", "more attributes than the limit of 4096", "--limit attributes=");
}

#[test]
fn more_namespaces_than_numbers() {
    let declarations: String = (0..70_000).map(|number| format!("<a xmlns='u{number}'/>")).collect();
    assert_file_says("Spaces.dtsx", package("", &declarations).as_bytes(), "limit-exceeded", "more namespaces than the limit of 65535", "no option");
}

#[test]
fn elements_are_counted_over_the_project() {
    let wide = package("", &"<a/>".repeat(600));
    let folder = folder(&[("A.dtsx", wide.as_bytes()), ("B.dtsx", wide.as_bytes()), ("Other/C.dtsx", wide.as_bytes())]);
    let refused = lint(folder.path(), &["--limit", "elements=1000"]);
    assert_says(&refused, "limit-exceeded", None, "with this file the project has more elements than the limit of 1000", "--limit elements=");
    assert_eq!(refused.rules(), ["limit-exceeded"]);
    assert_eq!(refused.json()["findings"][0]["file"], "B.dtsx");
    assert_eq!(lint(folder.path(), &["--limit", "elements=2000"]).code, 0);
}

#[test]
fn one_huge_attribute_is_read() {
    let folder = folder(&[("Long.dtsx", package(&format!("DTS:Description='{}'", "x".repeat(20 << 20)), "").as_bytes())]);
    assert_eq!(lint(folder.path(), &["Long.dtsx"]).code, 0);
}

#[test]
fn a_gigabyte_is_not_read() {
    let folder = folder(&[]);
    for name in ["Huge.dtsx", "Huge.ispac", "Huge.conmgr"] {
        File::create(folder.path().join(name)).and_then(|file| file.set_len(1 << 30)).expect("a sparse file");
        assert_says(&lint(folder.path(), &[name]), "limit-exceeded", None, "larger than 268435456 bytes", "--limit file-size=");
    }
}

#[test]
fn findings_on_one_line_cost_no_more_than_on_many() {
    let time = |end: &str| {
        let folder = folder(&[("A.dtsx", package("", &format!("<DTS:PrecedenceConstraint/>{end}").repeat(20_000)).as_bytes())]);
        let start = Instant::now();
        assert_eq!(lint(folder.path(), &["A.dtsx", "--select", "precedence-cycle"]).rules().len(), 20_000);
        start.elapsed()
    };
    let (many, one) = (time("\n"), time(""));
    assert!(one < many * 5, "one line: {one:?}, many lines: {many:?}");
}

#[test]
fn bombs() {
    let says = |size: usize, limit: &str, message: &str| {
        let members = [("@Project.manifest", MANIFEST.as_bytes()), ("Load.dtsx", &vec![b' '; size])];
        let folder = folder(&[("Bomb.ispac", &deflated(&members))]);
        let (name, _) = limit.split_once('=').expect("a value");
        assert_says(&lint(folder.path(), &["Bomb.ispac", "--limit", limit]), "limit-exceeded", Some("Load.dtsx"), message, &format!("--limit {name}="));
    };
    says(9 << 20, "ratio=500", "more than 500 times its size, as a decompression bomb does");
    says(2 << 20, "member-size=1000000", "the member unpacks to more than 1000000 bytes");
    says(2 << 20, "archive-size=1000000", "the members unpack to more than 1000000 bytes together");
}

#[test]
fn a_zip_in_a_zip_is_not_opened() {
    let inner = deflated(&[("Inner.dtsx", &vec![b' '; 1 << 20])]);
    let folder = folder(&[("Nested.ispac", &deflated(&[("@Project.manifest", MANIFEST.as_bytes()), ("Load.dtsx", &inner), ("Inner.ispac", &inner)]))]);
    let run = lint(folder.path(), &["Nested.ispac"]);
    assert_says(&run, "malformed-xml", Some("Load.dtsx"), "the file is not text", "");
    assert!(!run.out.contains("Inner.dtsx"));
}

#[test]
fn too_many_members() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..65_535 {
        writer.start_file(format!("P{number}.dtsx"), SimpleFileOptions::default().compression_method(CompressionMethod::Stored)).expect("a member");
    }
    let bytes = writer.finish().expect("an archive").into_inner();
    assert_file_says("Many.ispac", &bytes, "limit-exceeded", "more than 10000 members", "--limit members=");
}

#[test]
fn names_that_lead_elsewhere() {
    let names = [
        ("../a.dtsx", ".._a.dtsx", "with `..`"),
        ("x\\b.dtsx", "x_b.dtsx", "holds a folder"),
        ("/c.dtsx", "_c.dtsx", "absolute path"),
        ("C:d.dtsx", "C_d.dtsx", "drive letter"),
        ("e%00.dtsx", "e_.dtsx", "control character"),
        ("load.DTSX", "load (duplicate 2).DTSX", "the same name"),
    ];
    let members: Vec<(&str, &str)> = [PROJECT, ("Load.dtsx", GOOD)].into_iter().chain(names.iter().map(|(name, _, _)| (*name, GOOD))).collect();
    let folder = folder(&[("Names.ispac", &archive(&members))]);
    let run = lint(folder.path(), &["Names.ispac"]);
    for (_, label, message) in names {
        assert_says(&run, "damaged-archive", Some(label), message, "Build the project again");
    }
    let beside: Vec<_> = std::fs::read_dir(folder.path()).expect("the folder").collect();
    assert_eq!(beside.len(), 1, "nothing is written to disk");
}

#[test]
fn members_that_are_not_what_the_index_says() {
    let members = [PROJECT, ("Load.dtsx", GOOD), ("More.dtsx", GOOD)];
    let whole = archive(&members);
    let link = in_index(in_index(whole.clone(), 5, &[3]), 38, &[0, 0, 0xff, 0xa1]);
    let cases = [
        ("Link.ispac", link, Some("Load.dtsx"), "a symbolic link"),
        ("Locked.ispac", in_index(whole.clone(), 8, &[1, 0]), Some("Load.dtsx"), "encrypted by the zip format"),
        ("Method.ispac", in_index(whole.clone(), 10, &[12, 0]), Some("Load.dtsx"), "a method that SSIS does not use"),
        ("Overlap.ispac", in_index(whole.clone(), 42, &[0, 0, 0, 0]), None, "members of the archive overlap"),
        ("Lie.ispac", in_index(whole, 24, &[9, 0, 0, 0]), Some("Load.dtsx"), ""),
    ];
    for (name, content, member, message) in cases {
        let folder = folder(&[(name, &content)]);
        assert_says(&lint(folder.path(), &[name]), "damaged-archive", member, message, "Build the project again");
    }
}

#[test]
fn what_is_not_read_is_said_whatever_is_selected() {
    let folder = folder(&[("Empty.dtsx", b"")]);
    assert_eq!(lint(folder.path(), &["--select", "excel"]).rules(), ["malformed-xml"]);
    assert_eq!(lint(folder.path(), &["--select", "excel", "--ignore", "malformed-xml"]).code, 0);
}
