//! What the options of rules change.

use ssislint::lint::Settings;
use ssislint::rules::{self, Options};

use crate::support::{all_rules, lint_fixture, targets_of, test_data};

/// How many findings of the rule its fixture has under these options.
fn count(rule: &str, fixture: &str, options: &str) -> usize {
    let options: Options = toml::from_str(&format!("[{rule}]\n{options}\n")).expect("options");
    let settings = Settings { options, ..all_rules(&targets_of(rules::find(rule).expect("a rule"))) };
    let findings = lint_fixture(&test_data("rules").join(rule).join(fixture), &settings).findings;
    findings.iter().filter(|finding| finding.rule == rule).count()
}

#[test]
fn what_is_allowed_is_not_reported() {
    for (rule, allows, allows_other) in [
        ("user-key-level", "allowed-levels = ['EncryptSensitiveWithUserKey']", "allowed-levels = ['DontSaveSensitive']"),
        ("loopback-server", "allowed-hosts = ['LOCALHOST']", "allowed-hosts = ['.']"),
        ("provider-32bit-only", "allowed-providers = ['Microsoft.Jet.OLEDB']", "allowed-providers = ['MSDAORA']"),
        ("absolute-local-path", r"allowed-paths = ['d:/import']", r"allowed-paths = ['D:\Export\**']"),
        ("unc-path", r"allowed-paths = ['\\files01.*\import\*.csv']", r"allowed-paths = ['\\files01.*\*.csv']"),
        ("user-profile-path", r"allowed-paths = ['C:\Users\mlopez']", r"allowed-paths = ['C:\Users\svc']"),
        ("provider-not-on-azure", "allowed-providers = ['OraOLEDB']", "allowed-providers = ['MSOLEDBSQL19']"),
        ("azure-host-not-routable", "allowed-hosts = ['sql01']", "allowed-hosts = ['sql02', '*.example.com']"),
        ("clear-text-secret", "not-secret-names = ['^ApiToken$']", "not-secret-names = ['^Api$']"),
    ] {
        let generations =
            if rule == "clear-text-secret" { ["fires-variable-2008.dtsx", "fires-variable-2022.dtsx"] } else { ["fires-2008.dtsx", "fires-2022.dtsx"] };
        for fixture in generations {
            let plain = count(rule, fixture, "");
            assert!(plain > 0, "{rule} {fixture}");
            assert!(count(rule, fixture, allows) < plain, "{rule} {fixture}");
            assert_eq!(count(rule, fixture, allows_other), plain, "{rule} {fixture}");
        }
    }
}

#[test]
fn what_a_custom_setup_installs_is_not_missing() {
    for (rule, fixture, installed, other) in [
        ("third-party-component", "fires-task-2008.dtsx", "allowed-components = ['CozyRoc.']", "allowed-components = ['ZappySys.']"),
        ("third-party-component", "fires-component-2005.dtsx", "allowed-components = ['kingswaysoft.']", "allowed-components = ['CozyRoc.']"),
        ("azure-java-formats", "fires-parquet-file.dtsx", "java-installed = true", "java-installed = false"),
    ] {
        assert_eq!((count(rule, fixture, installed), count(rule, fixture, other)), (0, 1), "{rule} {fixture}");
    }
}

#[test]
fn levels_that_are_not_allowed_are_reported() {
    for fixture in ["silent-password-2008.dtsx", "silent-dont-save-sensitive-2022.dtsx"] {
        assert_eq!(count("user-key-level", fixture, "allowed-levels = ['EncryptAllWithPassword']"), 1, "{fixture}");
        assert_eq!(count("user-key-level", fixture, "allowed-levels = ['DontSaveSensitive', 'EncryptSensitiveWithPassword']"), 0, "{fixture}");
    }
}

#[test]
fn names_that_a_team_gives_its_secrets_are_known_and_their_values_hidden() {
    let options: Options = toml::from_str("[clear-text-secret]\nsecret-names = ['^kw_']\n").expect("options");
    let fixture = test_data("rules").join("clear-text-secret/fires-variable-2022.dtsx");
    let text = std::fs::read_to_string(fixture).expect("a fixture").replace("ApiToken", "KW_Mail");
    let files = [("Load.dtsx".to_owned(), text)];
    let found = |options: Options| {
        let rule = rules::find("clear-text-secret").expect("a rule");
        let settings = Settings { options, ..all_rules(&targets_of(rule)) };
        let findings = crate::support::lint_texts(&files, &settings).findings;
        findings.into_iter().filter(|finding| finding.rule == rule.name).collect::<Vec<_>>()
    };
    assert!(found(Options::default()).iter().all(|finding| !finding.object.contains("KW_Mail")));
    let with = found(options);
    assert!(with.iter().any(|finding| finding.object.contains("KW_Mail")));
    assert!(with.iter().all(|finding| finding.excerpt.as_ref().is_none_or(|excerpt| !excerpt.text.contains("Tr0ub4dor"))));
}
