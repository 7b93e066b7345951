//! The list of all rules, in order of their ids.

use super::{Rule, configuration, connection, control_flow, excel, input, path, project, protection};

/// Every rule.
pub static ALL: &[&Rule] = &[
    &input::malformed_xml::RULE,
    &input::unsupported_file::RULE,
    &input::limit_exceeded::RULE,
    &input::damaged_archive::RULE,
    &input::unused_suppression::RULE,
    &input::expired_suppression::RULE,
    &input::invalid_suppression::RULE,
    &protection::user_key_ciphertext::RULE,
    &protection::encrypt_all_user_key::RULE,
    &protection::package_password_needed::RULE,
    &protection::server_storage_in_file::RULE,
    &protection::protection_level_mismatch::RULE,
    &protection::user_key_level::RULE,
    &protection::clear_text_secret::RULE,
    &protection::weak_package_encryption::RULE,
    &protection::sensitive_parameter_mapping::RULE,
    &connection::unresolved_connection::RULE,
    &connection::provider_32bit_only::RULE,
    &connection::loopback_server::RULE,
    &connection::retain_same_connection_off::RULE,
    &connection::temp_table_lost::RULE,
    &path::absolute_local_path::RULE,
    &path::unc_path::RULE,
    &path::user_profile_path::RULE,
    &path::interactive_process::RULE,
    &path::ui_in_script::RULE,
    &configuration::registry_configuration::RULE,
    &configuration::configuration_path_absolute::RULE,
    &configuration::variable_reference_missing::RULE,
    &configuration::parameter_reference_missing::RULE,
    &configuration::required_parameter::RULE,
    &configuration::child_parameter_contract::RULE,
    &configuration::variable_expression_off::RULE,
    &configuration::variable_expression_readonly_write::RULE,
    &configuration::expression_syntax::RULE,
    &configuration::expression_type::RULE,
    &configuration::configuration_target_missing::RULE,
    &excel::excel_parallel::RULE,
    &excel::excel_child_in_process::RULE,
    &excel::excel_same_workbook::RULE,
    &excel::excel_lock_files::RULE,
    &excel::excel_destination_import_mode::RULE,
    &excel::excel_dynamic_path_validation::RULE,
    &control_flow::foreach_mapping::RULE,
    &control_flow::for_loop_expression::RULE,
    &control_flow::precedence_cycle::RULE,
    &control_flow::unreachable_executable::RULE,
    &control_flow::sql_parameter_count::RULE,
    &project::child_package_missing::RULE,
    &project::package_call_cycle::RULE,
    &project::ispac_inconsistent::RULE,
];

/// The rule of that name or id, without regard to case.
#[must_use]
pub fn find(name_or_id: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.name.eq_ignore_ascii_case(name_or_id) || rule.id.eq_ignore_ascii_case(name_or_id))
}
