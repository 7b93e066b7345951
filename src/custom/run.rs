//! Runs the rules of a team over a project.

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::Arc;

use serde_json::Value;

use super::Rule;
use super::evaluate::Evaluation;
use crate::finding::InputError;
use crate::inspect::{self, ObjectKind};
use crate::model::{Document, Project};
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
    let kinds: BTreeSet<ObjectKind> = rules.iter().map(|rule| rule.on).collect();
    let file = LazyCell::new(|| project.file().map_or(Value::Null, |(document, _)| shown(document, secrets)));
    for (index, document) in project.documents.iter().enumerate().filter(|(_, document)| document.requested) {
        let package = LazyCell::new(|| document.package().map_or(Value::Null, |_| shown(document, secrets)));
        for kind in &kinds {
            for mut object in inspect::objects(document, *kind) {
                mask(&mut object.fields, secrets);
                let names: [&dyn Deref<Target = Value>; 3] = [&&object.fields, &package, &file];
                for rule in rules.iter().filter(|rule| rule.on == *kind) {
                    outcome.judge(rule, index, document, &object, &names[..rule.names()]);
                }
            }
        }
    }
    outcome
}

impl Rule {
    /// How many outer names its conditions know.
    const fn names(&self) -> usize {
        if self.on.has_package() { 3 } else { 1 }
    }
}

impl<'r> Outcome<'r> {
    fn judge<'v>(&mut self, rule: &'r Rule, index: usize, document: &Document<'_>, object: &inspect::Object, names: &'v [&'v dyn Deref<Target = Value>])
    where
        'r: 'v,
    {
        let mut evaluation = Evaluation::new(names);
        match evaluation.holds(&rule.when) {
            Ok(false) => {}
            Ok(true) => {
                let report = Report::new(&*object.path, object.span, rule.message.fill(&mut evaluation));
                self.reports.push((rule, index, report.help(&*rule.help)));
            }
            Err(_) => self.errors.push(InputError {
                file: document.file.to_string(),
                message: format!("the rule `{}` was given up on {}: its condition takes too many steps", rule.name, object.path),
            }),
        }
    }
}

fn shown(document: &Document<'_>, secrets: &SecretNames) -> Value {
    let mut fields = inspect::document(document).unwrap_or_default();
    mask(&mut fields, secrets);
    fields
}

/// What stands in for a secret.
const MASK: &str = "***";

/// Masks what only the team knows to be secret, by its name.
fn mask(fields: &mut Value, secrets: &SecretNames) {
    match fields {
        Value::Array(elements) => elements.iter_mut().for_each(|element| mask(element, secrets)),
        Value::Object(fields) => {
            let own = |fields: &serde_json::Map<String, Value>| {
                let name = fields.get("name")?.as_str()?;
                Some(secrets.may_be_secret(name.rsplit(['.', ':']).next().unwrap_or(name)))
            };
            let is_secret = own(fields).unwrap_or(false);
            for (name, value) in fields {
                match value {
                    Value::String(text) if !text.is_empty() && (is_secret && matches!(name.as_str(), "value" | "expression")) => *value = MASK.into(),
                    Value::Object(entries) if name == "expressions" => {
                        entries.iter_mut().filter(|(property, _)| secrets.may_be_secret(property)).for_each(|(_, expression)| *expression = MASK.into())
                    }
                    other => mask(other, secrets),
                }
            }
        }
        _ => {}
    }
}
