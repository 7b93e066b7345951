//! `.dtsConfig` files. They have no namespace.

use super::{NONE, object};
use crate::model::{ByTarget, ConfigurationFile, ConfiguredValue, Text};
use crate::xml::{Element, Tree};

/// Reads a `.dtsConfig` document.
pub(super) fn read<'a>(tree: &Tree<'a>) -> ConfigurationFile<'a> {
    let root = tree.root();
    let info = root.child(NONE, "DTSConfigurationHeading").and_then(|heading| heading.child(NONE, "DTSConfigurationFileInfo"));
    let heading = |name| info.and_then(|info| info.attribute(NONE, name)).map(|attribute| attribute.value()).unwrap_or_default();
    ConfigurationFile {
        generated_by: heading("GeneratedBy"),
        package_name: heading("GeneratedFromPackageName"),
        entries: ByTarget::new(root.children_named(NONE, "Configuration").map(read_entry).collect(), |entry| entry.path.as_str()),
    }
}

fn read_entry<'a>(element: Element<'_, 'a>) -> ConfiguredValue<'a> {
    let attribute = |name| element.attribute(NONE, name).map(object::attribute_text).unwrap_or_default();
    ConfiguredValue {
        path: attribute("Path"),
        value_type: attribute("ValueType"),
        value: element.child(NONE, "ConfiguredValue").map_or_else(Text::default, object::element_text),
        span: element.tag_span(),
    }
}
