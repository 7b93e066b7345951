//! Providers and drivers, and their bitness.

use super::builder::{Advice, Drafts, Source};
use super::{Topic, advice, endpoints};
use crate::support::{self, ProviderKind};

/// Providers that every Windows has, in 64 and 32 bits.
const OF_WINDOWS: [&str; 5] = ["SQLOLEDB", "MSDASQL", "MSDAOSP", "MSDataShape", "MSPersist"];

/// One item per provider that is not part of Windows or of the .NET Framework.
pub(super) fn add(source: &Source<'_, '_>, list: &mut Drafts) {
    for (index, manager) in source.connections() {
        let Some(endpoint) = endpoints::of_connection(source, index, manager) else { continue };
        let file = &source.document(index).file;
        if let Some((what, advice)) = endpoint.provider.and_then(|(kind, name)| provider(kind, &name)) {
            list.item(Topic::Providers, 0, &what, advice).object(file, &manager.path);
        }
        if let Some(name) = endpoint.data_source_name {
            list.item(Topic::Providers, 1, &format!("ODBC data source {name}"), advice::data_source_name).object(file, &manager.path);
        }
    }
}

/// What to call it and what to do about it; none when it is there anyway.
fn provider(kind: ProviderKind, written: &str) -> Option<(String, Advice)> {
    let name = written.strip_suffix(".1").unwrap_or(written);
    let row = support::provider(kind, name);
    let on_azure = row.is_some_and(|row| row.on_azure);
    let is_native_client = starts_with(name, "SQLNCLI") || starts_with(name, "SQL Server Native Client") || starts_with(name, "SQL Native Client");
    match kind {
        ProviderKind::OleDb if OF_WINDOWS.iter().any(|own| own.eq_ignore_ascii_case(name)) => None,
        ProviderKind::OleDb if row.is_some_and(|row| row.instead_of_32_bit.is_some()) => {
            Some((format!("OLE DB provider {name}, which exists in 32 bits only"), advice::provider_32_bit))
        }
        ProviderKind::OleDb => Some((format!("OLE DB provider {name}"), advice_on(is_native_client, on_azure))),
        // What Azure-SSIS has of ADO.NET is part of the .NET Framework.
        ProviderKind::AdoNet if on_azure => None,
        ProviderKind::AdoNet => Some((format!("ADO.NET provider {name}"), advice::data_provider)),
        ProviderKind::Odbc if name.eq_ignore_ascii_case("SQL Server") => None,
        ProviderKind::Odbc => Some((format!("ODBC driver {name}"), advice_on(is_native_client, on_azure))),
    }
}

fn advice_on(is_native_client: bool, on_azure: bool) -> Advice {
    match (is_native_client, on_azure) {
        (true, true) => advice::native_client_11,
        (true, false) => advice::native_client,
        (false, true) => advice::provider,
        (false, false) => advice::provider_not_on_azure,
    }
}

fn starts_with(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}
