//! Files that are not what they seem: each gives what the user needs to know, and the others are linted all the same.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::{GOOD, Run, bad, folder, run};

/// Of a project with one package.
pub(crate) const MANIFEST: &str = r#"<SSIS:Project SSIS:ProtectionLevel="DontSaveSensitive" xmlns:SSIS="www.microsoft.com/SqlServer/SSIS"><SSIS:Packages><SSIS:Package SSIS:Name="Load.dtsx" SSIS:EntryPoint="1" /></SSIS:Packages></SSIS:Project>"#;

/// An archive of stored members.
pub(crate) fn archive(members: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in members {
        writer.start_file(*name, options).expect("a member");
        writer.write_all(text.as_bytes()).expect("its text");
    }
    writer.finish().expect("an archive").into_inner()
}

fn replace(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let places: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(from.as_bytes())).collect();
    assert!(!places.is_empty() && from.len() == to.len());
    places.into_iter().for_each(|at| bytes[at..at + to.len()].copy_from_slice(to.as_bytes()));
    bytes
}

/// Lints the file beside a package with one finding, which must be there in any case.
fn beside_another(name: &str, content: &[u8]) -> Run {
    let folder = folder(&[(name, content), ("other/Bad.dtsx", bad().as_bytes())]);
    let run = run(folder.path(), &[name, "other/Bad.dtsx", "--format", "json"]);
    assert!(run.rules().contains(&"server-storage-in-file".to_owned()), "{name}: the other file was not linted: {}", run.out);
    run
}

/// The one finding on the file itself: its rule, member and message.
fn finding(name: &str, content: &[u8]) -> (String, Option<String>, String) {
    let run = beside_another(name, content);
    assert_eq!(run.code, 1, "{name}: a finding, so the run itself went well: {}", run.err);
    let report = run.json();
    let own: Vec<_> = report["findings"].as_array().expect("findings").iter().filter(|finding| finding["file"] == name).collect();
    assert_eq!(own.len(), 1, "{name}: {}", run.out);
    let text = |key: &str| own[0][key].as_str().map(str::to_owned);
    (text("rule").expect("a rule"), text("member"), text("message").expect("a message"))
}

#[test]
fn a_path_that_does_not_exist_is_an_error_of_the_run() {
    let folder = folder(&[("Bad.dtsx", bad().as_bytes())]);
    let run = run(folder.path(), &["Missing.dtsx", "Bad.dtsx", "--format", "json", "--exit-zero"]);
    assert_eq!(run.code, 2, "--exit-zero does not cover it");
    assert_eq!(run.rules(), ["server-storage-in-file"]);
    assert_eq!(run.json()["errors"][0]["file"], "Missing.dtsx");
    assert_eq!(run.json()["errors"][0]["message"], "does not exist");
}

#[test]
fn documents_that_are_not_xml() {
    let cases: [(&str, &[u8], &str); 5] = [
        ("Empty.dtsx", b"", "empty"),
        ("Text.dtsx", b"just text", ""),
        ("Cut.dtsx", b"<?xml version=\"1.0\"?><DTS:Executable xmlns:DTS=\"www.microsoft.com/SqlServer/Dts\">", ""),
        ("Latin.dtsx", b"<?xml version=\"1.0\" encoding=\"utf-8\"?><a>\xe9\xff</a>", "UTF-8"),
        ("Wide.dtsx", b"\xff\xfe<\x00\x00\xd8", "UTF-16"),
    ];
    for (name, content, word) in cases {
        let (rule, member, message) = finding(name, content);
        assert_eq!((rule.as_str(), member), ("malformed-xml", None), "{name}");
        assert!(message.contains(word), "{name}: {message}");
    }
}

#[test]
fn xml_that_is_not_of_ssis_and_files_of_other_kinds() {
    for (name, content) in [("Page.dtsx", "<html><body/></html>"), ("Notes.txt", "hello")] {
        assert_eq!(finding(name, content.as_bytes()).0, "unsupported-file", "{name}");
    }
}

#[test]
fn a_file_of_another_name_is_read_for_what_it_holds() {
    let folder = folder(&[("Bad.bak", bad().as_bytes())]);
    assert_eq!(run(folder.path(), &["Bad.bak", "--format", "json"]).rules(), ["server-storage-in-file"]);
}

#[test]
fn a_folder_may_be_called_like_a_package() {
    let folder = folder(&[("Odd.dtsx/Bad.dtsx", bad().as_bytes())]);
    let run = run(folder.path(), &["Odd.dtsx", "--format", "json"]);
    assert_eq!(run.rules(), ["server-storage-in-file"]);
    assert_eq!(run.json()["findings"][0]["file"], "Odd.dtsx/Bad.dtsx");
}

#[test]
fn archives_that_cannot_be_trusted() {
    let whole = archive(&[("@Project.manifest", MANIFEST), ("Load.dtsx", GOOD)]);
    let twice = replace(&archive(&[("@Project.manifest", MANIFEST), ("Load.dtsx", GOOD), ("Lead.dtsx", GOOD)]), "Lead.dtsx", "Load.dtsx");
    let cases: [(&str, Vec<u8>, Option<&str>, &str); 5] = [
        ("Text.ispac", b"just text".to_vec(), None, "archive"),
        ("Cut.ispac", whole[..whole.len() / 2].to_vec(), None, "archive"),
        ("NoManifest.ispac", archive(&[("Load.dtsx", GOOD)]), None, "@Project.manifest"),
        ("Twice.ispac", twice, None, "the same name"),
        ("Crc.ispac", replace(&whole, "ObjectName=\"Good\"", "ObjectName=\"Evil\""), Some("Load.dtsx"), "cannot be unpacked"),
    ];
    for (name, content, member, word) in cases {
        let (rule, found_in, message) = finding(name, &content);
        assert_eq!((rule.as_str(), found_in.as_deref()), ("damaged-archive", member), "{name}");
        assert!(message.contains(word), "{name}: {message}");
    }
    let folder = folder(&[("Whole.ispac", &whole)]);
    assert_eq!(run(folder.path(), &["Whole.ispac"]).code, 0);
}

#[test]
fn what_exceeds_a_limit_is_said_and_not_read() {
    let folder = folder(&[("Bad.dtsx", bad().as_bytes())]);
    assert_eq!(run(folder.path(), &["Bad.dtsx", "--format", "json", "--limit", "file-size=100"]).rules(), ["limit-exceeded"]);
    assert_eq!(run(folder.path(), &["Bad.dtsx", "--limit", "file-size=x"]).code, 2);
    assert_eq!(run(folder.path(), &["Bad.dtsx", "--limit", "width=1"]).code, 2);
}
