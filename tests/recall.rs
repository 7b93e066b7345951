//! Plants one fault into a clean package and demands exactly that finding: in both generations, at any depth, however it is written.

mod random;
mod recall {
    pub(crate) mod classes;
    pub(crate) mod edit;
    pub(crate) mod flow;
    pub(crate) mod managers;
    pub(crate) mod plant;
    pub(crate) mod plantings;
    pub(crate) mod project;
    pub(crate) mod vary;
}

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use random::Random;
use rayon::prelude::*;
use recall::plant::Plant;
use recall::plantings::{ALL, Base, PROJECT, Planting, plantings};
use recall::project::{Project, Shape};
use recall::vary::vary;
use ssislint::discover::{self, Options};
use ssislint::finding::{Finding, Severity};
use ssislint::lint::{self, Outcome, Settings};
use ssislint::rules::{self, Rule, RuleSet, Target, TargetSet};

const VARIANTS: u64 = 20;

/// Default rules for which nothing is planted, and why.
const NOT_PLANTED: &[(&str, &str)] = &[("expired-suppression", "speaks of ssislint.toml, which no package holds: tests/suppress.rs")];

#[test]
fn every_planted_fault_is_found_and_nothing_else() {
    let only = std::env::var("SSISLINT_PLANT").ok();
    let wanted = |planting: &&'static Planting| only.as_deref().is_none_or(|name| planting.rule == name);
    let all: Vec<(&Planting, u64)> = plantings().filter(wanted).flat_map(|planting| (0..VARIANTS).map(move |variant| (planting, variant))).collect();
    let complaints: Vec<String> = all.par_iter().filter_map(|(planting, variant)| complaint(planting, *variant)).collect();
    assert!(complaints.is_empty(), "{} of {} plantings:\n{}", complaints.len(), all.len(), complaints.join("\n"));
}

/// Nothing is found when nothing is planted, however it is written; else the plantings would prove nothing.
#[test]
fn clean_packages_stay_clean_in_other_spellings() {
    const NOTHING: [Planting; 3] = [
        Planting { rule: "loopback-server", bases: ALL, plant: |_| {} },
        Planting { rule: "loopback-server", bases: ALL, plant: |plant| plant.project.come_as(Shape::Folder) },
        Planting { rule: "loopback-server", bases: &[PROJECT], plant: |plant| plant.project.come_as(Shape::Archive) },
    ];
    let complaints: Vec<String> = NOTHING.iter().flat_map(|nothing| (0..2 * VARIANTS).flat_map(move |variant| loud(nothing, variant))).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

fn loud(planting: &Planting, variant: u64) -> Vec<String> {
    let outcome = lint_planted(planting, variant).1;
    let errors = outcome.errors.iter().map(|error| format!("{error:?}"));
    outcome.findings.iter().filter(|finding| finding.severity >= Severity::Warning).map(line).chain(errors).collect()
}

#[test]
fn every_default_rule_is_planted_or_has_a_reason() {
    let default: BTreeSet<&str> = rules::ALL.iter().filter(|rule| rule.set == RuleSet::Default).map(|rule| rule.name).collect();
    let planted: BTreeSet<&str> = plantings().map(|planting| planting.rule).collect();
    let reasoned: BTreeSet<&str> = NOT_PLANTED.iter().map(|(rule, _)| *rule).collect();
    let both: Vec<_> = planted.intersection(&reasoned).collect();
    assert!(both.is_empty(), "planted in spite of the reason: {both:?}");
    let covered: BTreeSet<&str> = planted.union(&reasoned).copied().collect();
    let missing: Vec<_> = default.difference(&covered).collect();
    assert!(missing.is_empty(), "in tests/recall/plantings/mod.rs nothing is planted for {missing:?}, and NOT_PLANTED gives no reason");
    let unknown: Vec<_> = covered.difference(&default).collect();
    assert!(unknown.is_empty(), "planted are default rules only, for other rules would speak of what the clean packages hold: {unknown:?}");
}

fn complaint(planting: &Planting, variant: u64) -> Option<String> {
    let (base, outcome) = lint_planted(planting, variant);
    let (own, others): (Vec<&Finding>, Vec<&Finding>) = outcome.findings.iter().partition(|finding| finding.rule == planting.rule);
    let loud: Vec<String> = others.into_iter().filter(|finding| finding.severity >= Severity::Warning).map(line).collect();
    if own.len() == 1 && loud.is_empty() && outcome.errors.is_empty() {
        return None;
    }
    let own: Vec<String> = own.into_iter().map(line).collect();
    let errors = &outcome.errors;
    Some(format!("{} variant {variant} in {}: found {own:?}, also {loud:?} {errors:?}", planting.rule, base.folder))
}

fn lint_planted(planting: &Planting, variant: u64) -> (&'static Base, Outcome) {
    let turn = usize::try_from(variant).expect("small");
    let base = &planting.bases[turn % planting.bases.len()];
    let folder = [env!("CARGO_MANIFEST_DIR"), "testdata", "clean", base.folder].iter().collect::<PathBuf>();
    let text = std::fs::read_to_string(folder.join(base.file)).expect("a clean package");
    let mut random = Random::new(variant);
    let mut plant = Plant::new(&text, base.form, Project::new(folder.clone()), turn, &mut random);
    (planting.plant)(&mut plant);
    let (text, project) = plant.finish();
    let settings = Settings { targets: home_targets(rules::find(planting.rule).expect("a rule")), ..Settings::default() };
    let outcome = match project.shape {
        Shape::Package => lint_package(folder.join(base.file), vary(&text, &mut random), settings, &format!("{}-{variant}", planting.rule)),
        Shape::Folder | Shape::Archive => lint_files(&project.files(base.file, text, &mut random), &settings),
    };
    (base, outcome)
}

/// A package in place of the one that is there, in the project that is there.
fn lint_package(path: PathBuf, bytes: Vec<u8>, settings: Settings, name: &str) -> Outcome {
    if std::env::var_os("SSISLINT_PLANT").is_some() {
        let kept = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.dtsx"));
        std::fs::write(kept, &bytes).expect("it is kept");
    }
    let settings = Settings { stdin: Some(Arc::from(bytes)), ..settings };
    let discovery = discover::discover(&["-".into()], &Options { stdin_filename: Some(path), ..Options::default() });
    lint::run(&discovery, &settings)
}

/// A project of its own.
fn lint_files(files: &[(String, Vec<u8>)], settings: &Settings) -> Outcome {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).expect("a temporary file");
    }
    lint::run(&discover::discover(&[folder.path().to_owned()], &Options::default()), settings)
}

/// The default targets on which a rule speaks, or else the first of its own.
fn home_targets(rule: &Rule) -> TargetSet {
    let speaks = |target: &Target| rule.severity.get(*target).is_some();
    let default: Vec<Target> = TargetSet::default().iter().filter(speaks).collect();
    TargetSet::of(&if default.is_empty() { Target::ALL.into_iter().filter(speaks).take(1).collect() } else { default })
}

fn line(finding: &Finding) -> String {
    format!("{} {} {}: {}", finding.severity, finding.rule, finding.object, finding.message)
}
