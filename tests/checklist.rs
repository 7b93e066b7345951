//! The checklist of small projects that have something for every group, of the demo, and of real packages where they are at hand.

#![allow(clippy::print_stderr, reason = "says that real packages were skipped")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

const EVERYWHERE: &str = "agent,ssisdb,azure-ssis,fabric,sql2022,sql2025";

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata").join(name)
}

fn output(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_ssislint")).current_dir(folder).arg("checklist").args(arguments).output().expect("it runs");
    (output.status.code().expect("an exit code"), String::from_utf8(output.stdout).expect("UTF-8"))
}

fn checklist(project: &str, targets: &str) -> Value {
    let (code, text) = output(&data(project), &[".", "--format", "json", "--target", targets]);
    assert_eq!(code, 0, "{project}");
    serde_json::from_str(&text).expect("JSON")
}

fn items<'v>(list: &'v Value, group: &str) -> Vec<&'v Value> {
    let groups = list["groups"].as_array().expect("groups").iter().filter(|entry| entry["name"] == group);
    groups.flat_map(|group| group["items"].as_array().expect("items")).collect()
}

fn whats<'v>(list: &'v Value, group: &str) -> Vec<&'v str> {
    items(list, group).into_iter().map(|item| item["what"].as_str().expect("a text")).collect()
}

fn detail<'v>(list: &'v Value, group: &str, what: &str, name: &str) -> Vec<&'v str> {
    let item = items(list, group).into_iter().find(|item| item["what"] == what).unwrap_or_else(|| panic!("no item {what} in {group}"));
    let details = item["details"].as_array().expect("details").iter().filter(|detail| detail["name"] == name);
    details.flat_map(|detail| detail["values"].as_array().expect("values")).filter_map(Value::as_str).collect()
}

#[test]
fn the_project_model() {
    let list = checklist("checklist/catalog", EVERYWHERE);
    assert_eq!(
        whats(&list, "accounts"),
        [
            "Windows authentication on SQL Server sql01.corp.contoso.com",
            "Windows authentication on SQL Server …, by parameter $Project::Region",
            "login etl_archive on SQL Server archive01",
            "login etl_read on SQL Server sales.database.windows.net",
            "login that the package does not name on mail server mail.contoso.com",
        ]
    );
    let windows = "Windows authentication on SQL Server sql01.corp.contoso.com";
    assert_eq!(detail(&list, "accounts", windows, "set by"), ["parameter $Project::Server (its default here)"]);
    assert_eq!(detail(&list, "accounts", windows, "databases"), ["Stage"]);
    assert_eq!(detail(&list, "accounts", windows, "use"), ["written"]);
    assert_eq!(whats(&list, "database-features"), ["Database Mail on SQL Server archive01", "database Old, named by statements, on SQL Server archive01"]);
    assert_eq!(whats(&list, "proxies").len(), 1);
    assert_eq!(
        whats(&list, "files"),
        [
            "share \\\\files01\\in",
            "share \\\\files01\\in\\…",
            "folder E:\\Archive",
            "folder E:\\Archive\\Days",
            "folder T:\\ssis",
            "path known at run time only, by User::File",
        ]
    );
    assert_eq!(detail(&list, "files", "share \\\\files01\\in", "files"), ["*.csv"]);
    let by = ["Package.Variables[User::File], which may change while the package runs", "parameter $Project::Region"];
    assert_eq!(detail(&list, "files", "share \\\\files01\\in\\…", "set by"), by);
    assert_eq!(whats(&list, "programs"), ["C:\\Program Files\\7-Zip\\7z.exe"]);
    assert_eq!(whats(&list, "providers"), ["OLE DB provider MSOLEDBSQL", "OLE DB provider MSOLEDBSQL19", "OLE DB provider SQLNCLI11"]);
    assert_eq!(whats(&list, "components"), ["KingswaySoft SSIS Integration Toolkit"]);
    assert_eq!(whats(&list, "editions").len(), 1);
    assert_eq!(
        whats(&list, "parameters"),
        ["$Project::Region (String), required", "$Project::MailPassword (String), secret", "$Project::Server (String), by default sql01.corp.contoso.com"]
    );
    assert_eq!(whats(&list, "passwords"), ["Password of Package.ConnectionManagers[Archive]"]);
    assert_eq!(detail(&list, "transactions", "the Distributed Transaction Coordinator (MSDTC)", "servers that take part"), ["sql01.corp.contoso.com"]);
}

