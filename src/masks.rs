//! Text from a project as it may be shown: without what looks like a secret, and without what the team calls one.

use std::borrow::Cow;
use std::ops::Range;

use crate::lang::secret;
use crate::model::{Document, DocumentKind, Package, Parameter, Project, ProjectSetting, Text, Variable};
use crate::rules::options::SecretNames;

/// Stands in for a value that must not be shown.
pub const MASK: &str = "***";

/// Shorter values are no secrets, and stand in too many other texts.
const SHORTEST: usize = 4;

/// What must not be shown of a project.
pub struct Masks<'m> {
    names: &'m SecretNames,
    /// Values whose names only the team knows for those of secrets, the longest first: expressions carry them anywhere.
    known: Vec<Cow<'m, str>>,
}

impl<'m> Masks<'m> {
    /// By names only, for documents whose expressions are not evaluated.
    #[must_use]
    pub const fn of_names(names: &'m SecretNames) -> Self {
        Self { names, known: Vec::new() }
    }

    /// For all that is said of a project.
    #[must_use]
    pub fn of_project(project: &'m Project<'_>, names: &'m SecretNames) -> Self {
        if names.secret_names.is_absent() {
            return Self::of_names(names);
        }
        let mut known: Vec<Cow<'_, str>> = Vec::new();
        for document in &project.documents {
            let values = named_values(document).into_iter().filter(|(name, _)| words(name).any(|word| names.secret_names.matches(word)));
            known.extend(values.map(|(_, value)| value.value.trim()).filter(|value| may_be_secret(value)).flat_map(as_written));
        }
        known.sort_unstable_by(|left, right| right.len().cmp(&left.len()).then_with(|| left.cmp(right)));
        known.dedup();
        Self { names, known }
    }

    /// Whether a value of that name is not shown at all.
    #[must_use]
    pub fn hides(&self, name: &str) -> bool {
        self.names.may_be_secret(name)
    }

    /// A text with every secret in it masked.
    #[must_use]
    pub fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.without_known(secret::mask(text))
    }

    /// A text that shows no secret but those whose names only the team knows, with these masked.
    #[must_use]
    pub fn without_known<'t>(&self, text: Cow<'t, str>) -> Cow<'t, str> {
        self.known.iter().fold(text, |text, value| if text.contains(&**value) { Cow::Owned(text.replace(&**value, MASK)) } else { text })
    }

    /// Where these stand in a text.
    pub fn places_of_known<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
        self.known.iter().flat_map(move |value| text.match_indices(&**value).map(|(start, found)| start..start + found.len()))
    }

    /// A value, masked as a whole when its name says that it is a secret.
    #[must_use]
    pub fn named<'t>(&self, name: &str, value: &'t str) -> Cow<'t, str> {
        self.unless(self.hides(name), value)
    }

    /// The value of a variable.
    #[must_use]
    pub fn variable<'t>(&self, variable: &'t Variable<'_>) -> Option<Cow<'t, str>> {
        Some(self.named(variable.name.as_str(), variable.value.as_ref()?.as_str()))
    }

    /// The value of a parameter, which may be marked as sensitive.
    #[must_use]
    pub fn parameter<'t>(&self, parameter: &'t Parameter<'_>) -> Option<Cow<'t, str>> {
        Some(self.unless(parameter.sensitive || self.hides(parameter.name.as_str()), parameter.value.as_ref()?.as_str()))
    }

    /// The value of a project's setting, which may be marked as sensitive.
    #[must_use]
    pub fn setting<'t>(&self, setting: &'t ProjectSetting<'_>) -> Option<Cow<'t, str>> {
        let value = setting.value.as_ref()?.as_str();
        Some(self.unless(setting.sensitive || words(setting.name.as_str()).last().is_some_and(|name| self.hides(name)), value))
    }

    /// The value of a configuration entry, by the path of the property that it sets.
    #[must_use]
    pub fn configured<'t>(&self, path: &str, value: &'t str) -> Cow<'t, str> {
        self.unless(words(path).any(|name| self.hides(name)), value)
    }

    fn unless<'t>(&self, hidden: bool, value: &'t str) -> Cow<'t, str> {
        if hidden && !value.is_empty() { Cow::Borrowed(MASK) } else { self.text(value) }
    }
}

/// A flag, or what stands for a secret, is none and stands in many other texts.
fn may_be_secret(value: &str) -> bool {
    value.len() >= SHORTEST && crate::model::flag(value).is_none() && !secret::is_placeholder(value)
}

/// The value, and what XML makes of it in an element and in an attribute.
fn as_written(value: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let escaped = value.contains(['&', '<', '>', '"']).then(|| {
        let text = value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        [text.replace('"', "&quot;"), text].map(Cow::Owned)
    });
    std::iter::once(Cow::Borrowed(value)).chain(escaped.into_iter().flatten())
}

/// The names in an object path, or in the qualified name of a setting.
fn words(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    path.split(['.', '[', ']', ':', '\\']).filter(|name| !name.is_empty())
}

/// Values that a document keeps under a name or a path.
fn named_values<'d>(document: &'d Document<'_>) -> Vec<(&'d str, &'d Text<'d>)> {
    let parameter = |entry: &'d Parameter<'_>| Some((entry.name.as_str(), entry.value.as_ref()?));
    match &document.kind {
        DocumentKind::Package(package) => of_package(package).chain(package.parameters.iter().filter_map(parameter)).collect(),
        DocumentKind::Parameters(parameters) => parameters.iter().filter_map(parameter).collect(),
        DocumentKind::Project(file) => file.settings.iter().filter_map(|entry| Some((entry.name.as_str(), entry.value.as_ref()?))).collect(),
        DocumentKind::ConfigurationFile(file) => file.entries.iter().map(|entry| (entry.path.as_str(), &entry.value)).collect(),
        DocumentKind::ConnectionManager(_) => Vec::new(),
    }
}

fn of_package<'d>(package: &'d Package<'_>) -> impl Iterator<Item = (&'d str, &'d Text<'d>)> {
    package.variables().filter_map(|entry| Some((entry.name.as_str(), entry.value.as_ref()?)))
}
