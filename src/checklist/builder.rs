//! Collects items over projects: one for each thing, however many objects ask for it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Action, Checklist, Detail, Group, Item, Place, Topic, Unread};
use crate::analysis::Facts;
use crate::finding::{FileRef, InputError};
use crate::masks::Masks;
use crate::model::{ConnectionManager, Document, Package, Project, ProtectedValue};
use crate::rules::options::SecretNames;
use crate::target::{Target, TargetSet};

/// What to do about an item on a target; none when there is nothing to do there.
pub(super) type Advice = fn(Target) -> Option<&'static str>;

/// Objects and values of an item that are kept: enough for every use, and no item grows without bound.
const MOST: usize = 100;

/// A checklist in the making.
#[derive(Debug)]
pub struct Builder {
    targets: TargetSet,
    packages: usize,
    drafts: Drafts,
    errors: Vec<Unread>,
}

/// Items in the making. Those of a project hold its text as it stands; it is masked when they are taken over into the list.
#[derive(Debug, Default)]
pub(super) struct Drafts(BTreeMap<Key, Draft>);

/// Makes an item one of a kind, and its place in the list: topic, rank in it, text without regard to case.
type Key = (Topic, u8, String);

/// An item in the making.
#[derive(Debug)]
pub(super) struct Draft {
    what: String,
    advice: Advice,
    details: BTreeMap<&'static str, BTreeSet<String>>,
    objects: BTreeSet<Place>,
}

impl Draft {
    /// Adds an object that asks for it.
    pub(super) fn object(&mut self, file: &FileRef, object: &str) -> &mut Self {
        self.objects.insert(Place { file: file.file.clone(), member: file.member.clone(), object: object.to_owned() });
        self
    }

    /// Adds a value of a side of it, unless it is blank.
    pub(super) fn detail(&mut self, name: &'static str, value: &str) -> &mut Self {
        let value = value.trim();
        if !value.is_empty() {
            self.details.entry(name).or_default().insert(value.to_owned());
        }
        self
    }

    /// Adds several values.
    pub(super) fn details<T: AsRef<str>>(&mut self, name: &'static str, values: impl IntoIterator<Item = T>) -> &mut Self {
        values.into_iter().for_each(|value| {
            self.detail(name, value.as_ref());
        });
        self
    }

    /// Adds what another draft of the same item holds, masked.
    fn join(&mut self, other: Self, masks: &Masks<'_>) {
        self.objects.extend(other.objects.into_iter().map(|place| Place { object: masks.text(&place.object).into_owned(), ..place }));
        for (name, values) in other.details {
            self.details(name, values.iter().map(|value| masks.text(value)));
        }
    }

    /// The item, unless there is nothing to do about it on any target.
    fn finish(self, targets: TargetSet) -> Option<Item> {
        let actions = actions(self.advice, targets);
        let details = self.details.into_iter().map(|(name, values)| Detail { name, count: values.len(), values: values.into_iter().take(MOST).collect() });
        let object_count = self.objects.len();
        let objects = self.objects.into_iter().take(MOST).collect();
        (!actions.is_empty()).then(|| Item { what: self.what, details: details.collect(), actions, objects, object_count })
    }
}

/// Whether a document is encrypted as a whole and no password has opened it.
fn is_closed(document: &Document<'_>) -> bool {
    document.protected_values().iter().any(|value| value.is_document() && value.property != ProtectedValue::OPENED)
}

/// Each text once, with its targets.
fn actions(advice: Advice, targets: TargetSet) -> Vec<Action> {
    let mut actions: Vec<Action> = Vec::new();
    for (target, text) in targets.iter().filter_map(|target| Some((target, advice(target)?))) {
        match actions.iter_mut().find(|action| action.text == text) {
            Some(action) => action.targets.push(target.as_str()),
            None => actions.push(Action { targets: vec![target.as_str()], text }),
        }
    }
    actions
}

impl Builder {
    /// An empty list for these targets.
    #[must_use]
    pub const fn new(targets: TargetSet) -> Self {
        Self { targets, packages: 0, drafts: Drafts(BTreeMap::new()), errors: Vec::new() }
    }

