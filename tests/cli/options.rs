//! Exit codes, and what each option does.

use std::fs;
use std::path::Path;

use crate::support::{GOOD, Run, advised, bad, command, demo, finish, folder, run};

/// A folder with an error and an info.
fn mixed() -> tempfile::TempDir {
    folder(&[("Bad.dtsx", bad().as_bytes()), ("Advised.dtsx", advised().as_bytes())])
}

fn code(folder: &Path, arguments: &[&str]) -> i32 {
    run(folder, arguments).code
}

#[test]
fn exit_codes() {
    let (mixed, clean, info) = (mixed(), folder(&[("Good.dtsx", GOOD.as_bytes())]), folder(&[("Advised.dtsx", advised().as_bytes())]));
    assert_eq!(code(clean.path(), &[]), 0);
    assert_eq!(code(mixed.path(), &[]), 1);
    assert_eq!(code(mixed.path(), &["--exit-zero"]), 0);
    assert_eq!(code(info.path(), &[]), 0, "an info does not fail");
    assert_eq!(code(info.path(), &["--fail-on", "info"]), 1);
    assert_eq!(code(mixed.path(), &["--no-such-option"]), 2);
    assert_eq!(code(mixed.path(), &["--select", "no-such-rule"]), 2);
    assert_eq!(code(mixed.path(), &["--help"]), 0);
    assert_eq!(code(mixed.path(), &["--version"]), 0);
}

fn json(folder: &Path, arguments: &[&str]) -> Run {
    run(folder, &[arguments, &["--format", "json"]].concat())
}

#[test]
fn rules_are_selected_by_name_id_prefix_category_and_set() {
    let mixed = mixed();
    let both = ["user-key-level", "server-storage-in-file"];
    assert_eq!(json(mixed.path(), &[]).rules(), both);
    for word in ["server-storage-in-file", "SSIS0104", "ssis0104"] {
        assert_eq!(json(mixed.path(), &["--select", word]).rules(), both[1..], "{word}");
        assert_eq!(json(mixed.path(), &["--ignore", word]).rules(), both[..1], "{word}");
    }
    for word in ["protection", "SSIS01", "default"] {
        assert_eq!(json(mixed.path(), &["--select", word]).rules(), both, "{word}");
    }
    let all = json(mixed.path(), &["--select", "all"]).rules();
    assert!(both.iter().all(|rule| all.iter().any(|found| found == rule)), "{all:?}");
    assert_eq!(json(mixed.path(), &["--select", "path,SSIS0106"]).rules(), both[..1]);
    assert_eq!(json(mixed.path(), &["--select", "all", "--ignore", "all"]).rules().len(), 0);
}

#[test]
fn a_misspelt_rule_is_guessed() {
    let run = run(mixed().path(), &["--select", "server-storage-in-files"]);
    assert!(run.err.contains("did you mean `server-storage-in-file`?"), "{}", run.err);
}

#[test]
fn pedantic_rules_are_off_unless_selected() {
    let rule = "retain-same-connection-off".to_owned();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/rules/retain-same-connection-off");
    let with = |arguments: &[&str]| json(&fixture, &[&["fires-2022.dtsx"], arguments].concat()).rules().contains(&rule);
    assert!(!with(&[]) && with(&["--select", "pedantic"]) && with(&["--select", "all"]) && with(&["--select", "SSIS0204"]));
}

#[test]
fn targets_decide_the_severity() {
    let severity = |target: &str| {
        let report = json(demo(), &["Staging Area.conmgr", "--select", "loopback-server", "--target", target]).json();
        report["findings"][0]["severity"].as_str().map(str::to_owned)
    };
    assert_eq!(severity("agent").as_deref(), Some("info"));
    assert_eq!(severity("agent,ssisdb").as_deref(), Some("warning"));
    assert_eq!(severity("azure-ssis").as_deref(), Some("error"));
    assert_eq!(severity("sql2022"), None);
}

#[test]
fn lesser_findings_are_left_out() {
    let mixed = mixed();
    assert_eq!(json(mixed.path(), &["--min-severity", "error"]).rules(), ["server-storage-in-file"]);
    assert_eq!(code(mixed.path(), &["--min-severity", "error", "--select", "user-key-level", "--fail-on", "info"]), 0);
}

#[test]
fn the_report_goes_to_a_file() {
    let mixed = mixed();
    let to_file = run(mixed.path(), &["--format", "json", "--output-file", "report.json"]);
    assert_eq!((to_file.code, to_file.out.as_str()), (1, ""));
    let written = fs::read_to_string(mixed.path().join("report.json")).expect("the report");
    assert_eq!(written, json(mixed.path(), &[]).out);
    assert_eq!(code(mixed.path(), &["--output-file", "no/such/folder/report.json"]), 2);
}

fn piped(folder: &Path, arguments: &[&str], text: &str) -> Run {
    let mut command = command(folder, arguments);
    command.write_stdin(text);
    finish(command)
}

#[test]
fn standard_input_stands_for_a_file() {
    let empty = folder(&[]);
    let nameless = piped(empty.path(), &["-", "--format", "json"], &bad());
    assert_eq!((nameless.code, nameless.json()["findings"][0]["file"].as_str()), (1, Some("-")));
    let named = piped(empty.path(), &["-", "--stdin-filename", "etl/Load.dtsx", "--format", "json"], &bad());
    assert_eq!(named.json()["findings"][0]["file"], "etl/Load.dtsx");
    assert_eq!(piped(empty.path(), &["-", "Other.dtsx"], &bad()).code, 2);
}

#[test]
fn standard_input_has_the_context_of_the_file_it_stands_for() {
    let name = "NightlyLoad.dtsx";
    let text = fs::read_to_string(demo().join(name)).expect("the package");
    let through_pipe = piped(demo(), &["-", "--stdin-filename", name, "--format", "json"], &text);
    assert_eq!(through_pipe.out, json(demo(), &[name]).out);
}

#[test]
fn quiet_runs_have_no_notes() {
    let empty = folder(&[("notes.txt", b"no package")]);
    assert!(run(empty.path(), &[]).err.contains("no SSIS files"));
    let quiet = run(empty.path(), &["-q"]);
    assert_eq!((quiet.out.as_str(), quiet.err.as_str()), ("", ""));
}