#[test]
fn the_package_model() {
    let list = checklist("checklist/classic", EVERYWHERE);
    assert_eq!(
        whats(&list, "configurations"),
        [
            "file C:\\etl\\classic.dtsConfig",
            "environment variable ETL_CONFIG, which names a configuration file",
            "table [dbo].[SSIS Configurations], through the connection Stage",
            "environment variable ETL_STAGE, which holds a value",
            "registry entry Contoso\\Region below HKEY_CURRENT_USER",
            "variable Region of the calling package",
        ]
    );
    let table = "table [dbo].[SSIS Configurations], through the connection Stage";
    assert_eq!(detail(&list, "configurations", table, "rows with the filter"), ["Classic"]);
    let by = ["configuration Variable", "perhaps a configuration that is not at hand"];
    assert_eq!(detail(&list, "servers", "SQL Server sql02", "set by"), by);
    assert_eq!(whats(&list, "child-packages"), ["package file D:\\Packages\\Child.dtsx", "package \\ETL\\Nightly in msdb of sql03"]);
    assert_eq!(
        whats(&list, "database-features"),
        ["files that statements read in bulk on SQL Server old01", "linked server ERP on SQL Server sql02", "xp_cmdshell on SQL Server sql02"]
    );
    assert_eq!(whats(&list, "providers"), ["OLE DB provider Microsoft.Jet.OLEDB.4.0, which exists in 32 bits only", "OLE DB provider SQLNCLI10"]);
    assert_eq!(detail(&list, "accounts", "Windows authentication on SQL Server sql02", "use"), ["configurations read", "statements"]);
    assert_eq!(detail(&list, "files", "share \\\\logs01\\ssis", "use"), ["log written"]);
    assert_eq!(whats(&list, "passwords"), ["Password of Package.ConnectionManagers[Legacy]"]);
}

#[test]
fn what_is_not_used_asks_for_nothing() {
    for format in ["human", "markdown", "json"] {
        let (_, text) = output(&data("checklist/catalog"), &[".", "--format", format, "--target", EVERYWHERE]);
        for name in ["unused01", "disabled01", "SQLNCLI10", "MSDAORA", "Forgotten", "cmdshell", "devbox7", "Tr0ub4dor"] {
            assert!(!text.contains(name), "{format}: {name}");
        }
    }
}

#[test]
fn the_demo() {
    let list = checklist("demo", "agent");
    assert_eq!(list["packages"], 3);
    let names: Vec<&str> = list["groups"].as_array().expect("groups").iter().filter_map(|group| group["name"].as_str()).collect();
    assert_eq!(names, ["accounts", "servers", "files", "providers", "configurations", "passwords", "target"], "empty groups are left out");
    assert!(whats(&list, "servers").contains(&"SQL Server localhost, the machine that runs the package itself"));
    let (_, text) = output(&data("demo"), &[".", "--target", "agent"]);
    assert!(text.starts_with("Before 3 packages can run on agent\n"), "{text}");
    let long: Vec<&str> = text.lines().filter(|line| line.chars().count() > 100).collect();
    assert!(long.is_empty(), "{long:?}");
}

/// What no package shows (`NS` in the coverage of the articles on failing packages) has a line all the same.
#[test]
fn what_no_rule_decides_is_said() {
    let text = |project, target| output(&data(project), &[".", "--target", target]).1.split_whitespace().collect::<Vec<_>>().join(" ");
    let (agent, azure) = (text("checklist/classic", "agent"), text("checklist/catalog", "azure-ssis"));
    for phrase in [
        "a proxy with a credential of its own",
        "rights for the use listed",
        "on the share and on the folder",
        "in the registry of the account",
        "switch on logging",
    ] {
        assert!(agent.contains(phrase), "agent: {phrase}");
    }
    for phrase in [
        "a public name and a firewall rule",
        "Visual C++ runtime",
        "staging storage account",
        "size quota and a limit of requests",
        "There is not enough space on the disk",
        "Nodes times executions per node",
        "in the region of the data",
        "Retries in the pipeline",
        "signature (SAS) that does not expire",
        "Packages outside the catalog need a credential",
        "The connection is not found",
    ] {
        assert!(azure.contains(phrase), "azure-ssis: {phrase}");
    }
}

