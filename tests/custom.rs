//! Rules that teams write themselves, through the program: the examples, and how such findings behave.

mod program;

use std::fs;
use std::path::{Path, PathBuf};

use program::{Run, run};
use serde_json::Value;

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What is in a folder, sorted.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    entries
}

fn name(path: &Path) -> &str {
    path.file_stem().and_then(|name| name.to_str()).expect("a name")
}

/// Severity and rule of each finding.
fn findings(run: &Run) -> Vec<String> {
    let text = |finding: &Value, key: &str| finding[key].as_str().expect("a text").to_owned();
    run.json()["findings"].as_array().expect("findings").iter().map(|finding| format!("{} {}", text(finding, "severity"), text(finding, "rule"))).collect()
}

/// A repository with one package and a configuration; the package has the task `Load` and a connection.
fn project(config: &str) -> tempfile::TempDir {
    program::repository(&[("Load.dtsx", PACKAGE), ("ssislint.toml", config)])
}

const PACKAGE: &str = r#"<DTS:Executable xmlns:DTS="www.microsoft.com/SqlServer/Dts" DTS:refId="Package" DTS:CreationName="Microsoft.Package"
 DTS:ExecutableType="Microsoft.Package" DTS:ObjectName="Load" DTS:ProtectionLevel="0">
<DTS:Property DTS:Name="PackageFormatVersion">8</DTS:Property>
<DTS:ConnectionManagers><DTS:ConnectionManager DTS:refId="Package.ConnectionManagers[Stage]" DTS:CreationName="OLEDB"
 DTS:DTSID="{11111111-2222-4333-8444-555555555555}" DTS:ObjectName="Stage"><DTS:ObjectData><DTS:ConnectionManager
 DTS:ConnectionString="Data Source=sql01;User ID=loader;Password=Geheim-4711;Provider=MSOLEDBSQL19.1;"/></DTS:ObjectData>
</DTS:ConnectionManager></DTS:ConnectionManagers>
<DTS:Variables><DTS:Variable DTS:Namespace="User" DTS:ObjectName="kw_Mail" DTS:DTSID="{21111111-2222-4333-8444-555555555555}">
<DTS:VariableValue DTS:DataType="8">Geheim-4712</DTS:VariableValue></DTS:Variable></DTS:Variables>
<DTS:Executables><DTS:Executable DTS:refId="Package\Load" DTS:CreationName="STOCK:SEQUENCE" DTS:ExecutableType="STOCK:SEQUENCE"
 DTS:ObjectName="Load"/></DTS:Executables></DTS:Executable>"#;

const RULE: &str = "[[rule]]\nname = 'load-prefix'\non = 'executable'\nwhen = \"!this.name.startsWith('SEQ ')\"\nmessage = 'bad name `{this.name}` in {pkg.name}'\nhelp = 'rename it'\n";

#[test]
fn every_example_fires_and_is_silent() {
    let examples = entries(&repository().join("rules/examples"));
    assert!(examples.len() >= 10);
    for example in &examples {
        assert!(fs::read_to_string(example).expect("a file").starts_with("# "), "{} does not say why", example.display());
        let cases = entries(&repository().join("testdata/custom").join(name(example)));
        for kind in ["fires", "silent"] {
            assert!(cases.iter().any(|case| name(case).starts_with(kind)), "{} has no case that {kind}", example.display());
        }
        for case in cases {
            let paths = [case.to_str().expect("a path"), "--config", example.to_str().expect("a path"), "--select", "custom", "--format", "json"];
            let found = run(repository(), &paths);
            let own = findings(&found).iter().filter(|finding| finding.ends_with(name(example))).count();
            assert_eq!((own > 0, own), (name(&case).starts_with("fires"), findings(&found).len()), "{}: {}{}", case.display(), found.out, found.err);
        }
    }
}

