//! Configurations through the program: which one holds for which project, what it decides, and what is wrong with it.

mod program;

use std::path::Path;

use assert_cmd::Command;
use program::{Run, run};
use serde_json::Value;

/// A repository with these files; a name that ends in `.dtsx` is a package with a `loopback-server` warning and a path on a drive.
fn repository(files: &[(&str, &str)]) -> tempfile::TempDir {
    let files: Vec<_> = files.iter().map(|(name, text)| (*name, if name.ends_with(".dtsx") { PACKAGE } else { *text })).collect();
    program::repository(&files)
}

const PACKAGE: &str = r#"<DTS:Executable xmlns:DTS="www.microsoft.com/SqlServer/Dts" xmlns:SQLTask="www.microsoft.com/sqlserver/dts/tasks/sqltask" DTS:refId="Package"
 DTS:CreationName="Microsoft.Package" DTS:ExecutableType="Microsoft.Package" DTS:ObjectName="Load" DTS:ProtectionLevel="0">
<DTS:Property DTS:Name="PackageFormatVersion">8</DTS:Property>
<DTS:ConnectionManagers><DTS:ConnectionManager DTS:refId="Package.ConnectionManagers[Stage]" DTS:CreationName="OLEDB"
 DTS:DTSID="{11111111-2222-4333-8444-555555555555}" DTS:ObjectName="Stage"><DTS:ObjectData><DTS:ConnectionManager
 DTS:ConnectionString="Data Source=localhost;Initial Catalog=Stage;Provider=MSOLEDBSQL.1;Integrated Security=SSPI;"/></DTS:ObjectData>
</DTS:ConnectionManager></DTS:ConnectionManagers>
<DTS:Executables><DTS:Executable DTS:refId="Package\Load" DTS:CreationName="Microsoft.ExecuteSQLTask" DTS:ExecutableType="Microsoft.ExecuteSQLTask"
 DTS:ObjectName="Load"><DTS:ObjectData><SQLTask:SqlTaskData SQLTask:Connection="{11111111-2222-4333-8444-555555555555}"
 SQLTask:SqlStatementSource="SELECT 1"/></DTS:ObjectData></DTS:Executable></DTS:Executables></DTS:Executable>"#;

/// File, severity and rule of every finding.
fn findings(run: &Run) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let line = |finding: &Value| format!("{} {} {}", text(&finding["file"]), text(&finding["severity"]), text(&finding["rule"]));
    run.json()["findings"].as_array().expect("findings").iter().map(line).collect()
}

fn json(folder: &Path, arguments: &[&str]) -> Run {
    run(folder, &[arguments, &["--format", "json"]].concat())
}

#[test]
fn every_project_has_the_configuration_that_is_nearest_to_it() {
    let repository = repository(&[
        ("ssislint.toml", "[severity]\nloopback-server = 'info'\n"),
        ("a/A.dtsx", ""),
        ("b/ssislint.toml", "targets = ['azure-ssis']\nfail-on = 'error'\n"),
        ("b/deep/er/B.dtsx", ""),
        ("c/.ssislint.toml", "[rules.loopback-server]\nallowed-hosts = ['localhost']\n"),
        ("c/C.dtsx", ""),
        ("d/.git/HEAD", ""),
        ("d/D.dtsx", ""),
    ]);
    let all = json(repository.path(), &["."]);
    assert_eq!(
        findings(&all),
        ["a/A.dtsx info loopback-server", "b/deep/er/B.dtsx error loopback-server", "d/D.dtsx warning loopback-server"],
        "a repository in a repository has its own rules"
    );
    assert_eq!(all.json()["targets"], serde_json::json!(["agent", "ssisdb", "azure-ssis"]), "all that some project runs on");
    assert_eq!(findings(&json(&repository.path().join("b"), &["deep"])), ["deep/er/B.dtsx error loopback-server"], "from wherever the run starts");
    assert_eq!(findings(&json(repository.path(), &["b/deep/er/B.dtsx", "a/A.dtsx"])), findings(&all)[..2]);
    for threads in ["1", "7"] {
        let mut command = Command::cargo_bin("ssislint").expect("the program");
        let output = command.env("RAYON_NUM_THREADS", threads).current_dir(repository.path()).args([".", "--format", "json"]).output().expect("it runs");
        assert_eq!(String::from_utf8_lossy(&output.stdout), all.out, "{threads}");
    }
}

