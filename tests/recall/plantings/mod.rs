//! The faults: one small function each.

mod azure;
mod concurrency;
mod configuration;
mod connection;
mod control_flow;
mod data_flow;
mod excel;
mod logging;
mod project;
mod shared;
mod transformations;

use super::classes::{FILE_SYSTEM, PROCESS, SQL};
use super::managers::SQL_SERVER;
use super::plant::Form::{Attribute, Element};
use super::plant::{Form, Plant, escape};

/// A clean package to plant into.
pub(crate) struct Base {
    pub(crate) folder: &'static str,
    pub(crate) file: &'static str,
    pub(crate) form: Form,
}

/// How to make a rule speak.
pub(crate) struct Planting {
    pub(crate) rule: &'static str,
    pub(crate) bases: &'static [Base],
    pub(crate) plant: fn(&mut Plant<'_>),
}

const A2005: Base = Base { folder: "Archive2005", file: "ArchiveOrders.dtsx", form: Element };
const A2008: Base = Base { folder: "Archive2008", file: "ArchiveOrders.dtsx", form: Element };
const A2012: Base = Base { folder: "Archive2012", file: "ArchiveOrders.dtsx", form: Attribute };
pub(crate) const PROJECT: Base = Base { folder: "Warehouse", file: "LoadCustomers.dtsx", form: Attribute };
/// It runs the other packages of its project.
const MAIN: Base = Base { folder: "Warehouse", file: "Main.dtsx", form: Attribute };
/// Every generation, in both deployment models.
pub(crate) const ALL: &[Base] = &[A2005, A2008, A2012, PROJECT];
/// Those that deploy by package: with configurations, with their own protection level.
const BY_PACKAGE: &[Base] = &[A2005, A2008, A2012];

/// Those of SQL Server 2012 and later.
const NEW: &[Base] = &[A2012, PROJECT];

const fn of(rule: &'static str, bases: &'static [Base], plant: fn(&mut Plant<'_>)) -> Planting {
    Planting { rule, bases, plant }
}

/// Puts the first column of a row into the variable `User::Planted`.
const RESULT: &str = "<SQLTask:ResultBinding SQLTask:ResultName=\"0\" SQLTask:DtsVariableName=\"User::Planted\"/>";

/// Binds the variable `User::Planted` to the first parameter of a statement.
const INPUT: &str = "<SQLTask:ParameterBinding SQLTask:ParameterName=\"0\" SQLTask:DtsVariableName=\"User::Planted\" SQLTask:ParameterDirection=\"Input\" SQLTask:DataType=\"130\" SQLTask:ParameterSize=\"-1\"/>";

/// All faults.
pub(crate) fn plantings() -> impl Iterator<Item = &'static Planting> {
    OWN.iter().chain(shared::PLANTINGS)
}

/// Those of a package.
const OWN: &[Planting] = &[
    // Protection.
    of("user-key-ciphertext", BY_PACKAGE, connection::user_key_ciphertext),
    of("clear-text-secret", ALL, |plant| using_database(plant, "User ID=etl_load;Password=Kestrel-417;")),
    of("server-storage-in-file", BY_PACKAGE, |plant| plant.set("ProtectionLevel", "5")),
    of("certificate-not-validated", ALL, connection::certificate_not_validated),
    // Connections.
    of("unresolved-connection", ALL, connection::unresolved_connection),
    of("loopback-server", ALL, connection::loopback_server),
    of("provider-32bit-only", ALL, connection::provider_32bit_only),
    of("packet-size-over-tls", ALL, connection::packet_size_over_tls),
    of("connection-string-malformed", ALL, connection::connection_string_malformed),
    of("temp-table-lost", ALL, connection::temp_table_lost),
    of("interactive-auth", ALL, connection::interactive_auth),
    of("provider-deprecated", ALL, connection::provider_deprecated),
    of("component-no-connection", ALL, connection::component_no_connection),
    of("retain-multiple-files", ALL, connection::retain_multiple_files),
    of("smtp-authentication", ALL, connection::smtp_authentication),
    // Paths.
    of("absolute-local-path", ALL, |plant| deleting_file(plant, &["D:\\Feeds\\orders.txt", "d:/feeds/orders.txt", "E:\\x y\\\u{e9}.txt"])),
    of("user-profile-path", ALL, |plant| deleting_file(plant, &["C:\\Users\\mira\\Desktop\\orders.txt", "c:\\users\\MIRA\\AppData\\Local\\Temp\\o.txt"])),
    of("administrative-share", ALL, |plant| deleting_file(plant, &["\\\\etl01\\d$\\orders.txt", "\\\\ETL01.corp.example.com\\C$\\in\\o.txt"])),
    of("file-name-invalid", ALL, |plant| deleting_file(plant, &["in\\orders?.txt", "in\\a|b.txt", "in\\con\"x.txt"])),
    of("process-path", ALL, control_flow::process_path),
    of("ui-in-script", BY_PACKAGE, data_flow::ui_in_script),
    // Configurations, variables, expressions.
    of("registry-configuration", BY_PACKAGE, configuration::registry_configuration),
    of("configuration-path-absolute", BY_PACKAGE, configuration::configuration_path_absolute),
    of("configuration-target-missing", BY_PACKAGE, configuration::configuration_target_missing),
    of("configuration-in-project-model", &[PROJECT], configuration::configuration_in_project_model),
    // In a project, a caller may have the variable.
    of("variable-reference-missing", BY_PACKAGE, configuration::variable_reference_missing),
    of("variable-expression-recursion", ALL, configuration::variable_expression_recursion),
    of("variable-expression-off", ALL, configuration::variable_expression_off),
    of("expression-syntax", ALL, configuration::expression_syntax),
    of("expression-type", ALL, configuration::expression_type),
    of("parameter-reference-missing", &[PROJECT], configuration::parameter_reference_missing),
    // Excel, concurrency, transactions.
    of("excel-parallel", ALL, connection::excel_parallel),
    of("dtc-target-support", ALL, connection::dtc_target_support),
    of("redirect-in-transaction", BY_PACKAGE, data_flow::redirect_in_transaction),
    of("checkpoint-file", ALL, control_flow::checkpoint_file),
    of("variable-write-race", ALL, configuration::variable_write_race),
    // Control flow.
    of("precedence-cycle", ALL, control_flow::precedence_cycle),
    of("sql-parameter-count", ALL, control_flow::sql_parameter_count),
    of("result-binding", ALL, control_flow::result_binding),
    of("task-not-configured", ALL, |plant| process(plant, "", "")),
    of("process-redirect", ALL, control_flow::process_redirect),
    of("file-system-operation", ALL, control_flow::file_system_operation),
    of("for-loop-expression", ALL, control_flow::for_loop_expression),
    of("force-execution-result", ALL, control_flow::force_execution_result),
    of("object-name", ALL, control_flow::object_name),
    // Data flow, scripts, upgrade.
    of("lineage-missing", BY_PACKAGE, data_flow::lineage_missing),
    of("destination-table", BY_PACKAGE, |plant| plant.replace("[dbo].[ArchivedOrders]", "")),
    of("external-metadata-mapping", BY_PACKAGE, data_flow::external_metadata_mapping),
    of("input-not-connected", BY_PACKAGE, data_flow::input_not_connected),
    of("script-binary-missing", BY_PACKAGE, data_flow::script_binary_missing),
    of("third-party-component", BY_PACKAGE, data_flow::third_party_component),
    of("stripped-credential-no-source", ALL, |plant| using_database(plant, "User ID=etl_load;")),
    of("encrypt-default-change", ALL, |plant| using_provider(plant, "MSOLEDBSQL19.1")),
    of("connection-type-mismatch", ALL, connection::connection_type_mismatch),
    of("retained-connection-in-transaction", ALL, connection::retained_connection_in_transaction),
    of("sqlclient-choice", ALL, connection::sqlclient_choice),
    of("oracle-initial-catalog", ALL, connection::oracle_initial_catalog),
    of("environment-variable", ALL, |plant| deleting_file(plant, &["%DATA_ROOT%\\in.txt", "%Etl_Home%/in.txt"])),
    of("unc-path", ALL, |plant| deleting_file(plant, &["\\\\files01\\in\\o.txt", "//files01.corp.example.com/in/o.txt"])),
    of("temp-storage-path", BY_PACKAGE, data_flow::temp_storage_path),
    of("interactive-process", ALL, control_flow::interactive_process),
    of("deprecated-in-2025", ALL, control_flow::deprecated_in_2025),
    of("configuration-warning-suppressed", &[A2008], configuration::configuration_warning_suppressed),
    of("variable-expression-readonly-write", ALL, configuration::variable_expression_readonly_write),
    of("parallel-file-clash", ALL, control_flow::parallel_file_clash),
    of("odbc-in-transaction", ALL, connection::odbc_in_transaction),
    of("split-manual-transaction", ALL, connection::split_manual_transaction),
    of("checkpoint-no-restart-point", ALL, |plant| checkpoints(plant, "1")),
    of("unreachable-executable", ALL, control_flow::unreachable_executable),
    of("duplicate-object-id", ALL, control_flow::duplicate_object_id),
    of("placeholder-task", BY_PACKAGE, |plant| drop(plant.task("Planted Task", ("SSIS.ReplacementTask", "SSIS.ReplacementTask"), &[], "", ""))),
    of("legacy-task-removed", BY_PACKAGE, data_flow::legacy_task_removed),
    of("variable-type", BY_PACKAGE, |plant| plant.replace(">User::Rows<", ">User::Region<")),
    of("identifier-duplicate", BY_PACKAGE, |plant| plant.replace_after("<component", "name=\"Count Orders\"", "name=\"Add Archive Date\"")),
    of("column-type-mismatch", BY_PACKAGE, data_flow::column_type_mismatch),
    of("unused-suppression", ALL, |plant| described(plant, "ssislint:allow unc-path the share is mounted everywhere")),
    of("invalid-suppression", ALL, |plant| described(plant, "ssislint:allow unc-path")),
    of("azure-host-not-routable", ALL, |plant| using_server(plant, &["sql01", "SQL01\\SALES", "sql01,1433"])),
    of("provider-not-on-azure", ALL, |plant| using_provider(plant, "IBMDADB2.1")),
    of("user-key-level", BY_PACKAGE, |plant| plant.set("ProtectionLevel", "1")),
    of("retained-connection-parallel", ALL, connection::retained_connection_parallel),
    of("checkpoint-transaction-conflict", ALL, control_flow::checkpoint_transaction_conflict),
    of("checkpoint-loop", ALL, concurrency::checkpoint_loop),
    of("foreach-mapping", ALL, control_flow::foreach_mapping),
    of("temp-table-metadata", BY_PACKAGE, |plant| plant.replace("dbo.OldOrders", "#OldOrders")),
    of("execute-package-target", ALL, control_flow::execute_package_target),
    of("child-package-missing", &[PROJECT], control_flow::child_package_missing),
    of("ftp-path", ALL, control_flow::ftp_path),
    of("merge-input-unsorted", ALL, transformations::merge_input_unsorted),
    of("sort-metadata", ALL, transformations::sort_metadata),
    of("lookup-join-type", ALL, transformations::lookup_join_type),
    of("raw-file-options", ALL, transformations::raw_file_options),
    of("aggregate-output-unused", ALL, transformations::aggregate_output_unused),
    of("multicast-columns", ALL, transformations::multicast_columns),
    of("sql-server-destination", ALL, transformations::sql_server_destination),
    of("flat-file-column-mismatch", ALL, transformations::flat_file_column_mismatch),
    of("cache-not-filled", ALL, transformations::cache_not_filled),
    // Azure and Fabric.
    of("azure-java-formats", NEW, azure::azure_java_formats),
    of("feature-pack-on-premises", NEW, azure::feature_pack_on_premises),
    of("proxy-unsupported", NEW, azure::proxy_unsupported),
    of("proxy-variable-write", NEW, azure::proxy_variable_write),
    of("azure-enterprise-edition", ALL, azure::azure_enterprise_edition),
    of("fabric-warehouse-destination", BY_PACKAGE, azure::fabric_warehouse_destination),
    of("fabric-sql-authentication", BY_PACKAGE, azure::fabric_sql_authentication),
    of("fabric-limits", BY_PACKAGE, azure::fabric_limits),
    of("managed-identity-conflict", NEW, azure::managed_identity_conflict),
    of("managed-identity-provider", NEW, azure::managed_identity_provider),
    of("excel-child-in-process", &[MAIN], excel::excel_child_in_process),
    of("excel-same-workbook", &[MAIN], excel::excel_same_workbook),
    of("excel-lock-files", ALL, excel::excel_lock_files),
    of("excel-dynamic-path-validation", ALL, excel::excel_dynamic_path_validation),
    of("excel-destination-import-mode", ALL, excel::excel_destination_import_mode),
    of("dtc-validation-hang", ALL, concurrency::dtc_validation_hang),
    of("transfer-task-in-transaction", ALL, concurrency::transfer_task_in_transaction),
    of("transaction-cut", ALL, concurrency::transaction_cut),
    of("privileged-login", ALL, connection::privileged_login),
    of("plaintext-protocol", ALL, connection::plaintext_protocol),
    of("retain-with-dynamic-string", ALL, connection::retain_with_dynamic_string),
    of("log-provider-connection", ALL, logging::log_provider_connection),
    of("profiler-log-provider", ALL, logging::profiler_log_provider),
    of("removed-in-2025", NEW, control_flow::removed_in_2025),
    of("script-migration-2005", &[A2005], |plant| plant.replace(" VSTAMajorVersion=\"2\" VSTAMinorVersion=\"1\"", "")),
    of("script-variable-not-listed", ALL, control_flow::script_variable_not_listed),
    of("package-call-cycle", &[PROJECT], control_flow::package_call_cycle),
    // Documents beside the package.
    of("malformed-xml", ALL, project::malformed_xml),
    of("unsupported-file", ALL, project::unsupported_file),
    of("limit-exceeded", ALL, project::limit_exceeded),
    of("damaged-archive", &[PROJECT], project::damaged_archive),
    of("ispac-inconsistent", &[PROJECT], project::ispac_inconsistent),
    of("project-file-missing", &[PROJECT, A2008, A2012], project::project_file_missing),
    of("duplicate-package-id", &[PROJECT], project::duplicate_package_id),
    of("deployment-model-mix", &[A2008, A2012], project::deployment_model_mix),
    of("format-newer-than-target", NEW, project::format_newer_than_target),
    of("target-version-mixed", &[A2012], project::target_version_mixed),
    of("protection-level-mismatch", &[PROJECT, MAIN], project::protection_level_mismatch),
    of("encrypt-all-user-key", BY_PACKAGE, |plant| plant.set("ProtectionLevel", "4")),
    of("package-password-needed", BY_PACKAGE, project::package_password_needed),
    of("weak-package-encryption", &[PROJECT], project::weak_package_encryption),
    of("sensitive-parameter-mapping", &[MAIN], project::sensitive_parameter_mapping),
    of("sensitive-parameter-in-expression", NEW, project::sensitive_parameter_in_expression),
    of("clear-text-secret", NEW, project::clear_text_parameter),
    of("required-parameter", &[A2012, PROJECT, MAIN], project::required_parameter),
    of("child-parameter-contract", &[MAIN], project::child_parameter_contract),
    of("configuration-value-type", &[A2008], project::configuration_value_type),
];

fn using_database(plant: &mut Plant<'_>, login: &str) {
    let string = format!("Data Source=sql01.corp.example.com;Initial Catalog=Sales;Provider=MSOLEDBSQL.1;{login}");
    let connection = plant.connection("Planted Database", "OLEDB", &string);
    plant.using(&connection);
}

fn using_provider(plant: &mut Plant<'_>, provider: &str) {
    let string = SQL_SERVER.replace("MSOLEDBSQL.1", provider);
    let connection = plant.connection("Planted Database", "OLEDB", &string);
    plant.using(&connection);
}

fn described(plant: &mut Plant<'_>, description: &str) {
    let connection = plant.database();
    let data = plain_sql(&connection);
    plant.task("Planted Use", SQL, &[("Description", description)], "", &data);
}

fn deleting_file(plant: &mut Plant<'_>, paths: &[&'static str]) {
    let path = plant.one_of(paths);
    let connection = plant.connection_with("Planted File", "FILE", &[("FileUsageType", "0"), ("ConnectionString", path)], "");
    plant.task("Planted Delete", FILE_SYSTEM, &[], "", &format!("<FileSystemData TaskOperationType=\"DeleteFile\" TaskSourcePath=\"{connection}\"/>"));
}

