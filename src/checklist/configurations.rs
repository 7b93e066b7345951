//! What package configurations read.

use super::builder::{Advice, Drafts, Source};
use super::{Topic, advice};
use crate::analysis::connections::quoted_items;
use crate::model::{Configuration, ConfigurationKind};

/// One item per file, key, variable or table that is read.
pub(super) fn add(source: &Source<'_, '_>, list: &mut Drafts) {
    for (_, document, package) in source.packages().filter(|(_, _, package)| package.configurations_enabled()) {
        for configuration in &package.configurations {
            let Some((rank, what, advice)) = described(configuration) else { continue };
            let item = list.item(Topic::Configurations, rank, &what, advice).object(&document.file, &configuration.path);
            item.detail("sets", configuration.target.as_str());
            if configuration.kind == Some(ConfigurationKind::SqlServer) {
                item.details("rows with the filter", quoted_items(configuration.string.as_str()).nth(2));
            }
        }
    }
}

fn described(configuration: &Configuration<'_>) -> Option<(u8, String, Advice)> {
    use ConfigurationKind as Kind;
    let name = configuration.string.value.trim();
    Some(match configuration.kind? {
        Kind::XmlFile => (0, format!("file {name}"), advice::configuration_file as Advice),
        Kind::IndirectXmlFile => (1, format!("environment variable {name}, which names a configuration file"), advice::configuration_variable),
        Kind::SqlServer => (2, table(name), advice::configuration_table),
        Kind::IndirectSqlServer => {
            (3, format!("environment variable {name}, which names connection, table and filter of a configuration"), advice::configuration_variable)
        }
        Kind::EnvironmentVariable => (4, format!("environment variable {name}, which holds a value"), advice::configuration_variable),
        Kind::Registry => (5, format!("registry entry {name} below HKEY_CURRENT_USER"), advice::configuration_key),
        Kind::IndirectRegistry => (6, format!("environment variable {name}, which names an entry below HKEY_CURRENT_USER"), advice::configuration_key),
        Kind::ParentVariable => (7, format!("variable {name} of the calling package"), advice::configuration_parent),
        Kind::IndirectParentVariable => {
            (8, format!("environment variable {name}, which names a variable of the calling package"), advice::configuration_parent)
        }
    })
}

/// `"connection";"table";"filter";` without the filter.
fn table(string: &str) -> String {
    let mut items = quoted_items(string);
    let (connection, table) = (items.next().unwrap_or("…"), items.next().unwrap_or("…"));
    format!("table {table}, through the connection {connection}")
}
