//! Findings about classes: one for each thing to install, buy or replace, however many objects of a document need it.

use foldhash::HashMap;

use super::{Mention, Report};
use crate::analysis::classes::ClassUse;
use crate::support::{Class, ClassKind, Standing};

/// The uses of one thing in a document; never empty.
pub(super) struct Group<'g, 's> {
    /// What they have in common.
    pub(super) key: &'g str,
    first: &'g ClassUse<'s>,
    others: Vec<&'g ClassUse<'s>>,
}

/// The uses that have a key, by key, in order of appearance.
pub(super) fn groups<'g, 's>(uses: &'g [ClassUse<'s>], key: impl Fn(&'g ClassUse<'s>) -> Option<&'g str>) -> Vec<Group<'g, 's>> {
    let mut groups: Vec<Group<'g, 's>> = Vec::new();
    let mut numbers: HashMap<&str, usize> = HashMap::default();
    for (key, found) in uses.iter().filter_map(|found| Some((key(found)?, found))) {
        match numbers.get(key).and_then(|number| groups.get_mut(*number)) {
            Some(group) => group.others.push(found),
            None => {
                numbers.insert(key, groups.len());
                groups.push(Group { key, first: found, others: Vec::new() });
            }
        }
    }
    groups
}

/// The uses of Microsoft's classes that `wanted` takes, by their title.
pub(super) fn groups_of_classes<'g, 's>(uses: &'g [ClassUse<'s>], wanted: fn(&Class) -> bool) -> Vec<Group<'g, 's>> {
    groups(uses, |found| match found.standing {
        Standing::Microsoft(class) if wanted(class) => Some(&class.title),
        _ => None,
    })
}

impl<'s> Group<'_, 's> {
    /// The first use: where the finding stands.
    pub(super) const fn first(&self) -> &ClassUse<'s> {
        self.first
    }

    /// A finding on the first use that mentions the others.
    pub(super) fn report(&self, message: impl Into<String>) -> Report {
        let report = Report::new(self.first.object, self.first.span, message).discriminator(self.key);
        report.mention_first(self.others.iter().map(|found| Mention::new(found.object, found.span, format!("needs it too: {}", described(found)))))
    }
}

/// The class as the designer's user knows it: ``the task `CozyRoc.ZipTask` ``.
pub(super) fn described(found: &ClassUse<'_>) -> String {
    format!("the {} `{}`", found.kind.as_str(), found.name)
}

/// What the run says where a class is not installed.
pub(super) const fn load_error(kind: ClassKind) -> &'static str {
    match kind {
        ClassKind::Component => "the data flow fails to load it (0xC0048021, 0xC004706C)",
        ClassKind::Task => "the package fails to load it (0xC0010026)",
        ClassKind::Connection => "the package fails on an unknown connection type (0xC0014005)",
        ClassKind::LogProvider => "the package fails on an unknown log provider (0xC001403D)",
        ClassKind::Enumerator => "the loop fails to load it",
    }
}
