//! Package configurations.

use super::object;
use crate::model::{ByTarget, Configuration, ConfigurationKind};
use crate::xml::Element;

/// Configurations of a package, in order of application.
pub(super) fn read_all<'a>(root: Element<'_, 'a>) -> ByTarget<Configuration<'a>> {
    let all = object::members(root, "Configurations", "Configuration").map(read_one);
    ByTarget::of_package(all.collect())
}

fn read_one<'a>(element: Element<'_, 'a>) -> Configuration<'a> {
    let name = object::property(element, "ObjectName").unwrap_or_default();
    // Left out by 2012 and later designers when it is 0, a parent variable.
    let kind = match object::property(element, "ConfigurationType") {
        None => Some(ConfigurationKind::ParentVariable),
        Some(text) => text.value.trim().parse().ok().and_then(ConfigurationKind::from_number),
    };
    Configuration {
        path: format!("Package.Configurations[{}]", object::escape_name(&name.value)),
        name,
        kind,
        string: object::property(element, "ConfigurationString").unwrap_or_default(),
        target: object::property(element, "ConfigurationVariable").unwrap_or_default(),
        span: element.tag_span(),
    }
}