#[test]
fn the_command_line_goes_over_all_configurations() {
    let repository = repository(&[
        ("a/ssislint.toml", "ignore = ['loopback-server']\n"),
        ("a/A.dtsx", ""),
        ("b/B.dtsx", ""),
        ("strict.toml", "[severity]\nloopback-server = 'error'\n"),
    ]);
    let (a, b) = (|severity: &str| format!("a/A.dtsx {severity} loopback-server"), |severity: &str| format!("b/B.dtsx {severity} loopback-server"));
    assert_eq!(findings(&json(repository.path(), &["."])), [b("warning")]);
    assert_eq!(findings(&json(repository.path(), &[".", "--no-config"])), [a("warning"), b("warning")]);
    assert_eq!(findings(&json(repository.path(), &[".", "--config", "strict.toml"])), [a("error"), b("error")]);
    assert_eq!(findings(&json(repository.path(), &[".", "--config", "severity.loopback-server=info"])), [b("info")], "on top of each");
    assert_eq!(findings(&json(repository.path(), &[".", "--config", "rules.loopback-server.allowed-hosts=['*']", "--no-config"])), [""; 0]);
    let two = run(repository.path(), &[".", "--config", "strict.toml", "--config", "a/ssislint.toml"]);
    assert!(two.code == 2 && two.err.contains("let one extend the other"), "{}", two.err);
}

#[test]
fn a_finding_fails_by_the_configuration_of_its_project() {
    let with = |outer: &str, inner: &str| {
        let repository = repository(&[("ssislint.toml", outer), ("A.dtsx", ""), ("b/ssislint.toml", inner), ("b/B.dtsx", "")]);
        run(repository.path(), &["."]).code
    };
    assert_eq!(with("fail-on = 'error'\n", "fail-on = 'error'\n"), 0);
    assert_eq!(with("fail-on = 'error'\n", "fail-on = 'warning'\n"), 1);
    assert_eq!(with("fail-on = 'error'\n", "min-severity = 'error'\n"), 0, "what is not reported does not fail");
}

#[test]
fn a_walk_leaves_out_what_the_nearest_configuration_excludes() {
    let repository = repository(&[
        ("ssislint.toml", "exclude = ['old', '**/Test*.dtsx']\n"),
        ("old/ssislint.toml", "this is = not read"),
        ("old/A.dtsx", ""),
        ("TestB.dtsx", ""),
        ("c/ssislint.toml", "exclude = ['C.dtsx']\n"),
        ("c/C.dtsx", ""),
        ("c/TestC.dtsx", ""),
    ]);
    let all = json(repository.path(), &["."]);
    assert_eq!(findings(&all), ["c/TestC.dtsx warning loopback-server"]);
    assert_eq!(findings(&json(&repository.path().join("c"), &["."])), ["TestC.dtsx warning loopback-server"]);
    assert_eq!(findings(&json(repository.path(), &["TestB.dtsx"])), ["TestB.dtsx warning loopback-server"], "a path that is given is read");
    assert!(run(repository.path(), &["."]).out.contains("3 files excluded"));
}

