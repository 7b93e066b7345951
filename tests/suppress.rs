//! Configuration and suppressions through the program: what is accepted is counted and never vanishes, what accepts nothing is reported.

mod program;

use std::fs;
use std::path::Path;

use program::run;
use serde_json::Value;

/// A folder with one package, which has a `loopback-server` warning on the connection `Stage`, and a configuration.
fn folder(config: &str, description: &str) -> tempfile::TempDir {
    program::repository(&[("etl/Load.dtsx", &package(description)), ("ssislint.toml", config)])
}

fn package(description: &str) -> String {
    format!(
        r#"<DTS:Executable xmlns:DTS="www.microsoft.com/SqlServer/Dts" xmlns:SQLTask="www.microsoft.com/sqlserver/dts/tasks/sqltask" DTS:refId="Package"
 DTS:CreationName="Microsoft.Package" DTS:ExecutableType="Microsoft.Package" DTS:ObjectName="Load" DTS:ProtectionLevel="0">
<DTS:Property DTS:Name="PackageFormatVersion">8</DTS:Property>
<DTS:ConnectionManagers><DTS:ConnectionManager DTS:refId="Package.ConnectionManagers[Stage]" DTS:CreationName="OLEDB" DTS:Description="{description}"
 DTS:DTSID="{{11111111-2222-4333-8444-555555555555}}" DTS:ObjectName="Stage"><DTS:ObjectData><DTS:ConnectionManager
 DTS:ConnectionString="Data Source=localhost;Initial Catalog=Stage;Provider=MSOLEDBSQL.1;Integrated Security=SSPI;"/></DTS:ObjectData>
</DTS:ConnectionManager></DTS:ConnectionManagers>
<DTS:Executables><DTS:Executable DTS:refId="Package\Load" DTS:CreationName="Microsoft.ExecuteSQLTask" DTS:ExecutableType="Microsoft.ExecuteSQLTask"
 DTS:ObjectName="Load"><DTS:ObjectData><SQLTask:SqlTaskData SQLTask:Connection="{{11111111-2222-4333-8444-555555555555}}"
 SQLTask:SqlStatementSource="SELECT 1"/></DTS:ObjectData></DTS:Executable></DTS:Executables></DTS:Executable>"#
    )
}

fn json(folder: &Path, arguments: &[&str]) -> (i32, Value) {
    let run = run(folder, &[arguments, &["--format", "json"]].concat());
    (run.code, run.json())
}

fn rules(report: &Value) -> Vec<&str> {
    report["findings"].as_array().expect("findings").iter().map(|finding| finding["rule"].as_str().expect("a rule")).collect()
}

#[test]
fn a_description_accepts_what_is_inside_and_is_counted() {
    for description in ["ssislint:allow loopback-server runs on the server itself", "Stage. ssislint:allow connection known"] {
        let folder = folder("", description);
        let (code, report) = json(folder.path(), &["."]);
        assert_eq!((code, rules(&report), &report["summary"]["suppressed"]), (0, vec![], &Value::from(1)), "{description}");
    }
    let folder = folder("", "ssislint:allow loopback-server");
    assert_eq!(rules(&json(folder.path(), &["."]).1), ["invalid-suppression", "loopback-server"], "without a reason it accepts nothing");
}

#[test]
fn sarif_names_the_justification() {
    let folder = folder("", "ssislint:allow loopback-server runs on the server itself");
    let sarif: Value = serde_json::from_str(&run(folder.path(), &[".", "--format", "sarif"]).out).expect("JSON");
    let suppression = &sarif["runs"][0]["results"][0]["suppressions"][0];
    assert_eq!((suppression["kind"].as_str(), suppression["justification"].as_str()), (Some("inSource"), Some("runs on the server itself")));
}

