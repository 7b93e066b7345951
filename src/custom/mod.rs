//! Rules that teams write themselves, without code: `[[rule]]` in `ssislint.toml`.
//!
//! A rule says which objects it looks at and, in CEL, on which condition it speaks. Conditions see the fields that `inspect --format json` shows, with
//! secrets masked, and are checked against the types of those fields when the configuration is loaded, so that no package can make one fail.

mod calls;
mod compile;
mod evaluate;
mod run;
mod template;
mod term;
#[cfg(test)]
mod tests;
mod types;
mod value;

pub use run::{Outcome, run};

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::finding::Severity;
use crate::inspect::ObjectKind;
use crate::rules::select::{custom_id, is_word};
use crate::rules::{self, Category, Described, RuleSet, Severities, Target};
use compile::{Names, compile, did_you_mean};
use template::Template;
use term::Term;
use types::Type;

/// A `[[rule]]` as written.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Definition {
    /// Its name in kebab-case, as `connection-prefix`; it must not be that of a built-in rule.
    pub name: String,
    /// What it looks at.
    pub on: ObjectKind,
    /// The condition on which it speaks, in CEL: `this` is the object, `pkg` its package, `project` its project file.
    pub when: String,
    /// How bad it is; `warning` when absent.
    #[serde(default = "default_severity")]
    pub severity: Severity,
    /// What it says; `{this.name}` stands for the value of a field.
    pub message: String,
    /// What to change.
    pub help: String,
    /// Where it speaks; everywhere when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub targets: Option<Vec<Target>>,
}

const fn default_severity() -> Severity {
    Severity::Warning
}

/// A rule, ready to run.
#[derive(Debug)]
pub struct Rule {
    name: Cow<'static, str>,
    id: Cow<'static, str>,
    severity: Severities,
    summary: String,
    help: String,
    page: String,
    on: ObjectKind,
    when: Term,
    message: Template,
}

/// What is wrong with a definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongDefinition {
    /// The key.
    pub key: &'static str,
    /// Where in the value of the key, in characters.
    pub offset: usize,
    /// What is wrong, with what may have been meant.
    pub message: String,
}

/// What is wrong with an expression or a message.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Mistake {
    /// Where in the text, in characters.
    offset: usize,
    message: String,
}

impl Mistake {
    fn new(offset: usize, message: impl Into<String>) -> Self {
        Self { offset, message: message.into() }
    }

    /// The same, when other text comes first.
    fn after(self, before: &str) -> Self {
        Self { offset: self.offset + before.chars().count(), ..self }
    }

    fn of(self, key: &'static str) -> WrongDefinition {
        WrongDefinition { key, offset: self.offset, message: self.message }
    }
}

impl Rule {
    /// Checks a definition.
    ///
    /// # Errors
    ///
    /// When the name cannot be used, or the condition or the message has a mistake.
    pub fn new(definition: &Definition) -> Result<Self, WrongDefinition> {
        check_name(&definition.name).map_err(|message| Mistake::new(0, message).of("name"))?;
        let names = names(definition.on);
        let (when, kind) = compile(&definition.when, &names).map_err(|mistake| mistake.of("when"))?;
        if *kind.some() != Type::Bool {
            return Err(Mistake::new(0, format!("a condition must be a Boolean, and this is {kind}")).of("when"));
        }
        Ok(Self {
            message: Template::new(&definition.message, &names).map_err(|mistake| mistake.of("message"))?,
            id: custom_id(&definition.name).into(),
            severity: severities(definition),
            summary: definition.message.clone(),
            help: definition.help.clone(),
            page: page(definition),
            on: definition.on,
            name: definition.name.clone().into(),
            when,
        })
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What selectors and reports need to know of it.
    #[must_use]
    pub fn described(&self) -> Described<'_> {
        Described {
            id: self.id.clone(),
            name: self.name.clone(),
            category: Category::Custom,
            severity: self.severity,
            set: RuleSet::Default,
            summary: &self.summary,
            page: &self.page,
        }
    }
}

fn severities(definition: &Definition) -> Severities {
    match &definition.targets {
        None => Severities::new(definition.severity),
        Some(targets) => targets.iter().fold(Severities::none(), |severities, target| severities.on(*target, definition.severity)),
    }
}

fn page(definition: &Definition) -> String {
    let Definition { name, on, when, message, help, .. } = definition;
    format!("# {name}\n\n{message}\n\n## How to fix\n\n{help}\n\n## What it looks at\n\n`{}`, when\n\n```cel\n{}\n```\n", on.as_str(), when.trim())
}

fn check_name(name: &str) -> Result<(), String> {
    let is_part = |part: &str| !part.is_empty() && part.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit());
    if !name.split('-').all(is_part) {
        let meant: String = name.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
        let meant = Some(meant.to_ascii_lowercase()).filter(|meant| !meant.is_empty());
        return Err(format!("the name of a rule is in kebab-case: lower-case letters and digits, joined by `-`{}", did_you_mean(meant.as_deref())));
    }
    if rules::find(name).is_some() {
        return Err(format!("there is a built-in rule `{name}`; did you mean to set its severity or its options?"));
    }
    if is_word(name) {
        return Err(format!("`{name}` selects rules already, as a category or a set; give the rule a longer name"));
    }
    Ok(())
}

/// The names that conditions know. `package` is a reserved word of CEL.
fn names(on: ObjectKind) -> Names {
    let fields = |kind: ObjectKind| Type::of_schema(&kind.schema());
    let mut names = vec![("this".to_owned(), fields(on))];
    if on.has_package() {
        names.push(("pkg".to_owned(), fields(ObjectKind::Package).or_null()));
        names.push(("project".to_owned(), fields(ObjectKind::Project).or_null()));
    }
    Names::new(names)
}
