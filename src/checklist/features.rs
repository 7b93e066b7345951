//! What the target itself has to offer: things that no package decides, and a few that packages ask for.

use super::builder::{Drafts, Source};
use super::{Topic, advice};
use crate::analysis::classes::java_format;
use crate::model::Component;

/// What packages ask of the target.
pub(super) fn add(source: &Source<'_, '_>, list: &mut Drafts) {
    for (index, manager) in source.connections().filter(|(_, manager)| manager.is("HTTP") || manager.kind().to_ascii_uppercase().starts_with("ODATA")) {
        list.item(Topic::Target, 0, "TLS 1.2 for web services", advice::tls).object(&source.document(index).file, &manager.path);
    }
    for (_, document, package) in source.packages() {
        for provider in package.log_providers.iter().filter(|provider| provider.kind.ends_with("EventLog")) {
            list.item(Topic::Target, 0, "the Windows event log", advice::event_log).object(&document.file, &provider.path);
        }
        let flows = package.executables().filter(|(id, _)| package.is_enabled(*id)).filter_map(|(_, executable)| executable.data_flow());
        for component in flows.flat_map(|flow| &flow.components) {
            if java_format(component).is_some() {
                list.item(Topic::Target, 0, "a Java runtime, for ORC and Parquet files", advice::java).object(&document.file, &component.path);
            }
            if holds_all_rows(component) {
                list.item(Topic::Target, 0, "memory, and disk space for temporary files, for components that hold all rows", advice::memory)
                    .object(&document.file, &component.path);
            }
        }
    }
}

fn holds_all_rows(component: &Component<'_>) -> bool {
    ["Sort", "Aggregate", "FuzzyLookup", "FuzzyGrouping"].iter().any(|class| component.is(class))
}

/// What every deployment to a target takes, when there is something to deploy.
pub(super) fn add_general(list: &mut Drafts) {
    if list.has(Topic::Components) {
        list.item(Topic::Target, 1, "the tools that deploy", advice::deployment_tools);
    }
    if list.wants_custom_setup() {
        list.item(Topic::Target, 1, "a custom setup of the integration runtime", advice::custom_setup);
    }
    list.item(Topic::Target, 2, "storage and logs", advice::storage);
    list.item(Topic::Target, 2, "capacity and repetition", advice::capacity);
}
