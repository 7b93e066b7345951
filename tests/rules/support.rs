//! Linting through the library, as the command line does it.

use std::fs;
use std::path::{Path, PathBuf};

use ssislint::discover::{self, Options};
use ssislint::finding::Finding;
use ssislint::lint::{self, Outcome, Settings};
use ssislint::rules::{self, Rule, RuleSet, Target, TargetSet};

pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn test_data(path: &str) -> PathBuf {
    repository().join("testdata").join(path)
}

/// All rules, pedantic ones included, on these targets.
pub(crate) fn all_rules(targets: &[Target]) -> Settings {
    settings(targets, rules::ALL.to_vec())
}

/// The default rules, and one more if it is none of them: advice of other rules would say something about almost any example.
pub(crate) fn default_rules_and(rule: &Rule, targets: &[Target]) -> Settings {
    let wanted = |candidate: &&&Rule| candidate.set == RuleSet::Default || candidate.name == rule.name;
    settings(targets, rules::ALL.iter().filter(wanted).copied().collect())
}

fn settings(targets: &[Target], rules: Vec<&'static Rule>) -> Settings {
    Settings { targets: TargetSet::of(targets), rules, ..Settings::default() }
}

/// Lints what is at the paths.
pub(crate) fn lint(paths: &[PathBuf], settings: &Settings) -> Outcome {
    lint::run(&discover::discover(paths, &Options::default()), settings)
}

/// Lints files that are on disk only for this, as one folder.
pub(crate) fn lint_texts(files: &[(String, String)], settings: &Settings) -> Outcome {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("a temporary file");
    }
    lint(&[folder.path().to_owned()], settings)
}

/// A folder as it is, a file alone: its neighbours are other cases, not its project.
pub(crate) fn lint_fixture(path: &Path, settings: &Settings) -> Outcome {
    if path.is_dir() {
        return lint(&[path.to_owned()], settings);
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::copy(path, folder.path().join(path.file_name().expect("a file name"))).expect("a copy");
    lint(&[folder.path().to_owned()], settings)
}

/// The targets on which a rule speaks.
pub(crate) fn targets_of(rule: &Rule) -> Vec<Target> {
    Target::ALL.into_iter().filter(|target| rule.severity.get(*target).is_some()).collect()
}

/// Where the reader of a rule's page is at home: the default targets on which it speaks, or else the first of its own. On others, rules about
/// those places (Fabric takes hardly any connection) would speak too.
pub(crate) fn home_targets(rule: &Rule) -> Vec<Target> {
    let own = targets_of(rule);
    let default: Vec<Target> = TargetSet::default().iter().filter(|target| own.contains(target)).collect();
    if default.is_empty() { own.into_iter().take(1).collect() } else { default }
}

/// Entries of a folder below the repository, sorted.
pub(crate) fn entries(folder: &Path) -> Vec<PathBuf> {
    let read = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut entries: Vec<PathBuf> = read.map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    entries
}

/// The last part of a path.
pub(crate) fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).expect("a name")
}

/// A finding on one line, for messages of failed tests.
pub(crate) fn line(finding: &Finding) -> String {
    format!("    {} {} {} {}: {}", finding.severity, finding.rule, finding.file, finding.object, finding.message)
}

/// Fails with all complaints at once.
pub(crate) fn assert_none(complaints: &[String]) {
    assert!(complaints.is_empty(), "{} disagreements:\n{}", complaints.len(), complaints.join("\n"));
}
