//! Rules of the category `configuration`.

pub(super) mod configuration_path_absolute;
pub(super) mod registry_configuration;
