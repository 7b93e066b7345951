//! What is printed: the JSON contract, the subcommands, and the same bytes every time.

use std::fs;

use serde_json::Value;

use crate::support::{GOOD, command, demo, finish, run};

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

#[test]
fn json_has_the_keys_of_version_1_in_their_order() {
    let report = run(demo(), &["--format", "json"]).json();
    assert_eq!(keys(&report), ["version", "tool", "targets", "summary", "findings", "errors"]);
    assert_eq!((&report["version"], keys(&report["tool"])), (&Value::from(1), vec!["name", "version"]));
    assert_eq!(report["targets"], serde_json::json!(["agent", "ssisdb"]));
    assert_eq!(keys(&report["summary"]), ["files", "packages", "errors", "warnings", "infos", "suppressed", "baselined"]);
    let findings = report["findings"].as_array().expect("findings");
    let location = ["line", "column", "end_line", "end_column", "offset", "length"];
    for finding in findings {
        let expected = "rule id category severity confidence message help file member object property location related fingerprint";
        assert_eq!(keys(finding).join(" "), expected);
        assert_eq!(keys(&finding["location"]), location);
        assert_eq!(finding["fingerprint"].as_str().map(str::len), Some(16));
    }
    let related = findings.iter().find_map(|finding| finding["related"].get(0)).expect("a related object");
    assert_eq!(keys(related), ["message", "file", "member", "object", "location"]);
    assert_eq!(keys(&related["location"]), location);
}

#[test]
fn findings_are_sorted_and_counted() {
    let report = run(demo(), &["--format", "json"]).json();
    let findings = report["findings"].as_array().expect("findings");
    let key = |finding: &Value| (finding["file"].to_string(), finding["location"]["offset"].as_u64(), finding["id"].to_string());
    assert!(findings.iter().map(key).is_sorted());
    let count = |severity: &str| findings.iter().filter(|finding| finding["severity"] == severity).count();
    let summary = &report["summary"];
    assert_eq!(summary["errors"], count("error"));
    assert_eq!(summary["warnings"], count("warning"));
    assert_eq!(summary["infos"], count("info"));
    assert_eq!((&summary["files"], &summary["packages"]), (&Value::from(8), &Value::from(3)));
}

#[test]
fn members_of_an_archive_are_named() {
    let report = run(demo(), &["bin/Development/Demo.ispac", "--format", "json"]).json();
    let findings = report["findings"].as_array().expect("findings");
    assert!(findings.iter().all(|finding| finding["file"] == "bin/Development/Demo.ispac"));
    assert!(findings.iter().any(|finding| finding["member"] == "Staging Area.conmgr"), "names are decoded");
}

#[test]
fn the_same_bytes_every_time_whatever_the_number_of_threads() {
    for format in ["json", "human", "sarif"] {
        let folders = [".", "../clean", "../rules/excel-parallel", "../rules/required-parameter", "../rules/temp-table-lost", "../rules/unresolved-connection"];
        let arguments: Vec<&str> = ["--format", format, "--select", "all"].into_iter().chain(folders).collect();
        let first = run(demo(), &arguments);
        assert!(first.out.len() > 1000, "{format}");
        assert_eq!(run(demo(), &arguments).out, first.out, "{format}");
        for threads in ["1", "2"] {
            let mut command = command(demo(), &arguments);
            command.env("RAYON_NUM_THREADS", threads);
            assert_eq!(finish(command).out, first.out, "{format} on {threads} threads");
        }
    }
}

#[test]
fn no_format_prints_a_secret() {
    let formats = ["human", "concise", "json", "sarif", "github", "markdown", "junit"];
    for format in formats {
        let out = run(demo(), &["--format", format, "--select", "all", "../rules/clear-text-secret"]).out;
        assert!(out.contains("clear-text-secret") && !out.contains("Tr0ub4dor"), "{format}");
    }
    let inventory = run(demo(), &["inspect", "../rules/clear-text-secret", "--format", "json"]).out;
    assert!(inventory.contains("***") && !inventory.contains("Tr0ub4dor"));
}

#[test]
fn rules_are_listed() {
    let list = run(demo(), &["rules", "--format", "json"]).json();
    let ids: Vec<&str> = list.as_array().expect("a list").iter().filter_map(|rule| rule["id"].as_str()).collect();
    assert_eq!(ids.len(), ssislint::rules::ALL.len());
    assert!(ids.is_sorted());
    let human = run(demo(), &["rules"]);
    assert_eq!((human.code, human.out.lines().count()), (0, ids.len()));
}

#[test]
fn rules_are_explained_by_name_and_id() {
    let by_name = run(demo(), &["explain", "temp-table-lost"]);
    assert_eq!(by_name.code, 0);
    assert!(by_name.out.contains("# temp-table-lost: "));
    assert_eq!(run(demo(), &["explain", "ssis0205"]).out, by_name.out);
    let unknown = run(demo(), &["explain", "temp-tables-lost"]);
    assert!(unknown.code == 2 && unknown.err.contains("`temp-table-lost`"), "{}", unknown.err);
}

#[test]
fn inspect_lists_what_the_files_hold() {
    let inventory = run(demo(), &["inspect", "NightlyLoad.dtsx", "--format", "json"]).json();
    assert_eq!(keys(&inventory), ["version", "documents"]);
    let package = &inventory["documents"][0];
    assert_eq!((&package["kind"], &package["generation"]), (&Value::from("package"), &Value::from("attribute")));
    assert!(package["connection_managers"].as_array().is_some_and(|managers| managers.iter().any(|manager| manager["name"] == "Orders Workbook")));
    assert!(run(demo(), &["inspect", "NightlyLoad.dtsx"]).out.contains("Orders Workbook"));
    assert_eq!(run(demo(), &["inspect", "Missing.dtsx"]).code, 2);
}

#[test]
fn no_job_lets_a_name_steer_a_terminal_or_a_build() {
    let folder = tempfile::tempdir().expect("a folder");
    let hostile = "##vso[task.x]y ::error::z &#x202E;&#x85;&#x7F;&#x2028;";
    let variable = format!(
        "<DTS:Variables><DTS:Variable DTS:Namespace=\"User\" DTS:ObjectName=\"{hostile}\" DTS:EvaluateAsExpression=\"True\" DTS:Expression=\"&quot;{hostile}&quot;\">\
         <DTS:VariableValue DTS:DataType=\"8\">{hostile}</DTS:VariableValue></DTS:Variable></DTS:Variables></DTS:Executable>"
    );
    fs::write(folder.path().join("Load.dtsx"), GOOD.replace("</DTS:Executable>", &variable)).expect("a package");
    fs::write(folder.path().join("##vso[x]Bad.dtsx"), "<a>").expect("a package");
    let jobs = [
        &["."][..],
        &["inspect", "."],
        &["inspect", ".", "--format", "json", "--effective"],
        &["inspect", ".", "--effective"],
        &["inspect", ".", "--references"],
        &["checklist", "."],
        &["checklist", ".", "--format", "json"],
        &["baseline", "write", "known.json", ".", "--select", "all"],
        &["baseline", "show", "known.json"],
    ];
    for job in jobs {
        let run = run(folder.path(), job);
        let text = format!("{}{}", run.out, run.err);
        let steers = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202e}' | '\u{2028}');
        assert!(!text.contains("##") && !text.lines().any(|line| line.trim_start().starts_with("::")) && !text.chars().any(steers), "{job:?}: {text:?}");
        assert!(!run.out.is_empty() || !run.err.is_empty(), "{job:?} says something");
    }
}