    /// Adds what the requested documents of a project ask for. `names` is what its team calls secrets.
    pub fn add_project(&mut self, project: &Project<'_>, names: &SecretNames) {
        self.packages += project.packages().filter(|(document, _)| document.requested).count();
        self.errors.extend(
            project.documents.iter().filter(|document| document.requested && is_closed(document)).map(|document| Unread {
                file: document.file.to_string(),
                message: "it is encrypted as a whole, so what it asks for is missing here".to_owned(),
            }),
        );
        let masks = Masks::of_project(project, names);
        let is_secret = |name: &str| masks.hides(name);
        let facts = Facts::hiding(project, &is_secret);
        let source = Source { project, facts: &facts, masks: &masks };
        let mut drafts = Drafts::default();
        for add in super::GROUPS {
            add(&source, &mut drafts);
        }
        for ((topic, rank, _), draft) in drafts.0 {
            self.drafts.item(topic, rank, &masks.text(&draft.what), draft.advice).join(draft, &masks);
        }
    }

    /// Adds documents that could not be read.
    pub fn add_errors<'e>(&mut self, errors: impl IntoIterator<Item = &'e InputError>) {
        self.errors.extend(errors.into_iter().map(|error| Unread { file: error.file.clone(), message: error.message.clone() }));
    }

    /// The list.
    #[must_use]
    pub fn finish(mut self) -> Checklist {
        if self.packages > 0 {
            super::features::add_general(&mut self.drafts);
        }
        let mut groups: Vec<Group> = Vec::new();
        for ((topic, _, _), draft) in self.drafts.0 {
            let (name, title) = topic.words();
            let Some(item) = draft.finish(self.targets) else { continue };
            match groups.last_mut().filter(|group| group.name == name) {
                Some(group) => group.items.push(item),
                None => groups.push(Group { name, title, items: vec![item] }),
            }
        }
        Checklist { version: 1, targets: self.targets.iter().map(Target::as_str).collect(), packages: self.packages, groups, errors: self.errors }
    }
}

impl Drafts {
    /// The item of that text, a new one or the one that stands there already.
    pub(super) fn item(&mut self, topic: Topic, rank: u8, what: &str, advice: Advice) -> &mut Draft {
        let what = what.trim();
        let draft = || Draft { what: what.to_owned(), advice, details: BTreeMap::new(), objects: BTreeSet::new() };
        self.0.entry((topic, rank, what.to_lowercase())).or_insert_with(draft)
    }

    /// Whether the advice of any item sends the reader to the custom setup of Azure-SSIS.
    pub(super) fn wants_custom_setup(&self) -> bool {
        self.0.values().any(|draft| (draft.advice)(Target::AzureSsis).is_some_and(|text| text.contains("by the custom setup")))
    }

    /// Whether there is anything about that already.
    pub(super) fn has(&self, topic: Topic) -> bool {
        self.0.keys().any(|key| key.0 == topic)
    }
}

/// What items are computed from: a project, and which of it was asked for.
pub(super) struct Source<'p, 'a> {
    pub(super) project: &'p Project<'a>,
    pub(super) facts: &'p Facts<'p, 'a>,
    pub(super) masks: &'p Masks<'p>,
}

impl<'p, 'a> Source<'p, 'a> {
    /// The document of that index.
    pub(super) fn document(&self, index: usize) -> &'p Document<'a> {
        &self.project.documents[index]
    }

    /// The requested packages with their documents.
    pub(super) fn packages(&self) -> impl Iterator<Item = (usize, &'p Document<'a>, &'p Package<'a>)> {
        let documents = self.project.documents.iter().enumerate().filter(|(_, document)| document.requested);
        documents.filter_map(|(index, document)| Some((index, document, document.package()?)))
    }

    /// The connection managers that a requested package uses, or that are requested themselves and used at all, with the index of their document.
    pub(super) fn connections(&self) -> impl Iterator<Item = (usize, &'p ConnectionManager<'a>)> {
        let connections = self.facts.connections();
        connections.managers.iter().copied().filter(move |(index, manager)| {
            let is_asked_for = self.document(*index).requested || connections.users(manager).any(|user| user.enabled && self.document(user.document).requested);
            is_asked_for && connections.is_used(manager)
        })
    }
}