#[test]
fn findings_behave_like_those_of_built_in_rules() {
    let folder = project(RULE);
    let found = |arguments: &[&str]| run(folder.path(), &[&[".", "--format", "json"], arguments].concat());
    let all = found(&["--select", "custom"]);
    let finding = &all.json()["findings"][0];
    let is = |key: &str, text: &str| assert_eq!(finding[key], text, "{key}");
    is("rule", "load-prefix");
    is("id", "CUSTOM-load-prefix");
    is("category", "custom");
    is("object", r"Package\Load");
    is("message", "bad name `Load` in Load");
    is("help", "rename it");
    assert_eq!((all.code, finding["location"]["line"].as_u64()), (1, Some(11)));
    for (arguments, wanted) in [
        (&["--select", "load-prefix"][..], &["warning load-prefix"][..]),
        (&["--select", "CUSTOM-load-prefix"], &["warning load-prefix"]),
        (&["--select", "excel"], &[]),
        (&["--select", "custom", "--ignore", "load-prefix"], &[]),
        (&["--select", "custom", "--config", "severity.load-prefix=error"], &["error load-prefix"]),
        (&["--select", "custom", "--config", "severity.custom=off"], &[]),
        (&["--select", "custom", "--config", "per-file-ignores={ 'Load.dtsx' = ['load-prefix'] }"], &[]),
        (&["--select", "custom", "--config", "allow=[{ rule = 'load-prefix', reason = 'r' }]"], &[]),
    ] {
        assert_eq!(findings(&found(arguments)), wanted, "{arguments:?}");
    }
    assert!(findings(&found(&[])).contains(&"warning load-prefix".to_owned()), "on by default");
    let wrong = found(&["--select", "load-prefx"]);
    assert!(wrong.code == 2 && wrong.err.contains("did you mean `load-prefix`?"), "{}", wrong.err);
    assert!(run(folder.path(), &["explain", "load-prefix"]).out.contains("## How to fix\n\nrename it"));
}

#[test]
fn they_are_listed_behind_the_built_in_ones() {
    let folder = project(RULE);
    let list = |arguments: &[&str]| run(folder.path(), &[&["rules"], arguments].concat());
    let (all, built_in) = (list(&["--format", "json"]).json(), ssislint::rules::ALL.len());
    let last = &all.as_array().expect("a list")[built_in];
    assert_eq!(
        (&last["id"], &last["category"], &last["summary"]),
        (&"CUSTOM-load-prefix".into(), &"custom".into(), &"bad name `{this.name}` in {pkg.name}".into())
    );
    for format in ["human", "markdown"] {
        let listed = list(&["--format", format]);
        assert!(listed.out.lines().last().is_some_and(|line| line.contains("CUSTOM-load-prefix") && line.contains("bad name")), "{}", listed.out);
    }
    assert_eq!(list(&["--no-config"]).out.lines().count(), built_in);
    fs::write(folder.path().join("other.toml"), RULE.replace("load-prefix", "other-prefix")).expect("a file");
    assert!(list(&["--config", "other.toml"]).out.lines().last().is_some_and(|line| line.starts_with("CUSTOM-other-prefix  other-prefix ")));
    let wrong = list(&["--config", "gone.toml"]);
    assert_eq!((wrong.code, wrong.out.lines().count()), (2, built_in), "the built-in ones all the same: {}", wrong.err);
}

#[test]
fn descriptions_and_baselines_know_them() {
    let folder = project(&format!("select = ['custom', 'input']\n{RULE}"));
    fs::write(
        folder.path().join("Load.dtsx"),
        PACKAGE.replace("DTS:ObjectName=\"Load\"/>", "DTS:ObjectName=\"Load\" DTS:Description=\"ssislint:allow load-prefix old\"/>"),
    )
    .expect("a file");
    let suppressed = run(folder.path(), &[".", "--format", "json"]).json();
    assert_eq!((suppressed["findings"].as_array().map(Vec::len), suppressed["summary"]["suppressed"].as_u64()), (Some(0), Some(1)), "{suppressed}");
    assert_eq!(findings(&run(folder.path(), &[".", "--select", "input", "--format", "json"])).len(), 0, "a rule that does not run is no mistake");
    fs::write(folder.path().join("Load.dtsx"), PACKAGE).expect("a file");
    assert_eq!(run(folder.path(), &["baseline", "write", "known.json", "."]).code, 0);
    let baselined = run(folder.path(), &[".", "--baseline", "known.json", "--format", "json"]).json();
    assert_eq!((baselined["findings"].as_array().map(Vec::len), baselined["summary"]["baselined"].as_u64()), (Some(0), Some(1)));
}

