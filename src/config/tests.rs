use std::path::Path;

use super::*;
use crate::finding::Severity;
use crate::model::ProtectionLevel;

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    folder
}

/// What is said of a file with this text, after its name.
fn mistake(text: &str) -> String {
    let folder = folder(&[("ssislint.toml", text)]);
    let error = load(&folder.path().join("ssislint.toml")).expect_err("a mistake").to_string();
    error.split_once("ssislint.toml:").map_or(error.clone(), |(_, rest)| rest.to_owned())
}

#[test]
fn every_key_is_read() {
    let folder = folder(&[(
        "ssislint.toml",
        "targets = [\"agent\", \"azure-ssis\"]\nselect = [\"all\"]\nignore = [\"unc-path\"]\nexclude = [\"old/**\"]\nfail-on = \"error\"\nmin-severity = \"info\"\n\
         [per-file-ignores]\n\"legacy/**\" = [\"path\"]\n[severity]\nloopback-server = \"off\"\n[rules.user-key-level]\nallowed-levels = [\"EncryptSensitiveWithUserKey\"]\n\
         [[allow]]\nrule = \"unc-path\"\nreason = \"x\"\nuntil = 2027-01-31\n",
    )]);
    let config = load(&folder.path().join("ssislint.toml")).expect("valid").config;
    assert_eq!(config.targets, Some(vec![Target::Agent, Target::AzureSsis]));
    assert_eq!(config.severity["loopback-server"], Level::Off);
    assert_eq!(config.allow.len(), 1);
    assert!(config.rules.user_key_level.allowed_levels.contains(&ProtectionLevel::EncryptSensitiveWithUserKey));
}

#[test]
fn mistakes_say_where_and_what_may_have_been_meant() {
    for (text, said) in [
        ("selekt = [\"all\"]\n", "1:1: unknown key `selekt`, expected one of"),
        ("selekt = [\"all\"]\n", "did you mean `select`?"),
        ("\nfail-on = 3\n", "2:11: expected a string"),
        ("fail-on = \"eror\"\n", "1:11: unknown value `eror`"),
        ("fail-on = \"eror\"\n", "did you mean `error`?"),
        ("targets = [\"agent\", \"azure\"]\n", "did you mean `azure-ssis`?"),
        (
            "ignore = [\n  \"unc-path\",\n  \"loopback-serve\",\n]\n",
            "3:3: `loopback-serve` is no rule, id, category or set of rules; did you mean `loopback-server`?",
        ),
        ("[severity]\n\nunc-paht = \"off\"\n", "3:1: `unc-paht` is no rule"),
        ("[per-file-ignores]\n\"a/**\" = [\"nothing\"]\n", "2:11: `nothing` is no rule"),
        ("[per-file-ignores]\n\"a[\" = [\"path\"]\n", "2:1: `a[` is no glob: "),
        ("exclude = [\"{\"]\n", "1:12: `{` is no glob: "),
        (
            "[[allow]]\nrule = \"unc-path\"\nreason = \"x\"\n[[allow]]\nrule = \"unc-path\"\nreason = \" \"\n",
            "5:8: the [[allow]] of `unc-path` has an empty reason",
        ),
        ("[[allow]]\nrule = \"unc-path\"\n", "missing key `reason`"),
        ("[[allow]]\nrule = \"uncpath\"\nreason = \"x\"\n", "2:8: `uncpath` is no rule"),
        ("[[allow]]\nrule = \"unc-path\"\nreason = \"x\"\nuntil = 12:00:00\n", "is no date"),
        ("[[allow]]\nrule = \"unc-path\"\nreason = \"x\"\nuntil = \"2027-01-31\"\n", "4:9: "),
        ("[rules.unc-pat]\nallowed-paths = []\n", "1:8: unknown key `unc-pat`"),
        ("[rules.unc-path]\nallowed-path = []\n", "2:1: unknown key `allowed-path`, expected `allowed-paths`; did you mean `allowed-paths`?"),
        ("[rules.clear-text-secret]\nsecret-names = [\"ok\", \"(\"]\n", "2:23: `(` is no regular expression: unclosed group"),
        ("[rules.excel-parallel]\nallowed-paths = []\n", "1:8: the rule `excel-parallel` has no options"),
        ("[rules.user-key-level]\nallowed-levels = [\"DontSaveSensitve\"]\n", "2:19: unknown value `DontSaveSensitve`"),
        ("[rules.user-key-level]\nallowed-levels = [\"DontSaveSensitve\"]\n", "did you mean `DontSaveSensitive`?"),
        ("select = [\n", "1:11: unclosed array"),
    ] {
        assert!(mistake(text).contains(said), "{text}: {} does not contain {said}", mistake(text));
    }
}