#[test]
fn items_have_something_to_do_on_the_targets() {
    for (project, target) in [("checklist/catalog", "fabric"), ("checklist/classic", "sql2025"), ("checklist/catalog", "agent,azure-ssis")] {
        let list = checklist(project, target);
        let known: BTreeSet<&str> = target.split(',').collect();
        for group in list["groups"].as_array().expect("groups") {
            for item in group["items"].as_array().expect("items") {
                let actions = item["actions"].as_array().expect("actions");
                assert!(!actions.is_empty(), "{item}");
                let targets = actions.iter().flat_map(|action| action["targets"].as_array().expect("targets")).filter_map(Value::as_str);
                assert!(targets.clone().all(|target| known.contains(target)), "{item}");
                assert_eq!(targets.clone().count(), targets.collect::<BTreeSet<_>>().len(), "{item}");
            }
        }
    }
    assert_eq!(whats(&checklist("checklist/classic", "sql2025"), "providers"), ["OLE DB provider SQLNCLI10"]);
}

#[test]
fn documents_follow_the_schema() {
    let validator = jsonschema::validator_for(&ssislint::checklist::schema()).expect("a schema");
    for project in ["checklist/catalog", "checklist/classic", "demo", "encrypted"] {
        let (_, text) = output(&data(project), &[".", "--format", "json", "--target", EVERYWHERE]);
        let list: Value = serde_json::from_str(&text).expect("JSON");
        let problems: Vec<String> = validator.iter_errors(&list).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert_eq!(problems, Vec::<String>::new(), "{project}");
    }
}

#[test]
fn what_could_not_be_read_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("Broken.dtsx"), "<a").expect("a file");
    let (code, text) = output(folder.path(), &["."]);
    assert_eq!(code, 2);
    assert!(text.contains("could not be read: Broken.dtsx"), "{text}");
    let (code, text) = output(folder.path(), &["nowhere"]);
    assert_eq!(code, 2, "{text}");
}

#[test]
fn a_closed_package_is_not_passed_over() {
    let closed = r#"<?xml version="1.0"?><EncryptedData Type="http://www.w3.org/2001/04/xmlenc#Element" Salt="LzcofLl8mhE=" IV="J1YfYJ58TQI=" xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#tripledes-cbc" /><CipherData><CipherValue>AAAA</CipherValue></CipherData></EncryptedData>"#;
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("Closed.dtsx"), closed).expect("a file");
    let (code, text) = output(folder.path(), &["."]);
    assert_eq!(code, 0);
    assert!(text.contains("Closed.dtsx: it is encrypted as a whole"), "{text}");
    assert!(text.contains("the password of the package Closed.dtsx"), "{text}");
}

#[test]
fn hostile_names_are_harmless() {
    let hostile = "a&#10;##vso[task.x]&#9;::error ::&lt;img&gt;|`x`";
    let package = std::fs::read_to_string(data("checklist/catalog/Import.dtsx")).expect("the package");
    let package = package.replace("archive01", hostile).replace("Package\\Pack\"", &format!("Package\\{hostile}\""));
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("Import.dtsx"), package).expect("a package");
    for format in ["human", "markdown", "json"] {
        let (_, text) = output(folder.path(), &[".", "--format", format]);
        assert!(text.contains("task.x"), "{format}: {text}");
        assert!(!text.contains("##vso") && !text.contains('\t'), "{format}: {text}");
        assert!(format == "json" || !text.lines().any(|line| line.trim_start().starts_with("::error")), "{format}: {text}");
        assert!(format != "markdown" || (!text.contains("<img>") && !text.contains('`')), "{format}: {text}");
    }
}

#[test]
fn a_file_takes_the_output() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("list.md");
    let (code, text) = output(&data("demo"), &[".", "--format", "markdown", "--output-file", file.to_str().expect("UTF-8")]);
    assert_eq!((code, text.as_str()), (0, ""));
    let written = std::fs::read_to_string(file).expect("the file");
    assert!(written.starts_with("# Before the packages can run\n"), "{written}");
    assert!(written.lines().filter(|line| line.starts_with("- [ ] ")).count() > 8, "{written}");
}

#[test]
fn real_packages_have_lists() {
    let Some(corpus) = std::env::var_os("SSISLINT_CORPUS").map(PathBuf::from) else {
        eprintln!("skipped: SSISLINT_CORPUS is not set");
        return;
    };
    for format in ["human", "markdown", "json"] {
        let arguments = [".", "--format", format, "--target", EVERYWHERE];
        let (first, second) = (output(&corpus, &arguments), output(&corpus, &arguments));
        assert!(first.0 == 0 || first.0 == 2, "{format}");
        assert!(first == second, "{format}: not the same twice");
        assert!(first.1.len() > 10_000, "{format}");
    }
}