#[test]
fn entries_that_no_project_needs_are_reported_once_where_they_stand() {
    let allow = |rule: &str, path: &str| format!("[[allow]]\nrule = '{rule}'\npath = '{path}'\nreason = 'known'\n");
    let expired = format!("{}until = 2020-01-31\n", allow("path", "**"));
    let repository = repository(&[
        ("base.toml", &format!("{}{expired}", allow("loopback-server", "never/**"))),
        ("ssislint.toml", &format!("extend = 'base.toml'\n{}{}", allow("loopback-server", "a"), allow("loopback-server", "b/**"))),
        ("a/A.dtsx", ""),
        ("a/deep/D.dtsx", ""),
        ("b/ssislint.toml", &format!("extend = '../base.toml'\n{}", allow("SSIS0203", "*.dtsx"))),
        ("b/B.dtsx", ""),
    ]);
    let all = json(repository.path(), &["."]);
    assert_eq!(findings(&all), ["base.toml warning expired-suppression", "ssislint.toml warning unused-suppression"], "{}", all.out);
    let lines: Vec<_> = all.json()["findings"].as_array().expect("findings").iter().map(|finding| finding["location"]["line"].clone()).collect();
    assert_eq!(lines, [6, 7]);
    assert_eq!(all.json()["summary"]["suppressed"], 3);
    assert_eq!(findings(&json(repository.path(), &["b"])), ["base.toml warning expired-suppression"]);
}

#[test]
fn globs_are_relative_to_the_file_that_they_stand_in() {
    let repository = repository(&[
        ("shared/base.toml", "[per-file-ignores]\n'../a/**' = ['path']\n'../b' = ['connection']\n"),
        ("ssislint.toml", "extend = 'shared/base.toml'\n"),
        ("a/A.dtsx", ""),
        ("b/B.dtsx", ""),
    ]);
    let all = json(repository.path(), &["."]);
    assert_eq!((findings(&all), &all.json()["summary"]["suppressed"]), (vec!["a/A.dtsx warning loopback-server".to_owned()], &Value::from(1)));
}

#[test]
fn mistakes_are_told_with_their_place_wherever_the_file_lies() {
    for (config, said) in [
        ("ignor = ['path']\n", "b/ssislint.toml:1:1: unknown key `ignor`"),
        ("ignor = ['path']\n", "did you mean `ignore`?"),
        ("ignore = ['path',\n 'unc-paht']\n", "b/ssislint.toml:2:2: `unc-paht` is no rule, id, category or set of rules; did you mean `unc-path`?"),
        ("targets = ['agent', 'azure']\n", "b/ssislint.toml:1:21: unknown value `azure`"),
        ("[rules.unc-path]\n\nallowed-paths = 'X:'\n", "b/ssislint.toml:3:17: "),
        ("[rules.excel-parallel]\nx = 1\n", "b/ssislint.toml:1:8: the rule `excel-parallel` has no options"),
        ("[severity]\nunc-path = 'of'\n", "b/ssislint.toml:2:12: unknown value `of`"),
    ] {
        let repository = repository(&[("A.dtsx", ""), ("b/ssislint.toml", config), ("b/B.dtsx", "")]);
        let run = run(repository.path(), &["."]);
        assert!(run.code == 2 && run.err.contains(said) && run.out.is_empty(), "{config}: {} {}", run.code, run.err);
    }
}

#[test]
fn settings_are_shown_for_every_project_with_their_origin() {
    let repository = repository(&[
        ("base.toml", "ignore = ['path']\n"),
        ("ssislint.toml", "extend = 'base.toml'\ntargets = ['fabric']\n[rules.unc-path]\nallowed-paths = ['X:']\n"),
        ("a/A.dtsx", ""),
        ("b/ssislint.toml", "fail-on = 'info'\n"),
        ("b/B.dtsx", ""),
    ]);
    let shown = run(repository.path(), &[".", "--show-settings", "--select", "excel"]).out;
    for line in [
        "# from ssislint.toml, base.toml\n# for the project of a/A.dtsx\n",
        "# from b/ssislint.toml\n# for the project of b/B.dtsx\n",
        "ignore = [\"path\"] # base.toml\n",
        "targets = [\"fabric\"] # ssislint.toml\n",
        "fail-on = \"info\" # b/ssislint.toml\n",
        "fail-on = \"warning\" # default\n",
        "select = [\"excel\"] # --select\n",
        "# ssislint.toml\n[rules.unc-path]\nallowed-paths = [\"X:\"]\n",
        "# rules that run: malformed-xml, unsupported-file, limit-exceeded, damaged-archive, excel-parallel, ",
    ] {
        assert!(shown.contains(line), "{line} is not in\n{shown}");
    }
}

