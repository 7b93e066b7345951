//! Runs the rules of a team over a project.

use std::cell::{Cell, LazyCell};
use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::Arc;

use serde_json::Value;

use super::Rule;
use super::evaluate::{Evaluation, STEPS};
use crate::finding::InputError;
use crate::inspect::{self, ObjectKind};
use crate::masks::Masks;
use crate::model::Project;
use crate::rules::Report;
use crate::rules::options::SecretNames;

/// What the rules said.
#[derive(Debug, Default)]
pub struct Outcome<'r> {
    /// What was found, with the rule and the index of the document.
    pub reports: Vec<(&'r Rule, usize, Report)>,
    /// Conditions that were given up.
    pub errors: Vec<InputError>,
}

/// Runs every rule over the requested documents of a project. `secrets` is what the team calls its secrets.
#[must_use]
pub fn run<'r>(rules: &'r [Arc<Rule>], project: &Project<'_>, secrets: &SecretNames) -> Outcome<'r> {
    let mut outcome = Outcome::default();
    if rules.is_empty() {
        return outcome;
    }
    let masks = Masks::of_names(secrets);
    let shown = |document| inspect::document(document, &masks).unwrap_or_default();
    let kinds: BTreeSet<ObjectKind> = rules.iter().map(|rule| rule.on).collect();
    let file = LazyCell::new(|| project.file().map_or(Value::Null, |(document, _)| shown(document)));
    for (index, document) in project.documents.iter().enumerate().filter(|(_, document)| document.requested) {
        let package = LazyCell::new(|| document.package().map_or(Value::Null, |_| shown(document)));
        let steps: Vec<Cell<u64>> = rules.iter().map(|_| Cell::new(STEPS)).collect();
        for kind in &kinds {
            for object in inspect::objects(document, *kind, &masks) {
                let names: [&dyn Deref<Target = Value>; 3] = [&&object.fields, &package, &file];
                for (rule, left) in rules.iter().zip(&steps).filter(|(rule, left)| rule.on == *kind && left.get() > 0) {
                    let report = rule.judge(&object, Evaluation::new(&names[..rule.names()], left));
                    outcome.reports.extend(report.map(|report| (&**rule, index, report)));
                }
            }
        }
        let given_up = rules.iter().zip(steps).filter(|(_, left)| left.get() == 0).map(|(rule, _)| InputError {
            file: document.file.to_string(),
            message: format!("the rule `{}` was given up: its condition takes too many steps", rule.name),
        });
        outcome.errors.extend(given_up);
    }
    outcome
}

impl Rule {
    /// How many outer names its conditions know.
    const fn names(&self) -> usize {
        if self.on.has_package() { 3 } else { 1 }
    }

    fn judge<'v>(&'v self, object: &inspect::Object, mut evaluation: Evaluation<'v>) -> Option<Report> {
        let report = |message| Report::new(&*object.path, object.span, message).help(&*self.help);
        evaluation.holds(&self.when).then(|| report(self.message.fill(&mut evaluation)))
    }
}
