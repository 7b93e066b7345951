//! Encrypted projects, with and without their password, through the whole program.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

const PASSWORD: &str = "päss w0rd";
/// What the test data holds as ciphertext.
const SECRETS: [&str; 5] = ["Tr0ub4dor-connection", "Tr0ub4dor-parameter", "Tr0ub4dor-variable", "Tr0ub4dor-warehouse", "Tr0ub4dor-mail"];
const CIPHERS: [&str; 2] = ["triple-des", "aes-256"];

fn project(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/encrypted").join(name)
}

fn ssislint() -> Command {
    let mut command = Command::cargo_bin("ssislint").expect("the program");
    command.env_remove("SSISLINT_PASSWORD");
    command
}

/// What the program says about a project, and how it ends.
fn lint(path: &Path, password: Option<&str>) -> (Value, i32) {
    let mut command = ssislint();
    password.into_iter().for_each(|password| {
        command.env("SSISLINT_PASSWORD", password);
    });
    let output = command.args(["--format", "json"]).arg(path).output().expect("it runs");
    (serde_json::from_slice(&output.stdout).expect("JSON"), output.status.code().expect("an exit code"))
}

fn findings<'v>(report: &'v Value, rule: &str) -> Vec<&'v Value> {
    report["findings"].as_array().expect("findings").iter().filter(|finding| finding["rule"] == rule).collect()
}

fn file_name(finding: &Value) -> &str {
    let file = finding["file"].as_str().expect("a file");
    file.rsplit('/').next().unwrap_or(file)
}

#[test]
fn the_password_opens_what_is_encrypted_as_a_whole() {
    for cipher in CIPHERS {
        let folder = project(&format!("all-{cipher}"));
        let (closed, _) = lint(&folder, None);
        assert!(findings(&closed, "temp-table-lost").is_empty(), "{cipher}");
        assert!(findings(&closed, "loopback-server").is_empty(), "{cipher}");
        let (open, code) = lint(&folder, Some(PASSWORD));
        assert_eq!(code, 1, "{cipher}");
        assert_eq!(findings(&open, "temp-table-lost").len(), 1, "{cipher}: in the package");
        assert_eq!(findings(&open, "loopback-server").len(), 1, "{cipher}: in the connection manager");
        assert_eq!(open["errors"].as_array().map(Vec::len), Some(0), "{cipher}");
    }
}

#[test]
fn findings_in_ciphertext_stand_at_its_element() {
    for cipher in CIPHERS {
        let (report, _) = lint(&project(&format!("all-{cipher}")), Some(PASSWORD));
        let package = &findings(&report, "temp-table-lost")[0]["location"];
        assert_eq!((&package["line"], &package["column"]), (&2.into(), &1.into()), "{cipher}");
        assert_eq!(package["end_line"], 2, "{cipher}");
    }
}

#[test]
fn a_password_is_needed_whether_it_is_known_or_not() {
    for cipher in CIPHERS {
        for password in [None, Some(PASSWORD)] {
            let (report, _) = lint(&project(&format!("all-{cipher}")), password);
            let needed = findings(&report, "package-password-needed");
            let files: Vec<_> = needed.iter().map(|finding| file_name(finding)).collect();
            assert_eq!(files, ["Load.dtsx", "Project.params", "Warehouse.conmgr"], "{cipher}");
            for finding in needed {
                let unseen = finding["message"].as_str().is_some_and(|message| message.contains("could be checked"));
                assert_eq!(unseen, password.is_none(), "{finding}");
            }
        }
    }
}

#[test]
fn what_is_encrypted_in_the_file_is_no_clear_text() {
    for level in ["all", "values"] {
        for cipher in CIPHERS {
            let (report, _) = lint(&project(&format!("{level}-{cipher}")), Some(PASSWORD));
            assert!(findings(&report, "clear-text-secret").is_empty(), "{level} {cipher}");
            assert!(findings(&report, "protection-level-mismatch").is_empty(), "{level} {cipher}");
        }
    }
}

#[test]
fn what_stands_outside_of_the_ciphertext_is_reported_where_it_stands() {
    for cipher in CIPHERS {
        let file = fs::read_to_string(project(&format!("all-{cipher}")).join("Sales.dtproj")).expect("the project");
        let leaky = file.replace("Load.dtsx::Folder", "Load.dtsx::MailPassword").replace(">orders<", ">Tr0ub4dor-mail<");
        let line = leaky.lines().position(|line| line.contains("Tr0ub4dor-mail")).expect("the secret") + 1;
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("Sales.dtproj"), leaky).expect("written");
        for password in [None, Some(PASSWORD)] {
            let (report, _) = lint(folder.path(), password);
            let leaks = findings(&report, "clear-text-secret");
            assert_eq!(leaks.len(), 1, "{cipher}");
            assert_eq!(leaks[0]["location"]["line"], line, "{cipher}");
        }
        let output = ssislint().env("SSISLINT_PASSWORD", PASSWORD).arg(folder.path()).output().expect("it runs");
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(text.contains("<Value xsi:type=\"xsd:string\">***</Value>"), "{text}");
    }
}

