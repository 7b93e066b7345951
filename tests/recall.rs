//! Plants one fault into a clean package and demands exactly that finding: in both generations, at any depth, however it is written.

#![allow(clippy::print_stderr, reason = "says which rules nothing is planted for")]

mod random;
mod recall {
    pub(crate) mod plant;
    pub(crate) mod plantings;
    pub(crate) mod vary;
}

use std::path::PathBuf;
use std::sync::Arc;

use random::Random;
use rayon::prelude::*;
use recall::plant::Plant;
use recall::plantings::{Base, PLANTINGS, Planting};
use recall::vary::vary;
use ssislint::discover::{self, Options};
use ssislint::finding::{Finding, Severity};
use ssislint::lint::{self, Outcome, Settings};
use ssislint::rules::{self, Rule, RuleSet, Target, TargetSet};

const VARIANTS: u64 = 20;

/// How many default rules have no planting yet. Only to be lowered.
const WITHOUT_PLANTING: usize = 55;

#[test]
fn every_planted_fault_is_found_and_nothing_else() {
    let only = std::env::var("SSISLINT_PLANT").ok();
    let wanted = |planting: &&Planting| only.as_deref().is_none_or(|name| planting.rule == name);
    let all: Vec<(&Planting, u64)> = PLANTINGS.iter().filter(wanted).flat_map(|planting| (0..VARIANTS).map(move |variant| (planting, variant))).collect();
    let complaints: Vec<String> = all.par_iter().filter_map(|(planting, variant)| complaint(planting, *variant)).collect();
    assert!(complaints.is_empty(), "{} of {} plantings:\n{}", complaints.len(), all.len(), complaints.join("\n"));
}

/// Nothing is found when nothing is planted, however it is written; else the plantings would prove nothing.
#[test]
fn clean_packages_stay_clean_in_other_spellings() {
    const NOTHING: Planting = Planting { rule: "loopback-server", bases: recall::plantings::ALL, plant: |_| {} };
    let found = |variant: u64| {
        let outcome = lint_planted(&NOTHING, variant).1;
        outcome.findings.iter().filter(|finding| finding.severity >= Severity::Warning).map(line).collect::<Vec<_>>()
    };
    let complaints: Vec<String> = (0..2 * VARIANTS).flat_map(found).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn plantings_become_more() {
    let default = || rules::ALL.iter().filter(|rule| rule.set == RuleSet::Default);
    let missing: Vec<&str> = default().map(|rule| rule.name).filter(|name| PLANTINGS.iter().all(|planting| planting.rule != *name)).collect();
    eprintln!("{} of {} default rules have no planting: {}", missing.len(), default().count(), missing.join(", "));
    assert_eq!(missing.len(), WITHOUT_PLANTING, "lower the number when there are fewer; plant something for a new rule");
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
    let base = &planting.bases[usize::try_from(variant).expect("small") % planting.bases.len()];
    let path = [env!("CARGO_MANIFEST_DIR"), "testdata", "clean", base.folder, base.file].iter().collect::<PathBuf>();
    let text = std::fs::read_to_string(&path).expect("a clean package");
    let mut random = Random::new(variant);
    let mut plant = Plant::new(&text, base.form, &mut random);
    (planting.plant)(&mut plant);
    let text = plant.finish();
    let bytes = vary(&text, &mut random);
    if std::env::var_os("SSISLINT_PLANT").is_some() {
        let kept = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-{variant}.dtsx", planting.rule));
        std::fs::write(kept, &bytes).expect("it is kept");
    }
    let rule = rules::find(planting.rule).expect("a rule");
    let settings = Settings { targets: home_targets(rule), stdin: Some(Arc::from(bytes)), ..Settings::default() };
    let discovery = discover::discover(&["-".into()], &Options { stdin_filename: Some(path), ..Options::default() });
    (base, lint::run(&discovery, &settings))
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
