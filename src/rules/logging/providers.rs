//! Which log providers are in use.

use foldhash::HashSet;

use crate::model::{LogProvider, Package};

/// Providers that an executable which can run has selected.
pub(super) fn selected<'p, 'a>(package: &'p Package<'a>) -> impl Iterator<Item = &'p LogProvider<'a>> {
    let ids = selected_ids(package);
    package.log_providers.iter().filter(move |provider| ids.contains(&provider.id.to_ascii_uppercase()))
}

/// Ids, in upper case, of the providers that are selected somewhere.
pub(super) fn selected_ids(package: &Package<'_>) -> HashSet<String> {
    if package.log_providers.is_empty() {
        return HashSet::default();
    }
    let options = package.executables().filter(|(id, _)| package.is_enabled(*id)).filter_map(|(_, executable)| executable.logging.as_ref());
    options.flat_map(|options| &options.providers).map(|id| id.to_ascii_uppercase()).collect()
}
