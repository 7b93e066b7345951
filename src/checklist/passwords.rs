//! Passwords that the packages need and do not bring, or bring in a form that only some can read.

use super::builder::{Builder, Source};
use super::{Topic, advice};
use crate::analysis::secrets::{Need, Verdict};
use crate::model::{DocumentKind, ProtectedValue, Protection};

/// One item per password, and one per document that a password opens.
pub(super) fn add(source: &Source<'_, '_>, list: &mut Builder) {
    for (index, document) in source.project.documents.iter().enumerate() {
        let is_shared = matches!(document.kind, DocumentKind::ConnectionManager(_) | DocumentKind::Parameters(_));
        if !document.requested && !is_shared {
            continue;
        }
        let is_under_password = |value: &ProtectedValue<'_>| matches!(value.protection, Protection::Password(_)) && !value.property.eq("PasswordVerifier");
        for value in document.protected_values().iter().filter(|value| value.is_document()) {
            add_document(source, index, value.protection, list);
        }
        let is_project = matches!(document.kind, DocumentKind::Project(_));
        if !is_project && document.protected_values().iter().any(|value| !value.is_document() && is_under_password(value)) {
            list.item(Topic::Passwords, 0, &format!("the password of {}", document.file), advice::package_password).object(&document.file, "");
        }
        source.facts.secrets(index).iter().filter(|verdict| verdict.need.is_real()).for_each(|verdict| add_secret(source, index, verdict, list));
    }
}

/// A document that is encrypted as a whole.
fn add_document(source: &Source<'_, '_>, index: usize, protection: Protection, list: &mut Builder) {
    let file = &source.document(index).file;
    match protection {
        Protection::Password(_) => {
            list.item(Topic::Passwords, 0, &format!("the password of {file}"), advice::package_password).object(file, "");
        }
        Protection::UserKey => {
            list.item(Topic::Passwords, 1, &format!("{file} as a whole, which only the account that saved it can read"), advice::user_key).object(file, "");
        }
        Protection::Stripped | Protection::Plain => {}
    }
}

fn add_secret(source: &Source<'_, '_>, index: usize, verdict: &Verdict<'_>, list: &mut Builder) {
    let name = format!("{} of {}", verdict.property, verdict.object);
    let (rank, what, advice): (u8, String, super::builder::Advice) = match verdict.protection {
        Protection::Stripped => (2, format!("{name}, which is not stored"), advice::stripped_password),
        Protection::UserKey => (3, format!("{name}, which only the account that saved it can read"), advice::user_key),
        // The password of the document opens it, and what stands there in the clear needs nobody to supply it.
        Protection::Password(_) | Protection::Plain => return,
    };
    let item = list.item(Topic::Passwords, rank, &what, advice).object(&source.document(index).file, verdict.object);
    if let Need::PerhapsReplaced(by) = &verdict.need {
        item.detail("perhaps set by", by);
    }
}
