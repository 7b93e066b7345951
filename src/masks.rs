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
    /// Values whose names only the team knows for those of secrets, sorted: they may stand anywhere.
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
        known.sort_unstable();
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
        let (mut masked, mut end) = (String::new(), 0);
        for place in self.places_of_known(&text) {
            if place.start >= end {
                masked.extend([&text[end..place.start], MASK]);
            }
            end = end.max(place.end);
        }
        if end == 0 { text } else { Cow::Owned(masked + &text[end..]) }
    }

    /// Where these stand in a text. Places may overlap.
    pub fn places_of_known(&self, text: &str) -> impl Iterator<Item = Range<usize>> {
        let starts = text.char_indices().filter(|_| !self.known.is_empty());
        starts.filter_map(|(start, _)| Some(start..start + self.known_at(&text[start..])?.len()))
    }

    /// The longest of them with which a text begins, in few steps however many there are.
    fn known_at(&self, text: &str) -> Option<&str> {
        let mut rest = text.as_bytes();
        loop {
            let before = self.known.partition_point(|value| value.as_bytes() <= rest);
            let last = self.known.get(before.checked_sub(1)?)?;
            let shared = last.bytes().zip(rest).take_while(|(left, right)| left == *right).count();
            if shared == last.len() {
                return Some(last);
            }
            // A longer one that the text begins with would stand behind this one.
            rest = rest.get(..shared)?;
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(known: &[&'static str], text: &str) -> String {
        let names = SecretNames::default();
        let mut known: Vec<_> = known.iter().copied().map(Cow::Borrowed).collect();
        known.sort_unstable();
        Masks { names: &names, known }.without_known(text.into()).into_owned()
    }

    #[test]
    fn known_values_are_masked_wherever_they_stand() {
        let known = ["open", "openSesame", "openSesame1", "openTable", "ätherä", "samesame"];
        for (text, shown) in [
            ("", ""),
            ("nothing, ope", "nothing, ope"),
            ("openSesame", "***"),
            ("openSesameX openSesame12 openTabl", "***X ***2 ***Tabl"),
            ("ä ätherä ätherätherä", "ä *** ***"),
            ("opensamesamesame.", "******."),
            ("opeopenopen", "ope******"),
        ] {
            assert_eq!(masked(&known, text), shown, "{text}");
        }
        assert_eq!(masked(&[], "open"), "open");
    }

    proptest::proptest! {
        #[test]
        fn none_of_them_is_left(known in proptest::collection::vec("[ab]{4,6}", 0..6), text in "[ab]{0,40}") {
            let names = SecretNames::default();
            let mut sorted: Vec<_> = known.iter().map(|value| Cow::Borrowed(value.as_str())).collect();
            sorted.sort_unstable();
            let masks = Masks { names: &names, known: sorted };
            let shown = masks.without_known(text.as_str().into());
            proptest::prop_assert!(known.iter().all(|value| !shown.contains(value)), "{shown}");
            proptest::prop_assert_eq!(shown == text, known.iter().all(|value| !text.contains(value)));
        }
    }
}
