//! The clean projects stay clean; the demo shows what it is there to show, in whatever form it is linted.

use std::collections::BTreeSet;
use std::path::PathBuf;

use ssislint::finding::Finding;
use ssislint::lint::Outcome;
use ssislint::rules::Target;

use crate::support::{all_rules, assert_none, line, lint, test_data};

/// What rules say of the clean projects because of what these are there to show: a generation, a way to log in.
#[rustfmt::skip]
const INHERENT: &[(&str, &str)] = &[
    ("old-format", "Archive2005"),
    ("old-format", "Archive2008"),
    ("script-runtime-version", "Archive2005"),
    ("script-runtime-version", "Archive2008"),
    ("author-identity", "clean"),
    ("integrated-security", "clean"),
    ("relative-path", "Archive"),
    ("endpoint-not-parameterised", "Warehouse"),
    ("no-logging", "Archive"),
];

/// Every rule, advice included. Not for Fabric, which takes no project connections, no project references and no Windows accounts.
#[test]
fn nothing_is_found_in_clean_projects() {
    let targets = [Target::Agent, Target::Ssisdb, Target::AzureSsis, Target::Sql2022, Target::Sql2025];
    let outcome = lint(&[test_data("clean")], &all_rules(&targets));
    assert!(outcome.packages >= 5 && outcome.errors.is_empty());
    let inherent = |finding: &&Finding| INHERENT.iter().any(|(rule, file)| finding.rule == *rule && finding.file.file.contains(file));
    assert_none(&outcome.findings.iter().filter(|finding| !inherent(finding)).map(line).collect::<Vec<_>>());
}

fn demo(paths: &[&str]) -> Outcome {
    let paths: Vec<PathBuf> = paths.iter().map(|path| test_data("demo").join(path)).collect();
    lint(&paths, &all_rules(&[Target::Agent, Target::Ssisdb]))
}

/// The risks that the demo shows, each by the rules that see it.
const RISKS: [&[&str]; 6] = [
    &["user-key-ciphertext"],
    &["unresolved-connection", "provider-32bit-only", "loopback-server"],
    &["temp-table-lost"],
    &["user-profile-path", "absolute-local-path"],
    &["registry-configuration"],
    &["excel-parallel"],
];

#[test]
fn the_demo_shows_every_risk() {
    let outcome = demo(&[""]);
    let found: BTreeSet<&str> = outcome.findings.iter().map(|finding| &*finding.rule).collect();
    let wanted = RISKS.iter().copied().flatten();
    let missing: Vec<_> = wanted.filter(|name| !found.contains(*name)).collect();
    assert!(missing.is_empty(), "missing: {missing:?}");
}

/// What makes a finding the same in a file and in an archive.
fn identities<'o>(findings: impl IntoIterator<Item = &'o Finding>) -> BTreeSet<(&'o str, String, String, String)> {
    let identity = |finding: &'o Finding| (&*finding.rule, finding.file.name().to_owned(), finding.object.clone(), finding.fingerprint.clone());
    findings.into_iter().map(identity).collect()
}

#[test]
fn folder_project_file_and_archive_give_the_same_findings() {
    let folder = demo(&[""]);
    let project: Vec<&Finding> = folder.findings.iter().filter(|finding| !finding.file.file.contains("legacy")).collect();
    assert!(project.len() >= 6);
    let expected = identities(project.iter().copied());
    assert_eq!(expected.len(), project.len(), "fingerprints tell findings apart");
    assert_eq!(identities(&demo(&["Demo.dtproj"]).findings), expected);
    assert_eq!(identities(&demo(&["bin/Development/Demo.ispac"]).findings), expected);
}

#[test]
fn a_single_package_gives_its_findings_as_in_its_project() {
    let folder = demo(&[""]);
    for package in ["NightlyLoad.dtsx", "SendReport.dtsx", "Staging Area.conmgr", "legacy/LegacyImport.dtsx"] {
        let alone = demo(&[package]);
        let own = folder.findings.iter().filter(|finding| finding.file.file.ends_with(package));
        assert!(!alone.findings.is_empty(), "{package}");
        assert_eq!(identities(&alone.findings), identities(own), "{package}");
    }
}