#[test]
fn triple_des_is_weak_in_every_file() {
    let weak =
        |name: &str| findings(&lint(&project(name), None).0, "weak-package-encryption").iter().map(|finding| file_name(finding).to_owned()).collect::<Vec<_>>();
    for level in ["all", "values"] {
        assert_eq!(weak(&format!("{level}-triple-des")), ["Load.dtsx", "Project.params", "Sales.dtproj", "Warehouse.conmgr"]);
        assert!(weak(&format!("{level}-aes-256")).is_empty());
    }
}

#[test]
fn secrets_are_in_no_output() {
    const FORMATS: [&str; 13] =
        ["human", "concise", "json", "jsonl", "sarif", "github", "azure", "gitlab", "junit", "checkstyle", "msbuild", "markdown", "template"];
    let template = tempfile::NamedTempFile::new().expect("a file");
    fs::write(template.path(), "{{ findings }}").expect("a template");
    let said = |command: &mut Command| {
        let output = command.env("SSISLINT_PASSWORD", PASSWORD).output().expect("it runs");
        let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        SECRETS.into_iter().chain([PASSWORD]).for_each(|secret| assert!(!text.contains(secret), "{secret} in the output of {command:?}"));
        output.stdout.len()
    };
    for level in ["all", "values"] {
        for cipher in CIPHERS {
            let folder = project(&format!("{level}-{cipher}"));
            for format in FORMATS {
                let template = ["--template".as_ref(), template.path().as_os_str()];
                assert!(said(ssislint().args(["-v", "--select", "all", "--format", format]).args(template).arg(&folder)) > 0, "{format}");
            }
            for format in ["human", "json"] {
                assert!(said(ssislint().args(["inspect", "--format", format]).arg(&folder)) > 0, "{format}");
            }
        }
    }
}

#[test]
fn a_wrong_password_fails_and_names_each_file() {
    for level in ["all", "values"] {
        for cipher in CIPHERS {
            let (report, code) = lint(&project(&format!("{level}-{cipher}")), Some("wrong"));
            assert_eq!(code, 2, "{level} {cipher}");
            let errors = report["errors"].as_array().expect("errors");
            let files: Vec<_> = errors.iter().map(file_name).collect();
            assert_eq!(files, ["Load.dtsx", "Project.params", "Sales.dtproj", "Warehouse.conmgr"], "{level} {cipher}");
            assert!(errors.iter().all(|error| error["message"].as_str().is_some_and(|message| message.starts_with("the password does not open it"))));
            assert_eq!(findings(&report, "package-password-needed").len(), 3, "{level} {cipher}: the rest is still linted");
        }
    }
}

#[test]
fn damage_is_not_blamed_on_the_password() {
    let folder = tempfile::tempdir().expect("a folder");
    let package = fs::read_to_string(project("all-aes-256").join("Load.dtsx")).expect("the package");
    let value = package.find("<CipherValue>").expect("ciphertext") + 400;
    let damaged = package[..value].to_owned() + &package[value + 4..];
    fs::write(folder.path().join("Load.dtsx"), damaged).expect("written");
    let (report, code) = lint(folder.path(), Some(PASSWORD));
    assert_eq!(code, 2);
    let message = report["errors"][0]["message"].as_str().expect("a message");
    assert!(message.contains("damaged"), "{message}");
}

#[test]
fn the_password_may_come_from_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("password");
    fs::write(&file, format!("{PASSWORD}\r\nsecond line")).expect("written");
    let run = |file: &Path| {
        let mut command = ssislint();
        command.env("SSISLINT_PASSWORD", "the file wins").args(["--format", "json", "--password-file"]).arg(file).arg(project("all-aes-256"));
        command.output().expect("it runs")
    };
    let report: Value = serde_json::from_slice(&run(&file).stdout).expect("JSON");
    assert_eq!(findings(&report, "temp-table-lost").len(), 1);
    let missing = run(&folder.path().join("missing"));
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("password file"));
}

#[test]
fn inspect_shows_what_the_password_opens() {
    let output = ssislint().env("SSISLINT_PASSWORD", PASSWORD).args(["inspect", "--format", "json"]).arg(project("all-triple-des")).output().expect("it runs");
    let inventory: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let documents = inventory["documents"].as_array().expect("documents");
    let package = documents.iter().find(|document| document["kind"] == "package").expect("the package");
    assert_eq!(package["encrypted"], "whole");
    assert_eq!(package["executables"].as_array().map(Vec::len), Some(3));
    let customer = package["variables"].as_array().expect("variables").iter().find(|variable| variable["name"] == "User::Kunde");
    assert_eq!(customer.expect("the variable")["value"], "Müller & Söhne");
    let project = documents.iter().find(|document| document["kind"] == "project").expect("the project");
    assert_eq!(project["packages"][0], "Load.dtsx");
}

/// Runs on the folder named by `SSISLINT_CORPUS`; skipped when it is unset. The password is published with the project.
#[test]
fn a_real_project_opens() {
    let Some(corpus) = std::env::var_os("SSISLINT_CORPUS").map(PathBuf::from) else { return };
    let folder = corpus.join("rtumaykin__ssis-build");
    let (report, _) = lint(&folder, Some("ssis123"));
    assert_eq!(report["errors"].as_array().map(Vec::len), Some(0), "{}", report["errors"]);
    let (_, code) = lint(&folder, Some("ssis124"));
    assert_eq!(code, 2);
}
