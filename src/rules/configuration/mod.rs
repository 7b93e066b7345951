//! Rules of the category `configuration`.

pub(super) mod child_parameter_contract;
pub(super) mod configuration_bootstrap_order;
pub(super) mod configuration_conflicts_override;
pub(super) mod configuration_in_project_model;
pub(super) mod configuration_parent_variable;
pub(super) mod configuration_path_absolute;
pub(super) mod configuration_target_missing;
pub(super) mod configuration_value_type;
pub(super) mod configuration_warning_suppressed;
pub(super) mod constraint_expression_ignored;
pub(super) mod endpoint_not_parameterised;
pub(super) mod expression_syntax;
pub(super) mod expression_too_long;
pub(super) mod expression_type;
pub(super) mod parameter_reference_missing;
pub(super) mod registry_configuration;
pub(super) mod required_parameter;
pub(super) mod variable_expression_off;
pub(super) mod variable_expression_readonly_write;
pub(super) mod variable_expression_recursion;
pub(super) mod variable_reference_missing;
pub(super) mod variable_shadowed;
