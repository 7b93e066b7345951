//! Runs the rules over projects and turns what they say into findings.

mod decrypted;
mod excerpt;
mod input;
mod outcome;
mod policy;
mod project;
mod settings;

pub use input::InputRule;
pub use outcome::Outcome;
pub use policy::{FileIgnore, OtherSeverity, Policy};
pub use project::{Linted, lint_project, with_project};
pub use settings::{Plan, Settings};

use rayon::prelude::*;

use crate::discover::{Discovery, Group};
use crate::{bug, source};

/// Lints every project that was discovered by the same settings, in parallel; the outcome does not depend on the number of threads.
#[must_use]
pub fn run(discovery: &Discovery, settings: &Settings) -> Outcome {
    lint_all(discovery, std::slice::from_ref(settings), &[], &[], &|| ())
}

/// Lints every project by its own settings, and calls `done` after each.
#[must_use]
pub fn run_plan(discovery: &Discovery, plan: &Plan, done: &(dyn Fn() + Sync)) -> Outcome {
    lint_all(discovery, &plan.settings, &plan.groups, &plan.problems, done)
}

/// `of_groups` and `of_problems` are indices of settings; the first ones where there is none.
fn lint_all(discovery: &Discovery, all: &[Settings], of_groups: &[usize], of_problems: &[usize], done: &(dyn Fn() + Sync)) -> Outcome {
    let of = |indices: &[usize], index: usize| indices.get(index).copied().filter(|settings| *settings < all.len()).unwrap_or(0);
    let groups = discovery.groups.par_iter().enumerate().map(|(index, group)| (of(of_groups, index), group));
    let lint = |(index, group)| {
        let outcome = guarded_group(group, &all[index], index);
        done();
        outcome
    };
    let mut outcome: Outcome = groups.map(lint).reduce(Outcome::default, Outcome::join);
    outcome.errors.extend(discovery.errors.iter().cloned());
    for (index, problem) in discovery.problems.iter().enumerate() {
        let index = of(of_problems, index);
        let findings = input::finding_of_problem(problem, &all[index]).into_iter().collect();
        outcome = outcome.join(decide(Outcome { findings, ..Outcome::default() }, &all[index], index));
    }
    for (index, settings) in all.iter().enumerate() {
        let mut findings = policy::useless_allowances(&outcome, settings, index);
        // Configurations that extend the same file share its entries.
        findings.retain(|finding| !outcome.findings.iter().any(|known| known.sort_key() == finding.sort_key()));
        outcome.take(findings, settings);
    }
    outcome.sort();
    outcome
}

/// A bug outside of single documents and rules costs the findings of this group only.
fn guarded_group(group: &Group, settings: &Settings, index: usize) -> Outcome {
    bug::guard(|| lint_group(group, settings, index)).unwrap_or_else(|bug| {
        let file = group.files.iter().find(|file| file.requested).map_or_else(|| group.root.display().to_string(), |file| file.display.clone());
        Outcome { errors: vec![bug.error(file, None)], ..Outcome::default() }
    })
}

fn lint_group(group: &Group, settings: &Settings, index: usize) -> Outcome {
    let loaded = source::load(group, &settings.source_limits, settings.stdin.as_deref());
    let complete = group.complete && loaded.problems.is_empty() && loaded.errors.is_empty();
    let linted = lint_project(&loaded.sources, complete, settings);
    let mut findings = linted.findings;
    let mut errors = loaded.errors;
    errors.extend(linted.errors);
    findings.extend(loaded.problems.iter().filter_map(|problem| input::finding_of_problem(problem, settings)));
    let files = group.files.iter().filter(|file| file.requested).count();
    decide(Outcome { findings, errors, files, packages: linted.packages, directives: linted.directives, ..Outcome::default() }, settings, index)
}

/// Applies what the team has decided about findings.
fn decide(mut outcome: Outcome, settings: &Settings, index: usize) -> Outcome {
    policy::apply(&mut outcome, settings, index);
    let findings = std::mem::take(&mut outcome.findings);
    outcome.take(findings, settings);
    outcome
}