#[test]
fn every_format_tells_of_them() {
    let folder = project(&format!("select = ['custom']\nignore = ['input']\n{RULE}"));
    for format in ["human", "concise", "json", "jsonl", "sarif", "junit", "github", "gitlab", "azure", "msbuild", "checkstyle", "markdown"] {
        let out = run(folder.path(), &[".", "--format", format]).out;
        assert!(out.contains("load-prefix") && out.contains("bad name"), "{format}: {out}");
    }
    let log = run(folder.path(), &[".", "--format", "sarif"]).json();
    let rules = &log["runs"][0]["tool"]["driver"]["rules"];
    assert_eq!((&rules[0]["id"], rules.as_array().map(Vec::len)), (&Value::from("CUSTOM-load-prefix"), Some(1)));
    assert!(rules[0]["help"]["markdown"].as_str().is_some_and(|page| page.contains("rename it")));
    assert_eq!((&log["runs"][0]["results"][0]["ruleIndex"], &rules[0]["helpUri"]), (&Value::from(0), &Value::Null));
}

#[test]
fn a_rule_holds_for_the_projects_whose_configuration_has_it() {
    let folder = project("");
    for (name, text) in [
        ("base.toml", RULE.to_owned()),
        ("a/ssislint.toml", format!("extend = '../base.toml'\n[severity]\nload-prefix = 'error'\n{}", RULE.replace("load-prefix", "own-prefix"))),
        ("a/A.dtsx", PACKAGE.to_owned()),
    ] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let found = run(folder.path(), &[".", "--select", "own-prefix,load-prefix", "--format", "json"]);
    assert_eq!(findings(&found), ["error load-prefix", "warning own-prefix"], "{}", found.err);
    assert!(found.json()["findings"].as_array().is_some_and(|findings| findings.iter().all(|finding| finding["file"] == "a/A.dtsx")));
}

#[test]
fn secrets_stay_masked() {
    let rules = "select = ['custom']\n[rules.clear-text-secret]\nsecret-names = ['^kw_']\n\
        [[rule]]\nname = 'strings'\non = 'connection'\nwhen = 'true'\nmessage = '{this.connection_string}'\nhelp = 'h'\n\
        [[rule]]\nname = 'values'\non = 'variable'\nwhen = 'true'\nmessage = '{this.name} {this.value} {pkg.variables[0].value}'\nhelp = 'h'\n\
        [[rule]]\nname = 'guess'\non = 'package'\nwhen = \"this.variables.exists(v, v.value.startsWith('Ge' + 'heim')) || this.connection_managers[0].connection_string.contains('Ge' + 'heim')\"\nmessage = 'm'\nhelp = 'h'\n";
    let folder = project(rules);
    for format in ["human", "json", "sarif"] {
        let out = run(folder.path(), &[".", "--format", format]).out;
        assert!(out.contains("***") && !out.contains("Geheim"), "{format}: {out}");
    }
    assert_eq!(findings(&run(folder.path(), &[".", "--format", "json"])), ["warning strings", "warning values"]);
}

#[test]
fn a_condition_that_costs_too_much_is_given_up_and_said() {
    let tasks: String =
        (0..300).map(|n| format!("<DTS:Executable DTS:refId=\"Package\\T{n}\" DTS:ExecutableType=\"STOCK:SEQUENCE\" DTS:ObjectName=\"T{n}\"/>")).collect();
    let rule =
        RULE.replace("!this.name.startsWith('SEQ ')", "pkg.executables.all(a, pkg.executables.all(b, pkg.executables.all(c, a.name + b.name != c.name)))");
    let folder = project(&format!("select = ['custom']\n{rule}"));
    let package = PACKAGE.replace("<DTS:Executables>", &format!("<DTS:Executables>{tasks}"));
    fs::write(folder.path().join("Load.dtsx"), package).expect("a file");
    let run = run(folder.path(), &[".", "--format", "json"]);
    assert_eq!(run.code, 2);
    assert!(run.json()["errors"][0]["message"].as_str().is_some_and(|message| message.contains("`load-prefix` was given up")), "{}", run.out);
}

#[test]
fn mistakes_are_found_when_the_configuration_is_loaded() {
    let folder = project(&RULE.replace("this.name.", "this.nam."));
    fs::remove_file(folder.path().join("Load.dtsx")).expect("a file");
    let run = run(folder.path(), &["."]);
    assert_eq!(run.code, 2);
    assert!(run.err.starts_with("ssislint: ssislint.toml:4:15: unknown field `nam`, there are ") && run.err.contains("did you mean `name`?"), "{}", run.err);
}
