//! Distributed transactions, which need MSDTC on both sides.

use super::builder::{Drafts, Source};
use super::{Topic, advice, endpoints};

/// One item for all transactions, with the servers that take part.
pub(super) fn add(source: &Source<'_, '_>, list: &mut Drafts) {
    let transactions = source.facts.transactions();
    for (index, document, package) in source.packages().filter(|(index, _, _)| transactions.is_used_in(*index)) {
        let starts = |id| transactions.origin(index, id).is_some_and(|origin| origin.document == index && origin.executable == id);
        for (_, executable) in package.executables().filter(|(id, _)| package.is_enabled(*id) && starts(*id)) {
            item(list).object(&document.file, &executable.path);
        }
        for participant in transactions.participants(source.facts.connections(), index) {
            let owner = source.facts.connections().manager(participant.reference.resolution);
            let endpoint = owner.and_then(|(document, manager)| endpoints::of_connection(source, document, manager));
            item(list).details("servers that take part", endpoint.and_then(|endpoint| endpoint.server));
        }
    }
}

fn item(list: &mut Drafts) -> &mut super::builder::Draft {
    list.item(Topic::Transactions, 0, "the Distributed Transaction Coordinator (MSDTC)", advice::transaction)
}
