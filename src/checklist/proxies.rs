//! Connections and tasks that go through a self-hosted integration runtime.

use super::builder::{Drafts, Source};
use super::{Topic, advice};

/// One item for all that asks for the proxy.
pub(super) fn add(source: &Source<'_, '_>, list: &mut Drafts) {
    const WHAT: &str = "a self-hosted integration runtime, set up as proxy of Azure-SSIS";
    for (index, manager) in source.connections().filter(|(_, manager)| manager.settings.flag("ConnectByProxy", false)) {
        list.item(Topic::Proxies, 0, WHAT, advice::proxy).object(&source.document(index).file, &manager.path);
    }
    for (_, document, package) in source.packages() {
        for (_, executable) in package.executables().filter(|(id, _)| package.is_enabled(*id)) {
            if executable.properties.flag("ExecuteOnProxy", false) || executable.settings.flag("ExecuteOnProxy", false) {
                list.item(Topic::Proxies, 0, WHAT, advice::proxy).object(&document.file, &executable.path);
            }
        }
    }
}