#[test]
fn an_allow_entry_accepts_by_rule_path_and_object() {
    let entry = |more: &str| format!("[[allow]]\nrule = \"SSIS0203\"\nreason = \"known\"\n{more}");
    for more in ["", "path = \"etl/*.dtsx\"\n", "path = 'etl\\*.dtsx'\n", "object = \"*[Stage]\"\n", "until = 2199-12-31\n"] {
        let folder = folder(&entry(more), "");
        let (code, report) = json(folder.path(), &["etl"]);
        assert_eq!((code, rules(&report), &report["summary"]["suppressed"]), (0, vec![], &Value::from(1)), "{more}");
    }
    for more in ["path = \"other/**\"\n", "object = \"*[Sales]\"\n"] {
        let folder = folder(&entry(more), "");
        assert_eq!(rules(&json(folder.path(), &["etl"]).1), ["loopback-server"], "{more}");
        assert_eq!(
            rules(&json(folder.path(), &["."]).1),
            ["loopback-server", "unused-suppression"],
            "a run over everything knows that it is of no use: {more}"
        );
    }
}

#[test]
fn an_expired_entry_accepts_nothing() {
    let folder = folder("[[allow]]\nrule = \"loopback-server\"\nreason = \"known\"\nuntil = 2020-01-31\n", "");
    let (code, report) = json(folder.path(), &["etl"]);
    assert_eq!((code, rules(&report)), (1, vec!["loopback-server", "expired-suppression"]));
}

#[test]
fn keys_of_the_configuration_hold_unless_the_command_line_says_otherwise() {
    let with = |config: &str| folder(config, "");
    assert_eq!(rules(&json(with("ignore = [\"loopback-server\"]\n").path(), &["."]).1), Vec::<&str>::new());
    assert_eq!(rules(&json(with("exclude = [\"etl/**\"]\n").path(), &["."]).1), Vec::<&str>::new());
    assert_eq!(rules(&json(with("[per-file-ignores]\n\"etl/**\" = [\"connection\"]\n").path(), &["."]).1), Vec::<&str>::new());
    assert_eq!(rules(&json(with("[severity]\nloopback-server = \"off\"\n").path(), &["."]).1), Vec::<&str>::new());
    let (code, report) = json(with("[severity]\nloopback-server = \"info\"\n").path(), &["."]);
    assert_eq!((code, &report["findings"][0]["severity"]), (0, &Value::from("info")));
    assert_eq!(json(with("fail-on = \"error\"\n").path(), &["."]).0, 0);
    assert_eq!(json(with("fail-on = \"error\"\n").path(), &[".", "--fail-on", "warning"]).0, 1);
    assert_eq!(json(with("fail-on = \"error\"\n").path(), &[".", "--no-config"]).0, 1);
    assert_eq!(json(with("").path(), &[".", "--config", "fail-on=error"]).0, 0);
    let (_, report) = json(with("targets = [\"azure-ssis\"]\n").path(), &["."]);
    assert_eq!((&report["targets"][0], &report["findings"][0]["severity"]), (&Value::from("azure-ssis"), &Value::from("error")));
}

#[test]
fn mistakes_in_the_configuration_end_the_run_and_say_where() {
    for (config, word) in [
        ("selekt = []\n", "selekt"),
        ("\nfail-on = 1\n", "ssislint.toml:2:11: expected a string"),
        ("[severity]\nloopback-serve = \"off\"\n", "did you mean `loopback-server`"),
    ] {
        let folder = folder(config, "");
        let run = run(folder.path(), &["."]);
        assert!(run.code == 2 && run.err.contains(word), "{config}: {} {}", run.code, run.err);
    }
    let folder = folder("", "");
    assert_eq!(run(folder.path(), &[".", "--config", "none.toml"]).code, 2);
}

#[test]
fn settings_and_files_are_shown_and_a_starter_is_written() {
    let folder = folder("fail-on = \"error\"\n", "");
    let shown = run(folder.path(), &["etl", "--show-settings"]).out;
    assert!(shown.contains("# from ssislint.toml") && shown.contains("fail-on = \"error\"") && shown.contains("loopback-server"), "{shown}");
    assert_eq!(run(folder.path(), &["etl", "--show-files"]).out.trim(), "etl/Load.dtsx");
    assert_eq!(run(folder.path(), &["init"]).code, 2, "a file that is there is left alone");
    fs::remove_file(folder.path().join("ssislint.toml")).expect("removed");
    assert_eq!(run(folder.path(), &["init"]).code, 0);
    assert_eq!(run(folder.path(), &["."]).code, 1, "the starter is a valid configuration");
}
