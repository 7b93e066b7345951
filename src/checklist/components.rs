//! Parts that SQL Server Setup does not install, and parts that only some editions run.

use std::collections::BTreeSet;

use super::builder::{Drafts, Source};
use super::{Topic, advice};
use crate::analysis::classes::ClassUse;
use crate::finding::FileRef;
use crate::support::{Class, Standing};

/// One item per product or group of parts.
pub(super) fn add(source: &Source<'_, '_>, list: &mut Drafts) {
    let of_connections = source.connections().map(|(index, _)| index);
    let documents: BTreeSet<usize> = source.packages().map(|(index, _, _)| index).chain(of_connections).collect();
    for index in documents {
        let file = &source.document(index).file;
        for class in source.facts.classes(index) {
            match class.standing {
                Standing::Microsoft(row) => add_microsoft(file, class, row, list),
                Standing::Product(product) => add_part(file, class, Topic::Components, &product.name, list),
                Standing::Custom => add_part(file, class, Topic::Components, &format!("{} {}", class.kind.as_str(), class.name), list),
                Standing::Unknown => {}
            }
        }
    }
}

fn add_part(file: &FileRef, class: &ClassUse<'_>, topic: Topic, what: &str, list: &mut Drafts) {
    list.item(topic, 1, what, advice::third_party).object(file, class.object).detail("parts", class.name);
}

fn add_microsoft(file: &FileRef, class: &ClassUse<'_>, row: &Class, list: &mut Drafts) {
    if row.azure_pack {
        list.item(Topic::Components, 0, &row.title, advice::azure_pack).object(file, class.object).detail("parts", class.name);
    }
    if row.download {
        let advice = if row.on_azure { advice::download } else { advice::download_not_on_azure };
        list.item(Topic::Components, 0, &row.title, advice).object(file, class.object).detail("parts", class.name);
    }
    if row.enterprise {
        list.item(Topic::Editions, 0, &format!("Enterprise edition, for the {}", row.title), advice::enterprise)
            .object(file, class.object)
            .detail("parts", class.name);
    }
    if row.removed_in == Some(2025) {
        list.item(Topic::Components, 2, &format!("{}, removed in SQL Server 2025", row.title), advice::removed_in_2025)
            .object(file, class.object)
            .detail("parts", class.name);
    }
}