fn process(plant: &mut Plant<'_>, executable: &str, attributes: &str) {
    plant.task("Planted Process", PROCESS, &[], "", &format!("<ExecuteProcessData Executable=\"{}\" {attributes}/>", escape(executable)));
}

fn computed(plant: &mut Plant<'_>, data_type: &str, expression: &str, evaluated: bool) {
    let evaluated = plant.boolean(evaluated);
    plant.variable("Planted", data_type, "0", &[("EvaluateAsExpression", evaluated), ("Expression", expression)]);
    let connection = plant.database();
    plant.sql_task("Planted Use", &connection, "EXEC dbo.Refresh ?", "", INPUT);
}

fn checkpoints(plant: &mut Plant<'_>, usage: &str) {
    let on = plant.boolean(true);
    plant.set("CheckpointUsage", usage);
    plant.set("SaveCheckpoints", on);
    plant.set("CheckpointFileName", "in\\load.xml");
}

/// The data of an Execute SQL Task that has nothing special.
fn plain_sql(connection: &str) -> String {
    sql_data(connection, "EXEC dbo.A")
}

fn sql_data(connection: &str, statement: &str) -> String {
    format!(
        "<SQLTask:SqlTaskData SQLTask:Connection=\"{connection}\" SQLTask:SqlStatementSource=\"{}\" xmlns:SQLTask=\"www.microsoft.com/sqlserver/dts/tasks/sqltask\"/>",
        escape(statement)
    )
}

fn using_server(plant: &mut Plant<'_>, servers: &[&'static str]) {
    let string = SQL_SERVER.replace("sql01.corp.example.com", plant.one_of(servers));
    let connection = plant.connection("Planted Database", "OLEDB", &string);
    plant.using(&connection);
}
