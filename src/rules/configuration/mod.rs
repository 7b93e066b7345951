//! Rules of the category `configuration`.

pub(super) mod child_parameter_contract;
pub(super) mod configuration_bootstrap_order;
pub(super) mod configuration_path_absolute;
pub(super) mod configuration_target_missing;
pub(super) mod expression_syntax;
pub(super) mod expression_type;
pub(super) mod parameter_reference_missing;
pub(super) mod registry_configuration;
pub(super) mod required_parameter;
pub(super) mod variable_expression_off;
pub(super) mod variable_expression_readonly_write;
pub(super) mod variable_reference_missing;
