//! A baseline through the life of a project: saves in the designer, moves, builds, faults that come and go.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};
use serde_json::Value;
use tempfile::TempDir;

/// A copy of the demo project in `demo`, and `known.json`, which holds its findings.
struct Place(TempDir);

/// What a run gave.
struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Place {
    fn new() -> Self {
        let place = Self(TempDir::new().expect("a folder"));
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/demo"), &place.path("demo"));
        let written = place.run(&["baseline", "write", "known.json", "demo"]);
        assert_eq!((written.code, written.out.as_str()), (0, ""), "{}", written.err);
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect(name)
    }

    fn edit(&self, name: &str, edit: impl FnOnce(String) -> String) {
        let before = self.read(name);
        let after = edit(before.clone());
        assert_ne!(before, after, "nothing to edit in {name}");
        fs::write(self.path(name), after).expect(name);
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let mut command = Command::cargo_bin("ssislint").expect("the program");
        let output = command.env_remove("SSISLINT_PASSWORD").current_dir(self.0.path()).args(arguments).output().expect("it runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Run { code: output.status.code().expect("a code"), out: text(output.stdout), err: text(output.stderr) }
    }

    /// A run with the baseline: exit code, rules of the findings, number of known ones, standard error.
    fn lint(&self, path: &str) -> (i32, Vec<String>, u64, String) {
        let run = self.run(&["--baseline", "known.json", "--format", "json", path]);
        let report: Value = serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}", run.err));
        let findings = report["findings"].as_array().expect("findings");
        let rules = findings.iter().map(|finding| finding["rule"].as_str().expect("a name").to_owned()).collect();
        (run.code, rules, report["summary"]["baselined"].as_u64().expect("a number"), run.err)
    }

    /// Number of findings of the demo project.
    fn known(&self) -> u64 {
        entries(&self.read("known.json")).iter().map(|entry| entry["count"].as_u64().expect("a number")).sum()
    }

    fn assert_all_known(&self, path: &str) {
        assert_eq!(self.lint(path), (0, vec![], self.known(), String::new()));
    }
}

fn entries(baseline: &str) -> Vec<Value> {
    let baseline: Value = serde_json::from_str(baseline).expect("JSON");
    baseline["entries"].as_array().expect("entries").clone()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() { copy(&entry.path(), &target) } else { fs::copy(entry.path(), target).map(|_| ()).expect("a copy") }
    }
}

/// Saves XML as another designer might: attributes in reverse order, other indentation, nothing else changed.
fn resave(xml: &str) -> String {
    let mut reader = Reader::from_str(xml);
    let events: Vec<_> = std::iter::from_fn(|| Some(reader.read_event().expect("well-formed XML")).filter(|event| *event != Event::Eof)).collect();
    let mut writer = Writer::new_with_indent(Vec::new(), b'\t', 1);
    for (index, event) in events.iter().enumerate() {
        let event = match event {
            Event::Text(_) if is_indentation(&events, index) => continue,
            Event::Start(start) => Event::Start(reversed(start)),
            Event::Empty(start) => Event::Empty(reversed(start)),
            other => other.borrow(),
        };
        writer.write_event(event).expect("memory");
    }
    String::from_utf8(writer.into_inner()).expect("UTF-8")
}