#[test]
fn the_log_says_which_configuration_holds_and_what_is_left_out() {
    let repository = repository(&[
        ("ssislint.toml", "exclude = ['old']\n"),
        ("a/A.dtsx", ""),
        ("a/bin/A.dtsx", ""),
        ("old/O.dtsx", ""),
        ("b/ssislint.toml", ""),
        ("b/B.dtsx", ""),
    ]);
    let plain = run(repository.path(), &["."]);
    let verbose = run(repository.path(), &[".", "-v"]);
    assert_eq!((verbose.out, plain.err.as_str()), (plain.out, ""), "the log goes to standard error");
    for line in [
        "project of a/A.dtsx: from ssislint.toml\n",
        "reads a/A.dtsx\n",
        "project of b/B.dtsx: from b/ssislint.toml\n",
        "skips a/bin\n",
        "skips old, which the configuration excludes\n",
        "reading files and running rules took ",
    ] {
        assert!(verbose.err.contains(&format!("ssislint: {line}")), "{line} is not in\n{}", verbose.err);
    }
    assert!(run(repository.path(), &["a/A.dtsx", "--no-config", "--verbose"]).err.contains("project of a/A.dtsx: no configuration file\n"));
}

#[test]
fn an_inventory_and_a_checklist_know_the_configuration() {
    let repository = repository(&[
        ("Load.dtsx", ""),
        ("old/Gone.dtsx", ""),
        ("ssislint.toml", "exclude = ['old']\ntargets = ['fabric']\n"),
        ("other.toml", "targets = ['azure-ssis']\n"),
        ("bad.toml", "targets = 1\n"),
    ]);
    let files = |arguments: &[&str]| {
        let inventory = json(repository.path(), &[&["inspect", "."], arguments].concat()).json();
        let files = inventory["documents"].as_array().expect("documents").iter().map(|document| document["file"].as_str().unwrap_or_default().to_owned());
        files.collect::<Vec<_>>()
    };
    assert_eq!(files(&[]), ["Load.dtsx"]);
    assert_eq!(files(&["--no-config"]), ["Load.dtsx", "old/Gone.dtsx"]);
    let targets = |arguments: &[&str]| json(repository.path(), &[&["checklist", "."], arguments].concat()).json()["targets"].clone();
    assert_eq!(targets(&[]), serde_json::json!(["fabric"]));
    assert_eq!(targets(&["--config", "other.toml"]), serde_json::json!(["azure-ssis"]));
    assert_eq!(targets(&["--target", "agent"]), serde_json::json!(["agent"]));
    assert_eq!(targets(&["--no-config"]), serde_json::json!(["agent", "ssisdb"]));
    for job in ["inspect", "checklist"] {
        let run = run(repository.path(), &[job, ".", "--config", "bad.toml"]);
        assert!(run.code == 2 && run.out.is_empty() && run.err.contains("bad.toml:1:11: "), "{job}: {}", run.err);
    }
}

#[test]
fn another_severity_keeps_what_a_rule_weighs_less_below() {
    let testdata = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/rules");
    // The rule is sure of the first, an error; the second, which a provider may bear, is a warning.
    let cases = ["sql-parameter-count/fires-2022.dtsx", "sql-parameter-count/fires-named-2022.dtsx"];
    for (severity, expected) in [("error", ["error", "warning"]), ("warning", ["warning", "warning"]), ("info", ["info", "info"])] {
        let key = format!("severity.sql-parameter-count={severity}");
        for (case, expected) in cases.iter().zip(expected) {
            let found = findings(&json(&testdata, &[case, "--no-config", "--select", "sql-parameter-count", "--config", &key]));
            assert_eq!(found, [format!("{case} {expected} sql-parameter-count")], "{severity}");
        }
    }
}