#[test]
fn errors_are_one_line() {
    assert!(!mistake("a = \"\"\"\nx\ny\n").contains('\n'), "errors are one line");
}

/// A `[[rule]]` on packages with this line for its condition.
fn rule(name: &str, when: &str) -> String {
    format!("[[rule]]\nname = '{name}'\non = 'package'\n{when}\nmessage = 'm'\nhelp = 'h'\n")
}

#[test]
fn mistakes_in_rules_are_found_where_they_stand() {
    let valid = "when = 'true'";
    for (text, said) in [
        (rule("my-rule", "when = 'this.nam == 1'"), "4:14: unknown field `nam`"),
        (rule("my-rule", r#"when = "'\\\\' + '\u00e4' == this.nam""#), "4:35: unknown field `nam`"),
        (rule("my-rule", "when = '''\nthis.name == 'x' &&\n  this.nam == 'y'\n'''"), "6:8: unknown field `nam`"),
        (rule("my-rule", "when = '''\r\nthis.name == 'x' &&\r\n  this.nam == 'y'\r\n'''"), "6:8: unknown field `nam`"),
        (rule("my-rule", "when = \"\"\"this.name == 'x' \\\n   && this.nam == 'y'\"\"\""), "5:12: unknown field `nam`"),
        (rule("my-rule", "when = 'size(this.name)'"), "4:8: a condition must be a Boolean, and this is a number"),
        (rule("my-rule", valid).replace("'m'", "'{this.nme}'"), "5:18: unknown field `nme`"),
        (rule("my-rule", valid).replace("'package'", "'packages'"), "3:6: unknown value `packages`"),
        (rule("my-rule", valid).replace("'package'", "'packages'"), "did you mean `package`?"),
        (rule("my-rule", valid).replace("help =", "helps ="), "did you mean `help`?"),
        (rule("my-rule", valid).replace("help = 'h'", ""), "missing key `help`"),
        (rule("My Rule", valid), "2:8: the name of a rule is in kebab-case"),
        (rule("unc-path", valid), "2:8: there is a built-in rule `unc-path`"),
        (format!("{}{}", rule("one", valid), rule("one", valid)), "8:8: there is another [[rule]] `one`"),
        (format!("ignore = ['my-rul']\n{}", rule("my-rule", valid)), "1:11: `my-rul` is no rule, id, category or set of rules; did you mean `my-rule`?"),
    ] {
        assert!(mistake(&text).contains(said), "{text}: {} does not contain {said}", mistake(&text));
    }
    let words = "select = ['custom', 'CUSTOM-my-rule']\nignore = ['my-rule']\n[severity]\nmy-rule = 'off'\n[per-file-ignores]\n'a' = ['my-rule']\n[[allow]]\nrule = 'my-rule'\nreason = 'r'\n";
    let folder = folder(&[
        ("ssislint.toml", &format!("{words}{}", rule("my-rule", valid))),
        ("own.toml", &format!("extend = 'ssislint.toml'\nignore = ['my-rule', 'other']\n{}", rule("other", valid))),
        ("twice.toml", &format!("extend = 'ssislint.toml'\n{}", rule("my-rule", valid))),
    ]);
    let names = |file: &str| load(&folder.path().join(file)).map(|loaded| loaded.custom().map(|rule| rule.name().to_owned()).collect::<Vec<_>>());
    assert_eq!(names("ssislint.toml").expect("valid"), ["my-rule"]);
    assert_eq!(names("own.toml").expect("valid"), ["my-rule", "other"]);
    assert!(names("twice.toml").expect_err("twice").to_string().contains("twice.toml:3:8: there is another [[rule]] `my-rule`"));
    let loaded = load(&folder.path().join("own.toml")).expect("valid");
    assert_eq!(loaded.config.rule.len(), 2);
    assert!(loaded.with("severity.my-rule=error").is_ok());
}

#[test]
fn keys_are_set_one_by_one() {
    let set = |assignment: &str| Loaded::default().with(assignment);
    let loaded = set("fail-on=error").and_then(|loaded| loaded.with("targets=[\"fabric\"]")).and_then(|loaded| loaded.with("severity.unc-path=off"));
    let config = loaded.expect("valid").config;
    assert_eq!((config.fail_on, config.targets), (Some(Severity::Error), Some(vec![Target::Fabric])));
    assert_eq!(config.severity["unc-path"], Level::Off);
    assert!(set("rules.loopback-server.allowed-hosts=[\".\"]").is_ok());
    for (assignment, said) in [
        ("fail-on=never", "unknown value `never`"),
        ("nonsense", "is not KEY=VALUE"),
        ("fail=error", "did you mean `fail-on`?"),
        ("select=[\"unc-paht\"]", "did you mean `unc-path`?"),
        ("fail-on=\"a\"\nselect=[]", "unknown value"),
        ("extend=a.toml", "files extend each other"),
    ] {
        let error = set(assignment).map(|_| ()).expect_err("a mistake");
        assert!(error.contains(said), "{assignment}: {error}");
    }
}

#[test]
fn a_file_holds_where_it_lies_and_below_up_to_the_repository() {
    let folder =
        folder(&[("ssislint.toml", ""), ("a/.git/HEAD", ""), ("b/c/x", ""), ("d/.ssislint.toml", ""), ("e/ssislint.toml", ""), ("e/.ssislint.toml", "")]);
    let mut finder = Finder::default();
    let mut find = |path: &str| finder.find(&folder.path().join(path)).map(|file| file.strip_prefix(folder.path()).expect("below").to_owned());
    assert_eq!(find("b/c/missing/x.dtsx"), Some("ssislint.toml".into()));
    assert_eq!(find("b/c/x"), Some("ssislint.toml".into()));
    assert_eq!(find("a"), None);
    assert_eq!(find("d"), Some("d/.ssislint.toml".into()));
    assert_eq!(find("e"), Some("e/ssislint.toml".into()));
}

#[test]
fn files_extend_others_and_never_themselves() {
    let folder = folder(&[
        (
            "shared/base.toml",
            "ignore = [\"unc-path\"]\nfail-on = \"error\"\n[severity]\npath = \"info\"\n[rules.unc-path]\nallowed-paths = ['X:/a']\n[rules.loopback-server]\nallowed-hosts = ['.']\n[[allow]]\nrule = \"path\"\nreason = \"r\"\n",
        ),
        ("ssislint.toml", "extend = \"shared/base.toml\"\nfail-on = \"info\"\n[severity]\nunc-path = \"off\"\n[rules.SSIS0302]\nallowed-paths = []\n"),
        ("one.toml", "extend = \"two.toml\"\n"),
        ("two.toml", "extend = \"./one.toml\"\n"),
        ("lost.toml", "extend = \"nowhere.toml\"\n"),
        ("bad.toml", "extend = \"worse.toml\"\n"),
        ("worse.toml", "\n\nselekt = 1\n"),
    ]);
    let load = |name: &str| load(&folder.path().join(name));
    let loaded = load("ssislint.toml").expect("valid");
    assert_eq!((loaded.config.fail_on, loaded.config.ignore), (Some(Severity::Info), Some(vec!["unc-path".to_owned()])));
    assert_eq!(loaded.config.severity.len(), 2);
    let options = &loaded.config.rules;
    assert!(options.loopback_server.allowed_hosts.matches(".") && !options.unc_path.allowed_paths.matches("X:/a"), "an empty list takes away");
    let folders: Vec<&Path> = loaded.layers.iter().map(|layer| layer.folder.as_path()).collect();
    assert_eq!(folders, [folder.path(), &folder.path().join("shared")], "globs are relative to the file that they stand in");
    assert_eq!((loaded.layers[0].inherited, loaded.layers[1].inherited), (false, true));
    assert_eq!(loaded.layers[1].location_of_allow(0).line, 10);
    assert!(matches!(load("one.toml"), Err(ConfigError::Circle(_))));
    assert!(load("lost.toml").expect_err("lost").to_string().contains("nowhere.toml"));
    assert!(load("bad.toml").expect_err("bad").to_string().contains("worse.toml:3:1: "), "the file with the mistake is named");
}

#[test]
fn the_schema_that_is_checked_in_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/ssislint-config.schema.json");
    let fresh = format!("{}\n", serde_json::to_string_pretty(&Config::schema()).expect("JSON"));
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(&path, &fresh).expect("a file");
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap_or_default().replace('\r', ""), fresh, "run with UPDATE_SCHEMA=1 to refresh");
}

#[test]
fn the_schema_and_the_reader_agree() {
    let validator = jsonschema::validator_for(&Config::schema()).expect("a schema");
    for (text, valid) in [
        ("select = [\"all\"]\n[rules.unc-path]\nallowed-paths = ['x']\n[[allow]]\nrule = \"path\"\nreason = \"r\"\n", true),
        ("selekt = []\n", false),
        ("[rules.unc-path]\nallowed-path = ['x']\n", false),
        ("[[allow]]\nrule = \"path\"\n", false),
        ("[severity]\npath = \"loud\"\n", false),
    ] {
        let table: toml::Table = toml::from_str(text).expect("TOML");
        let value = serde_json::to_value(table).expect("JSON");
        assert_eq!((validator.is_valid(&value), parse(text).is_ok()), (valid, valid), "{text}");
    }
}