/// Whether a text is white space between two tags, and not all that an element holds.
fn is_indentation(events: &[Event<'_>], index: usize) -> bool {
    let before = index.checked_sub(1).and_then(|before| events.get(before));
    let after = events.get(index + 1);
    let value = matches!((before, after), (Some(Event::Start(_)), Some(Event::End(_))) | (Some(Event::GeneralRef(_)), _) | (_, Some(Event::GeneralRef(_))));
    !value && events[index].trim_ascii().is_empty()
}

fn reversed(start: &BytesStart<'_>) -> BytesStart<'static> {
    let mut attributes: Vec<_> = start.attributes().map(|attribute| attribute.expect("an attribute")).collect();
    attributes.reverse();
    let name = start.name();
    let name: &str = name.as_ref();
    let mut tag = BytesStart::new(name.to_owned());
    attributes.into_iter().for_each(|attribute| tag.push_attribute(attribute));
    tag
}

#[test]
fn what_is_known_is_counted_and_does_not_fail() {
    let place = Place::new();
    assert!(place.known() > 10);
    assert_eq!(place.run(&["demo"]).code, 1);
    place.assert_all_known("demo");
    let human = place.run(&["--baseline", "known.json", "demo"]);
    assert!(human.out.contains(&format!("{} in the baseline", place.known())), "{}", human.out);
}

#[test]
fn the_file_is_sorted_stable_and_has_a_line_per_entry() {
    let place = Place::new();
    let text = place.read("known.json");
    let entries = entries(&text);
    assert_eq!(text.lines().count(), entries.len() + 2);
    let keys: Vec<_> = entries.iter().map(|entry| ["file", "object", "rule", "fingerprint"].map(|key| entry[key].to_string())).collect();
    assert!(keys.is_sorted(), "{keys:#?}");
    place.run(&["baseline", "write", "again.json", "demo/legacy", "demo"]);
    assert_eq!(place.read("again.json"), text);
}

#[test]
fn it_holds_when_lines_move() {
    let place = Place::new();
    place.edit("demo/NightlyLoad.dtsx", |text| text.replace("<DTS:ConnectionManagers>", "\n\n<!-- moved -->\n\n<DTS:ConnectionManagers>"));
    place.assert_all_known("demo");
}

#[test]
fn it_holds_after_a_save_in_the_designer() {
    let place = Place::new();
    for name in ["NightlyLoad.dtsx", "SendReport.dtsx", "Warehouse.conmgr", "Staging Area.conmgr", "legacy/LegacyImport.dtsx"] {
        place.edit(&format!("demo/{name}"), |text| resave(&text));
    }
    let saved = place.read("demo/NightlyLoad.dtsx");
    assert!(saved.contains("\n\t\t<DTS:ConnectionManager ") && saved.find("DTS:ObjectName=\"NightlyLoad\"") < saved.find("DTS:refId=\"Package\""));
    place.assert_all_known("demo");
}

#[test]
fn it_holds_in_another_folder() {
    let place = Place::new();
    fs::create_dir(place.path("etl")).expect("a folder");
    fs::rename(place.path("demo"), place.path("etl/nightly")).expect("a move");
    place.assert_all_known("etl");
}

#[test]
fn it_holds_for_the_archive_built_from_the_sources() {
    let place = Place::new();
    let all = entries(&place.read("known.json"));
    let inside = all.iter().filter(|entry| entry["file"] != "LegacyImport.dtsx").count();
    assert!(inside > 0 && inside < all.len());
    // Nothing is said of the package that is not in the archive.
    assert_eq!(place.lint("demo/bin/Development/Demo.ispac"), (0, vec![], inside as u64, String::new()));
}

#[test]
fn a_new_fault_is_reported_alone() {
    let place = Place::new();
    add_fault(&place);
    let (code, rules, known, _) = place.lint("demo");
    assert_eq!((code, rules, known), (1, vec!["absolute-local-path".to_owned()], place.known()));
}

#[test]
fn one_more_of_the_same_is_new() {
    let place = Place::new();
    fs::create_dir(place.path("demo/copy")).expect("a folder");
    fs::copy(place.path("demo/legacy/LegacyImport.dtsx"), place.path("demo/copy/LegacyImport.dtsx")).expect("a copy");
    let of_package = entries(&place.read("known.json")).iter().filter(|entry| entry["file"] == "LegacyImport.dtsx").count();
    let (code, rules, known, _) = place.lint("demo");
    assert_eq!((code, rules.len(), known), (1, of_package, place.known()));
    // Written again, each entry of the package counts two.
    place.run(&["baseline", "write", "known.json", "demo"]);
    assert!(entries(&place.read("known.json")).iter().all(|entry| (entry["count"] == 2) == (entry["file"] == "LegacyImport.dtsx")));
    place.assert_all_known("demo");
}

/// Adds an `absolute-local-path`.
fn add_fault(place: &Place) {
    place.edit("demo/legacy/LegacyImport.dtsx", |text| text.replacen("Data Source=PriceList.mdb", "Data Source=D:\\Prices\\PriceList.mdb", 1));
}

/// Repairs the only `loopback-server`.
fn repair(place: &Place) {
    place.edit("demo/Staging Area.conmgr", |text| text.replace("localhost", "sql01.corp.contoso.com"));
}

#[test]
fn what_is_gone_is_said_and_shown() {
    let place = Place::new();
    repair(&place);
    let (code, rules, known, err) = place.lint("demo");
    assert_eq!((code, rules, known), (0, vec![], place.known() - 1));
    assert_eq!(err, "ssislint: 1 finding of the baseline not found any more; `ssislint baseline prune known.json` removes what is gone\n");
    // Runs that could not have found it say nothing.
    assert_eq!(place.lint("demo/SendReport.dtsx").3, "");
    for option in [["--min-severity", "error"], ["--select", "excel"]] {
        assert_eq!(place.run(&[&option[..], &["--baseline", "known.json", "demo"]].concat()).err, "", "{option:?}");
    }
    assert_eq!(place.run(&["--quiet", "--baseline", "known.json", "demo"]).err, "");

    let shown = place.run(&["baseline", "show", "known.json", "demo"]);
    assert_eq!((shown.code, shown.out.lines().count()), (0, 1));
    let entry: Value = serde_json::from_str(&shown.out).expect("JSON");
    assert_eq!((&entry["rule"], &entry["file"]), (&"loopback-server".into(), &"Staging Area.conmgr".into()));
    let all = place.run(&["baseline", "show", "known.json"]);
    assert_eq!(all.out.lines().count(), entries(&place.read("known.json")).len());
}

#[test]
fn prune_removes_what_is_gone_and_never_adds() {
    let place = Place::new();
    let before = entries(&place.read("known.json"));
    repair(&place);
    add_fault(&place);
    let pruned = place.run(&["baseline", "prune", "known.json", "demo"]);
    assert_eq!((pruned.code, pruned.err.as_str()), (0, "ssislint: known.json: 1 finding removed\n"));
    let expected: Vec<_> = before.into_iter().filter(|entry| entry["rule"] != "loopback-server").collect();
    assert_eq!(entries(&place.read("known.json")), expected);
    assert_eq!(place.lint("demo").1, ["absolute-local-path"]);
}

#[test]
fn prune_leaves_rules_that_did_not_run_and_files_it_could_not_read() {
    let place = Place::new();
    let before = place.read("known.json");
    repair(&place);
    assert_eq!(place.run(&["baseline", "prune", "known.json", "demo", "--ignore", "loopback-server"]).code, 0);
    assert_eq!(place.read("known.json"), before);
    let missing = place.run(&["baseline", "prune", "known.json", "demo", "nowhere"]);
    assert_eq!(missing.code, 2);
    assert!(missing.err.contains("`known.json` was left as it is"), "{}", missing.err);
    assert_eq!(place.read("known.json"), before);
}

#[test]
fn write_takes_the_selected_rules() {
    let place = Place::new();
    place.run(&["baseline", "write", "known.json", "demo", "--select", "loopback-server,excel-parallel"]);
    assert_eq!(place.known(), 2);
    place.run(&["baseline", "write", "known.json", "demo", "--ignore", "loopback-server"]);
    let (code, rules, ..) = place.lint("demo");
    assert_eq!((code, rules), (1, vec!["loopback-server".to_owned()]));
}

#[test]
fn a_missing_or_broken_baseline_ends_the_run() {
    let place = Place::new();
    fs::write(place.path("broken.json"), "{\"version\":1,\n\"entries\":[").expect("a file");
    fs::write(place.path("newer.json"), "{\"version\":9}").expect("a file");
    for (name, message) in [
        ("missing.json", "missing.json: cannot read the baseline: "),
        ("broken.json", "broken.json: this is no baseline, or a damaged one: EOF while parsing a list at line 2"),
        ("newer.json", "newer.json: the baseline has version 9, and only version 1 can be read"),
    ] {
        for arguments in [vec!["--baseline", name, "demo"], vec!["baseline", "prune", name, "demo"], vec!["baseline", "show", name]] {
            let run = place.run(&arguments);
            assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}");
            assert!(run.err.starts_with(&format!("ssislint: {message}")), "{}", run.err);
        }
    }
}
