//! Where files lie and where output goes: odd folders, closed pipes, interrupted runs.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::{GOOD, bad, command, folder, run};

#[test]
fn folders_may_be_deep_and_have_any_name() {
    let deep = "d/".repeat(300) + "Bad.dtsx";
    let names = [deep.as_str(), "with spaces/Bad one.dtsx", "Ünï côdé 数据/Bäd.dtsx", "-x/--help.dtsx"];
    let text = bad();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, text.as_bytes())).collect();
    let folder = folder(&files);
    let report = run(folder.path(), &["--format", "json"]).json();
    let mut found: Vec<_> = report["findings"].as_array().expect("findings").iter().filter_map(|finding| finding["file"].as_str()).collect();
    found.sort_unstable();
    let mut expected = names.to_vec();
    expected.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn a_path_may_be_longer_than_the_system_allows() {
    let folder = folder(&[]);
    let long = "x".repeat(200) + "/";
    let path = long.repeat(25) + "Bad.dtsx";
    let run = run(folder.path(), &[&path, "--format", "json"]);
    assert_eq!(run.code, 2);
    assert_eq!(run.json()["errors"][0]["file"], path);
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_are_not_followed() {
    let folder = folder(&[("a/Bad.dtsx", bad().as_bytes())]);
    std::os::unix::fs::symlink("..", folder.path().join("a/up")).expect("a link");
    std::os::unix::fs::symlink("self.dtsx", folder.path().join("a/self.dtsx")).expect("a link");
    let run = run(folder.path(), &["--format", "json"]);
    assert_eq!(run.rules(), ["server-storage-in-file"]);
    assert!(run.err.contains("the symbolic link a/self.dtsx was not followed"), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_read_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("closed/Bad.dtsx", bad().as_bytes()), ("open/Bad.dtsx", bad().as_bytes())]);
    let closed = folder.path().join("closed");
    let allow = |mode| fs::set_permissions(&closed, fs::Permissions::from_mode(mode)).expect("our folder");
    allow(0o000);
    // Root reads everything.
    let can_read = fs::read_dir(&closed).is_ok();
    let run = run(folder.path(), &["--format", "json"]);
    allow(0o700);
    if !can_read {
        assert_eq!((run.code, run.rules().len()), (2, 1));
        assert_eq!(run.json()["errors"][0]["file"], "closed");
    }
}

/// Exit code and standard error of a run whose reader, like `head -1`, is gone before everything is written.
fn run_unheard(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(command(folder, arguments).get_program());
    command.current_dir(folder).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    (output.status.code(), String::from_utf8(output.stderr).expect("UTF-8"))
}

#[test]
fn no_command_complains_of_a_closed_pipe() {
    let commands: [&[&str]; 6] = [
        &["rules"],
        &["rules", "--format", "json"],
        &["inspect"],
        &["inspect", "--format", "json"],
        &["checklist", "--format", "json"],
        &["explain", "SSIS0501"],
    ];
    let folder = folder(&[("Bad.dtsx", bad().as_bytes())]);
    for arguments in commands {
        assert_eq!(run_unheard(folder.path(), arguments), (Some(0), String::new()), "{arguments:?}");
    }
}

#[test]
fn a_closed_pipe_changes_nothing_but_the_output() {
    for (text, code) in [(bad(), 1), (GOOD.to_owned(), 0)] {
        for format in ["human", "json", "sarif"] {
            let folder = folder(&[("A.dtsx", text.as_bytes())]);
            let ended = run_unheard(folder.path(), &["--format", format, "--format", "json", "--output-file", "report.json"]);
            assert_eq!(ended, (Some(code), String::new()), "{format}");
            let report = fs::read(folder.path().join("report.json")).expect("the other report is written");
            assert!(serde_json::from_slice::<serde_json::Value>(&report).is_ok());
        }
    }
}

#[test]
fn no_progress_where_nobody_looks() {
    let folder = folder(&[("Good.dtsx", GOOD.as_bytes())]);
    assert_eq!(run(folder.path(), &[]).err, "");
}
