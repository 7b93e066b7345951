//! Passwords that the packages need and do not bring, or bring in a form that only some can read.

use super::builder::{Drafts, Source};
use super::{Topic, advice};
use crate::analysis::secrets::{Need, Verdict};
use crate::model::{DocumentKind, Protection};

/// One item per password, and one per project or package that a password opens.
pub(super) fn add(source: &Source<'_, '_>, list: &mut Drafts) {
    for (index, document) in source.project.documents.iter().enumerate() {
        let is_shared = matches!(document.kind, DocumentKind::ConnectionManager(_) | DocumentKind::Parameters(_));
        if document.requested || is_shared {
            add_document(source, index, list);
            source.facts.secrets(index).iter().filter(|verdict| verdict.need.is_real()).for_each(|verdict| add_secret(source, index, verdict, list));
        }
    }
}

/// What opens the document: a password, or the key of the account that saved it as a whole.
fn add_document(source: &Source<'_, '_>, index: usize, list: &mut Drafts) {
    let document = source.document(index);
    let values = document.protected_values();
    if values.iter().any(|value| matches!(value.protection, Protection::Password(_))) {
        let owner = match source.project.file() {
            Some((project, _)) => format!("project {}", project.file.file),
            None => format!("package {}", document.file),
        };
        list.item(Topic::Passwords, 0, &format!("the password of the {owner}"), advice::package_password).object(&document.file, "");
    }
    if values.iter().any(|value| value.is_document() && value.protection == Protection::UserKey) {
        let what = format!("{} as a whole", document.file);
        list.item(Topic::Passwords, 1, &what, advice::user_key).object(&document.file, "");
    }
}

fn add_secret(source: &Source<'_, '_>, index: usize, verdict: &Verdict<'_>, list: &mut Drafts) {
    let name = format!("{} of {}", verdict.property, verdict.object);
    let (rank, what, advice): (u8, String, super::builder::Advice) = match verdict.protection {
        Protection::Stripped => (2, name, advice::stripped_password),
        Protection::UserKey => (3, name, advice::user_key),
        // The password of the document opens it, and what stands there in the clear needs nobody to supply it.
        Protection::Password(_) | Protection::Plain => return,
    };
    let item = list.item(Topic::Passwords, rank, &what, advice).object(&source.document(index).file, "");
    if let Need::PerhapsReplaced(_) = &verdict.need {
        item.detail("set by", "perhaps a configuration or a script");
    }
}
