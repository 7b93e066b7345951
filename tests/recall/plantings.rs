//! The faults: one small function each.

use super::plant::Form::{Attribute, Element};
use super::plant::{Class, EXCEL_SOURCE, FILE_SYSTEM, FOR_LOOP, Form, PROCESS, Plant, SEND_MAIL, SEQUENCE, SQL, SQL_SERVER, escape};

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
const PROJECT: Base = Base { folder: "Warehouse", file: "LoadCustomers.dtsx", form: Attribute };
/// Every generation, in both deployment models.
pub(crate) const ALL: &[Base] = &[A2005, A2008, A2012, PROJECT];
/// Those that deploy by package: with configurations, with their own protection level.
const BY_PACKAGE: &[Base] = &[A2005, A2008, A2012];

const fn of(rule: &'static str, bases: &'static [Base], plant: fn(&mut Plant<'_>)) -> Planting {
    Planting { rule, bases, plant }
}

/// Puts the first column of a row into the variable `User::Planted`.
const RESULT: &str = "<SQLTask:ResultBinding SQLTask:ResultName=\"0\" SQLTask:DtsVariableName=\"User::Planted\"/>";

/// Binds the variable `User::Planted` to the first parameter of a statement.
const INPUT: &str = "<SQLTask:ParameterBinding SQLTask:ParameterName=\"0\" SQLTask:DtsVariableName=\"User::Planted\" SQLTask:ParameterDirection=\"Input\" SQLTask:DataType=\"130\" SQLTask:ParameterSize=\"-1\"/>";

pub(crate) const PLANTINGS: &[Planting] = &[
    // Protection.
    of("user-key-ciphertext", BY_PACKAGE, user_key_ciphertext),
    of("clear-text-secret", ALL, |plant| using_database(plant, "User ID=etl_load;Password=Kestrel-417;")),
    of("server-storage-in-file", BY_PACKAGE, |plant| plant.set("ProtectionLevel", "5")),
    of("certificate-not-validated", ALL, certificate_not_validated),
    // Connections.
    of("unresolved-connection", ALL, unresolved_connection),
    of("loopback-server", ALL, loopback_server),
    of("provider-32bit-only", ALL, provider_32bit_only),
    of("packet-size-over-tls", ALL, packet_size_over_tls),
    of("connection-string-malformed", ALL, connection_string_malformed),
    of("temp-table-lost", ALL, temp_table_lost),
    of("interactive-auth", ALL, interactive_auth),
    of("provider-deprecated", ALL, provider_deprecated),
    of("component-no-connection", ALL, component_no_connection),
    of("retain-multiple-files", ALL, retain_multiple_files),
    of("smtp-authentication", ALL, smtp_authentication),
    // Paths.
    of("absolute-local-path", ALL, |plant| deleting_file(plant, &["D:\\Feeds\\orders.txt", "d:/feeds/orders.txt", "E:\\x y\\\u{e9}.txt"])),
    of("user-profile-path", ALL, |plant| deleting_file(plant, &["C:\\Users\\mira\\Desktop\\orders.txt", "c:\\users\\MIRA\\AppData\\Local\\Temp\\o.txt"])),
    of("administrative-share", ALL, |plant| deleting_file(plant, &["\\\\etl01\\d$\\orders.txt", "\\\\ETL01.corp.example.com\\C$\\in\\o.txt"])),
    of("file-name-invalid", ALL, |plant| deleting_file(plant, &["in\\orders?.txt", "in\\a|b.txt", "in\\con\"x.txt"])),
    of("process-path", ALL, process_path),
    of("ui-in-script", BY_PACKAGE, ui_in_script),
    // Configurations, variables, expressions.
    of("registry-configuration", BY_PACKAGE, registry_configuration),
    of("configuration-path-absolute", BY_PACKAGE, configuration_path_absolute),
    of("configuration-target-missing", BY_PACKAGE, configuration_target_missing),
    of("configuration-in-project-model", &[PROJECT], configuration_in_project_model),
    // In a project, a caller may have the variable.
    of("variable-reference-missing", BY_PACKAGE, variable_reference_missing),
    of("variable-expression-recursion", ALL, variable_expression_recursion),
    of("variable-expression-off", ALL, variable_expression_off),
    of("expression-syntax", ALL, expression_syntax),
    of("expression-type", ALL, expression_type),
    of("parameter-reference-missing", &[PROJECT], parameter_reference_missing),
    // Excel, concurrency, transactions.
    of("excel-parallel", ALL, excel_parallel),
    of("dtc-target-support", ALL, dtc_target_support),
    of("redirect-in-transaction", BY_PACKAGE, redirect_in_transaction),
    of("checkpoint-file", ALL, checkpoint_file),
    of("variable-write-race", ALL, variable_write_race),
    // Control flow.
    of("precedence-cycle", ALL, precedence_cycle),
    of("sql-parameter-count", ALL, sql_parameter_count),
    of("result-binding", ALL, result_binding),
    of("task-not-configured", ALL, |plant| process(plant, "", "")),
    of("process-redirect", ALL, process_redirect),
    of("file-system-operation", ALL, file_system_operation),
    of("for-loop-expression", ALL, for_loop_expression),
    of("force-execution-result", ALL, force_execution_result),
    of("object-name", ALL, object_name),
    // Data flow, scripts, upgrade.
    of("lineage-missing", BY_PACKAGE, lineage_missing),
    of("destination-table", BY_PACKAGE, |plant| plant.replace("[dbo].[ArchivedOrders]", "")),
    of("external-metadata-mapping", BY_PACKAGE, external_metadata_mapping),
    of("input-not-connected", BY_PACKAGE, input_not_connected),
    of("script-binary-missing", BY_PACKAGE, script_binary_missing),
    of("third-party-component", BY_PACKAGE, third_party_component),
    of("stripped-credential-no-source", ALL, |plant| using_database(plant, "User ID=etl_load;")),
    of("encrypt-default-change", ALL, |plant| using_provider(plant, "MSOLEDBSQL19.1")),
    of("connection-type-mismatch", ALL, connection_type_mismatch),
    of("retained-connection-in-transaction", ALL, retained_connection_in_transaction),
    of("sqlclient-choice", ALL, sqlclient_choice),
    of("oracle-initial-catalog", ALL, oracle_initial_catalog),
    of("environment-variable", ALL, |plant| deleting_file(plant, &["%DATA_ROOT%\\in.txt", "%Etl_Home%/in.txt"])),
    of("unc-path", ALL, |plant| deleting_file(plant, &["\\\\files01\\in\\o.txt", "//files01.corp.example.com/in/o.txt"])),
    of("temp-storage-path", BY_PACKAGE, temp_storage_path),
    of("interactive-process", ALL, interactive_process),
    of("deprecated-in-2025", ALL, deprecated_in_2025),
    of("configuration-warning-suppressed", &[A2008], configuration_warning_suppressed),
    of("variable-expression-readonly-write", ALL, variable_expression_readonly_write),
    of("parallel-file-clash", ALL, parallel_file_clash),
    of("odbc-in-transaction", ALL, odbc_in_transaction),
    of("split-manual-transaction", ALL, split_manual_transaction),
    of("checkpoint-no-restart-point", ALL, |plant| checkpoints(plant, "1")),
    of("unreachable-executable", ALL, unreachable_executable),
    of("duplicate-object-id", ALL, duplicate_object_id),
    of("placeholder-task", BY_PACKAGE, |plant| drop(plant.task("Planted Task", ("SSIS.ReplacementTask", "SSIS.ReplacementTask"), &[], "", ""))),
    of("legacy-task-removed", BY_PACKAGE, legacy_task_removed),
    of("variable-type", BY_PACKAGE, |plant| plant.replace(">User::Rows<", ">User::Region<")),
    of("identifier-duplicate", BY_PACKAGE, |plant| plant.replace_after("<component", "name=\"Count Orders\"", "name=\"Add Archive Date\"")),
    of("column-type-mismatch", BY_PACKAGE, column_type_mismatch),
    of("unused-suppression", ALL, |plant| described(plant, "ssislint:allow unc-path the share is mounted everywhere")),
    of("invalid-suppression", ALL, |plant| described(plant, "ssislint:allow unc-path")),
    of("azure-host-not-routable", ALL, |plant| using_server(plant, &["sql01", "SQL01\\SALES", "sql01,1433"])),
    of("provider-not-on-azure", ALL, |plant| using_provider(plant, "IBMDADB2.1")),
    of("user-key-level", BY_PACKAGE, |plant| plant.set("ProtectionLevel", "1")),
    of("retained-connection-parallel", ALL, retained_connection_parallel),
    of("checkpoint-transaction-conflict", ALL, checkpoint_transaction_conflict),
    of("checkpoint-loop", ALL, checkpoint_loop),
    of("foreach-mapping", ALL, foreach_mapping),
    of("temp-table-metadata", BY_PACKAGE, |plant| plant.replace("dbo.OldOrders", "#OldOrders")),
    of("execute-package-target", ALL, execute_package_target),
    of("child-package-missing", &[PROJECT], child_package_missing),
    of("ftp-path", ALL, ftp_path),
];

fn using_database(plant: &mut Plant<'_>, login: &str) {
    let string = format!("Data Source=sql01.corp.example.com;Initial Catalog=Sales;Provider=MSOLEDBSQL.1;{login}");
    let connection = plant.connection("Planted Database", "OLEDB", &string);
    plant.using(&connection);
}

fn user_key_ciphertext(plant: &mut Plant<'_>) {
    const CIPHERTEXT: &str = "AQAAANCMnd8BFdERjHoAwE/Cl+sBAAAAY7KC8j7DrM4EO3qI6F4sMVqVhI4+LNGDr44cu/A8c6BRKFtnVO5mW4Ru/rZVX34b";
    plant.set("ProtectionLevel", "1");
    let password = format!("<DTS:Password DTS:Name=\"Password\" Sensitive=\"1\" Encrypted=\"1\">{CIPHERTEXT}</DTS:Password>");
    let string = "Data Source=sql01.corp.example.com;User ID=etl_load;Initial Catalog=Sales;Provider=MSOLEDBSQL.1;Persist Security Info=True;";
    let connection = plant.connection_with("Planted Database", "OLEDB", &[("ConnectionString", string)], &password);
    plant.using(&connection);
}

fn certificate_not_validated(plant: &mut Plant<'_>) {
    let way = plant.one_of(&[
        "Use Encryption for Data=True;Trust Server Certificate=True;",
        "use encryption for data=true;trust server certificate=true",
        "Trust Server Certificate = True ;Use Encryption for Data = True",
    ]);
    using_database(plant, &format!("Integrated Security=SSPI;{way}"));
}

fn unresolved_connection(plant: &mut Plant<'_>) {
    let nowhere = plant.guid();
    plant.using(&nowhere);
}

fn loopback_server(plant: &mut Plant<'_>) {
    let server = plant.one_of(&["localhost", ".", "(local)", "LocalHost\\SALES", "127.0.0.1,1433", "::1", "tcp:localhost", ".\\SQLEXPRESS"]);
    let key = plant.one_of(&["Data Source", "data source", "Server", " Data Source "]);
    let string = format!("{key}={server};Initial Catalog=Sales;Provider=MSOLEDBSQL.1;Integrated Security=SSPI;");
    let connection = plant.connection("Planted Database", "OLEDB", &string);
    plant.using(&connection);
}

fn provider_32bit_only(plant: &mut Plant<'_>) {
    let string = plant.one_of(&["Data Source=in\\sales.mdb;Provider=Microsoft.Jet.OLEDB.4.0;", "provider = microsoft.jet.oledb.4.0;data source=in\\sales.mdb"]);
    let connection = plant.connection("Planted Database", "OLEDB", string);
    plant.using(&connection);
}

fn packet_size_over_tls(plant: &mut Plant<'_>) {
    let size = plant.one_of(&["Packet Size=32767;", "packet size=20000", "Packet Size = 17000 ;"]);
    using_database(plant, &format!("Integrated Security=SSPI;{size}"));
}

fn connection_string_malformed(plant: &mut Plant<'_>) {
    let string = plant.one_of(&[
        "Data Source=sql01.corp.example.com;Initial Catalog=Sales;Old;Provider=MSOLEDBSQL.1;Integrated Security=SSPI;",
        "Data Source=sql01.corp.example.com;Initial Catalog=\"Sales;Provider=MSOLEDBSQL.1;Integrated Security=SSPI;",
    ]);
    let connection = plant.connection("Planted Database", "OLEDB", string);
    plant.using(&connection);
}

fn temp_table_lost(plant: &mut Plant<'_>) {
    let connection = plant.database();
    let first =
        plant.one_of(&["SELECT Id INTO #Keys FROM dbo.Orders", "create table #keys (Id int)", "SELECT Id\r\n  INTO [#Keys]\r\nFROM dbo.Orders -- #other"]);
    let second = plant.one_of(&[
        "DELETE FROM #Keys",
        "INSERT INTO dbo.Done SELECT Id FROM #keys",
        "UPDATE o SET Done = 1 FROM dbo.Orders o JOIN [#Keys] k ON k.Id = o.Id",
    ]);
    let (first, second) = (plant.sql_task("Planted Keys", &connection, first, "", ""), plant.sql_task("Planted Use", &connection, second, "", ""));
    plant.constraint(&first, &second, &[]);
}

fn interactive_auth(plant: &mut Plant<'_>) {
    using_database(plant, "User ID=kim@contoso.example;Authentication=ActiveDirectoryInteractive;");
}

fn provider_deprecated(plant: &mut Plant<'_>) {
    let provider = plant.one_of(&["SQLNCLI11.1", "SQLNCLI10", "sqlncli11", "SQLOLEDB.1"]);
    using_provider(plant, provider);
}

fn using_provider(plant: &mut Plant<'_>, provider: &str) {
    let string = SQL_SERVER.replace("MSOLEDBSQL.1", provider);
    let connection = plant.connection("Planted Database", "OLEDB", &string);
    plant.using(&connection);
}

fn connection_type_mismatch(plant: &mut Plant<'_>) {
    let connection = plant.connection("Planted File", "FLATFILE", "in\\orders.csv");
    plant.reading_flow("Planted Flow", EXCEL_SOURCE, ("Planted File", &connection), "Orders$");
}

fn retained_connection_in_transaction(plant: &mut Plant<'_>) {
    let on = plant.boolean(true);
    let connection = plant.connection_with("Planted Database", "OLEDB", &[("Retain", on), ("ConnectionString", SQL_SERVER)], "");
    let data = plain_sql(&connection);
    plant.task("Planted Use", SQL, &[("TransactionOption", "2")], "", &data);
}

fn sqlclient_choice(plant: &mut Plant<'_>) {
    const KIND: &str =
        "ADO.NET:Microsoft.Data.SqlClient.SqlConnection, Microsoft.Data.SqlClient, Version=5.0.0.0, Culture=neutral, PublicKeyToken=23ec7fc2d6eaa4a5";
    let connection =
        plant.connection("Planted Database", KIND, "Data Source=sql01.corp.example.com;Initial Catalog=Sales;Integrated Security=True;Encrypt=True;");
    plant.using(&connection);
}

fn oracle_initial_catalog(plant: &mut Plant<'_>) {
    let string = plant.one_of(&[
        "Data Source=SALES;Initial Catalog=SALES;Provider=OraOLEDB.Oracle.1;OSAuthent=1;",
        "provider=oraoledb.oracle;data source=SALES;initial catalog=S;osauthent=1",
    ]);
    let connection = plant.connection("Planted Database", "OLEDB", string);
    plant.using(&connection);
}

fn temp_storage_path(plant: &mut Plant<'_>) {
    let path = plant.one_of(&["D:\\Temp", "E:\\Buffers\\", "\\\\files01\\temp"]);
    match plant.form {
        Element => plant.replace("bufferTempStoragePath=\"\"", &format!("bufferTempStoragePath=\"{path}\"")),
        Attribute => plant.replace("<pipeline", &format!("<pipeline BLOBTempStoragePath=\"{path}\"")),
    }
}

fn interactive_process(plant: &mut Plant<'_>) {
    let program = plant.one_of(&["C:\\Windows\\System32\\notepad.exe", "c:\\windows\\system32\\MSPAINT.EXE"]);
    process(plant, program, "TimeOut=\"60\"");
}

fn deprecated_in_2025(plant: &mut Plant<'_>) {
    process(plant, "C:\\Program Files (x86)\\Microsoft SQL Server\\150\\DTS\\Binn\\DTExec.exe", "Arguments=\"/SQL Load\" TimeOut=\"60\"");
}

fn configuration_warning_suppressed(plant: &mut Plant<'_>) {
    let on = plant.boolean(true);
    plant.set("SuppressConfigurationWarnings", on);
}

fn variable_expression_readonly_write(plant: &mut Plant<'_>) {
    let on = plant.boolean(true);
    plant.variable("Planted", "3", "0", &[("ReadOnly", on)]);
    let connection = plant.database();
    plant.sql_task("Planted Use", &connection, "SELECT 1", "SQLTask:ResultType=\"ResultSetType_SingleRow\"", RESULT);
}

fn parallel_file_clash(plant: &mut Plant<'_>) {
    let connection = plant.connection_with("Planted File", "FILE", &[("FileUsageType", "0"), ("ConnectionString", "in\\a.csv")], "");
    for name in ["Planted A", "Planted B"] {
        plant.task(name, FILE_SYSTEM, &[], "", &format!("<FileSystemData TaskOperationType=\"DeleteFile\" TaskSourcePath=\"{connection}\"/>"));
    }
}

fn odbc_in_transaction(plant: &mut Plant<'_>) {
    let connection = plant.connection("Planted Database", "ODBC", "Dsn=Sales;");
    let data = plain_sql(&connection);
    plant.task("Planted Use", SQL, &[("TransactionOption", "2")], "", &data);
}

fn split_manual_transaction(plant: &mut Plant<'_>) {
    let connection = plant.database();
    let (begin, end) =
        (plant.one_of(&["BEGIN TRAN", "begin transaction Load", "BEGIN TRANSACTION;"]), plant.one_of(&["COMMIT", "commit transaction", "COMMIT TRAN;"]));
    let (begin, end) = (plant.sql_task("Planted Begin", &connection, begin, "", ""), plant.sql_task("Planted End", &connection, end, "", ""));
    plant.constraint(&begin, &end, &[]);
}

fn unreachable_executable(plant: &mut Plant<'_>) {
    let connection = plant.database();
    let (first, second) = (plant.sql_task("Planted A", &connection, "EXEC dbo.A", "", ""), plant.sql_task("Planted B", &connection, "EXEC dbo.B", "", ""));
    let expression = plant.one_of(&["1 == 2", "FALSE", "2 > 3 || FALSE"]);
    plant.constraint(&first, &second, &[("EvalOp", "3"), ("Expression", expression)]);
}

fn duplicate_object_id(plant: &mut Plant<'_>) {
    let connection = plant.database();
    let tasks = ["Planted A", "Planted B"].map(|name| plant.sql_task(name, &connection, "EXEC dbo.Refresh", "", ""));
    plant.same_id(&tasks[0], &tasks[1]);
}

fn legacy_task_removed(plant: &mut Plant<'_>) {
    const CLASS: &str = "Microsoft.SqlServer.Dts.Tasks.ActiveXScriptTask.ActiveXScriptTask, Microsoft.SqlServer.ActiveXScriptTask, Version=10.0.0.0, Culture=neutral, PublicKeyToken=89845dcd8080cc91";
    plant.task("Planted Script", (CLASS, CLASS), &[], "", "<ActiveXScriptTaskData/>");
}

fn column_type_mismatch(plant: &mut Plant<'_>) {
    match plant.form {
        Element => plant.replace_after("<externalMetadataColumn id=\"55\"", "dataType=\"wstr\"", "dataType=\"str\""),
        Attribute => plant.replace_after(
            "<externalMetadataColumn\n                      refId=\"Package\\Archive Orders\\Archived Orders.Inputs[OLE DB Destination Input].ExternalColumns[Customer]\"",
            "dataType=\"wstr\"",
            "dataType=\"str\"",
        ),
    }
}

fn described(plant: &mut Plant<'_>, description: &str) {
    let connection = plant.database();
    let data = plain_sql(&connection);
    plant.task("Planted Use", SQL, &[("Description", description)], "", &data);
}

fn component_no_connection(plant: &mut Plant<'_>) {
    plant.reading_flow("Planted Flow", EXCEL_SOURCE, ("", ""), "Orders$");
}

fn retain_multiple_files(plant: &mut Plant<'_>) {
    let on = plant.boolean(true);
    let inner = [("Retain", on), ("ConnectionString", "in\\a.txt|in\\b.txt")];
    let connection = plant.connection_with("Planted Files", "MULTIFILE", &inner, "");
    plant.using(&connection);
}

fn smtp_authentication(plant: &mut Plant<'_>) {
    let string = "SmtpServer=smtp.office365.com;UseWindowsAuthentication=False;EnableSsl=True;";
    let connection = plant.connection("Planted Mail", "SMTP", string);
    let data = format!(
        "<SendMailTask:SendMailTaskData SendMailTask:SMTPServer=\"{connection}\" SendMailTask:From=\"etl@corp.example.com\" SendMailTask:To=\"ops@corp.example.com\" \
         SendMailTask:Subject=\"Done\" SendMailTask:MessageSource=\"Done.\" xmlns:SendMailTask=\"www.microsoft.com/sqlserver/dts/tasks/sendmailtask\"/>"
    );
    plant.task("Planted Mail", SEND_MAIL, &[], "", &data);
}

fn deleting_file(plant: &mut Plant<'_>, paths: &[&'static str]) {
    let path = plant.one_of(paths);
    let connection = plant.connection_with("Planted File", "FILE", &[("FileUsageType", "0"), ("ConnectionString", path)], "");
    plant.task("Planted Delete", FILE_SYSTEM, &[], "", &format!("<FileSystemData TaskOperationType=\"DeleteFile\" TaskSourcePath=\"{connection}\"/>"));
}

fn process(plant: &mut Plant<'_>, executable: &str, attributes: &str) {
    plant.task("Planted Process", PROCESS, &[], "", &format!("<ExecuteProcessData Executable=\"{}\" {attributes}/>", escape(executable)));
}

fn process_path(plant: &mut Plant<'_>) {
    let program = plant.one_of(&["7z.exe", "gpg", "WinSCP.com", "\"7z.exe\""]);
    process(plant, program, "Arguments=\"in out\" TimeOut=\"60\"");
}

fn process_redirect(plant: &mut Plant<'_>) {
    let (stream, off) = (plant.one_of(&["StandardInputVariable", "StandardOutputVariable", "StandardErrorVariable"]), plant.boolean(false));
    plant.variable("Planted", "8", "x", &[]);
    let attributes = format!("Arguments=\"in out\" TimeOut=\"60\" TerminateAfterTimeout=\"{off}\" {stream}=\"User::Planted\"");
    process(plant, "C:\\Windows\\System32\\sort.exe", &attributes);
}

fn ui_in_script(plant: &mut Plant<'_>) {
    let call = plant.one_of(&["System.Windows.Forms.MessageBox.Show(\"Done\");", "System.Windows.Forms.MessageBox.Show (\n\"Done\");"]);
    if plant.holds("bool fireAgain = true;") {
        plant.replace("bool fireAgain = true;", &format!("bool fireAgain = true; {call}"));
    } else {
        plant.replace("Dts.TaskResult", "MsgBox(\"Done\")\nDts.TaskResult");
    }
}

fn registry_configuration(plant: &mut Plant<'_>) {
    let target = "\\Package.Variables[User::Region].Properties[Value]";
    let kind = plant.one_of(&["3"]);
    plant.configuration(kind, "Contoso\\Region", target);
}

fn configuration_path_absolute(plant: &mut Plant<'_>) {
    let path = plant.one_of(&["D:\\Config\\Load.dtsConfig", "c:/config/load.dtsConfig"]);
    plant.configuration("1", path, "");
}

fn configuration_target_missing(plant: &mut Plant<'_>) {
    plant.configuration("2", "ETL_REGION", "\\Package.Variables[User::Regoin].Properties[Value]");
}

fn configuration_in_project_model(plant: &mut Plant<'_>) {
    plant.configuration("2", "ETL_SALES", "\\Package.Connections[Sales].Properties[ConnectionString]");
}

fn variable_reference_missing(plant: &mut Plant<'_>) {
    let expression = plant.one_of(&["\"EXEC dbo.\" + @[User::Tabel]", "\"EXEC dbo.\"+@Tabel", "@[User::tabel]"]);
    let connection = plant.database();
    let expression = Plant::property_expression("SqlStatementSource", expression);
    let data = plain_sql(&connection);
    plant.task("Planted Use", SQL, &[], &expression, &data);
}

fn computed(plant: &mut Plant<'_>, data_type: &str, expression: &str, evaluated: bool) {
    let evaluated = plant.boolean(evaluated);
    plant.variable("Planted", data_type, "0", &[("EvaluateAsExpression", evaluated), ("Expression", expression)]);
    let connection = plant.database();
    plant.sql_task("Planted Use", &connection, "EXEC dbo.Refresh ?", "", INPUT);
}

fn variable_expression_recursion(plant: &mut Plant<'_>) {
    let expression = plant.one_of(&["@[User::Planted] + \"x\"", "@Planted", "UPPER( @[User::Planted] )"]);
    computed(plant, "8", expression, true);
}

fn variable_expression_off(plant: &mut Plant<'_>) {
    computed(plant, "8", "\"Region \" + @[System::PackageName]", false);
}

fn expression_syntax(plant: &mut Plant<'_>) {
    let expression = plant.one_of(&["\"C:\\temp\" + \"\\q\"", "1 +", "'x'", "@[User::", "(DT_WSTR 10) 1", "TRIM(\"a\"", "\"a\" & \"b\" &", "#"]);
    computed(plant, "8", expression, true);
}

fn expression_type(plant: &mut Plant<'_>) {
    let expression = plant.one_of(&["\"a\" + 1", "1 + \"a\"", "TRUE + 1", "-\"x\""]);
    computed(plant, "8", expression, true);
}

fn parameter_reference_missing(plant: &mut Plant<'_>) {
    let expression = plant.one_of(&["@[$Project::Missing]", "@[$Package::Missing]", "\"x\" + @[$Project::Missing]"]);
    computed(plant, "8", expression, true);
}

fn excel_parallel(plant: &mut Plant<'_>) {
    for (name, flow) in [("Planted Orders", "Planted Flow A"), ("Planted Prices", "Planted Flow B")] {
        let string = format!("Provider=Microsoft.ACE.OLEDB.16.0;Data Source=in\\{name}.xlsx;Extended Properties=\"EXCEL 12.0 XML;HDR=YES\";");
        let connection = plant.connection(name, "EXCEL", &string);
        plant.reading_flow(flow, EXCEL_SOURCE, (name, &connection), "Orders$");
    }
}

fn dtc_target_support(plant: &mut Plant<'_>) {
    let connection = plant.connection("Planted Database", "OLEDB", &SQL_SERVER.replace("sql01.corp.example.com", "sales.database.windows.net"));
    let data = plain_sql(&connection);
    plant.task("Planted Use", SQL, &[("TransactionOption", "2")], "", &data);
}

fn redirect_in_transaction(plant: &mut Plant<'_>) {
    match plant.form {
        Element => plant.replace_after("name=\"OLE DB Destination Input\"", "errorRowDisposition=\"FailComponent\"", "errorRowDisposition=\"RedirectRow\""),
        Attribute => plant.replace_after(
            "<inputs>\n                <input\n                  refId=\"Package\\Archive Orders\\Archived Orders.",
            "errorRowDisposition=\"FailComponent\"",
            "errorRowDisposition=\"RedirectRow\"",
        ),
    }
    plant.set("TransactionOption", "2");
}

fn checkpoint_file(plant: &mut Plant<'_>) {
    checkpoints(plant, "2");
    let (connection, on) = (plant.database(), plant.boolean(true));
    let data = plain_sql(&connection);
    plant.task("Planted Use", SQL, &[("FailPackageOnFailure", on)], "", &data);
}

fn checkpoints(plant: &mut Plant<'_>, usage: &str) {
    let on = plant.boolean(true);
    plant.set("CheckpointUsage", usage);
    plant.set("SaveCheckpoints", on);
    plant.set("CheckpointFileName", "in\\load.xml");
}

/// The data of an Execute SQL Task that has nothing special.
fn plain_sql(connection: &str) -> String {
    format!(
        "<SQLTask:SqlTaskData SQLTask:Connection=\"{connection}\" SQLTask:SqlStatementSource=\"EXEC dbo.A\" xmlns:SQLTask=\"www.microsoft.com/sqlserver/dts/tasks/sqltask\"/>"
    )
}

fn variable_write_race(plant: &mut Plant<'_>) {
    plant.variable("Planted", "3", "0", &[]);
    let connection = plant.database();
    let writers =
        ["Planted A", "Planted B"].map(|name| plant.sql_task(name, &connection, "SELECT 1", "SQLTask:ResultType=\"ResultSetType_SingleRow\"", RESULT));
    let reader = plant.sql_task("Planted Use", &connection, "EXEC dbo.Refresh ?", "", INPUT);
    writers.iter().for_each(|writer| plant.constraint(writer, &reader, &[]));
}

fn precedence_cycle(plant: &mut Plant<'_>) {
    let connection = plant.database();
    let names = ["Planted A", "Planted B", "Planted C"];
    let tasks = names.map(|name| plant.sql_task(name, &connection, "EXEC dbo.Refresh", "", ""));
    let length = 2 + plant.random.below(2);
    for index in 0..length {
        plant.constraint(&tasks[index], &tasks[(index + 1) % length], &[]);
    }
}

fn sql_parameter_count(plant: &mut Plant<'_>) {
    let statement = plant.one_of(&["UPDATE dbo.Orders SET State = ? WHERE Id = ?", "EXEC dbo.Close ?, ?", "DELETE FROM dbo.Orders WHERE Id IN (?, ?) -- ?"]);
    plant.variable("Planted", "8", "x", &[]);
    let connection = plant.database();
    plant.sql_task("Planted Use", &connection, statement, "", INPUT);
}

fn result_binding(plant: &mut Plant<'_>) {
    let kind = plant.one_of(&["ResultSetType_SingleRow", "ResultSetType_Rowset"]);
    let connection = plant.database();
    plant.sql_task("Planted Use", &connection, "SELECT Name FROM dbo.Shops", &format!("SQLTask:ResultType=\"{kind}\""), "");
}

fn file_system_operation(plant: &mut Plant<'_>) {
    let connection = plant.connection_with("Planted File", "FILE", &[("FileUsageType", "0"), ("ConnectionString", "in\\a.csv")], "");
    let (operation, off) = (plant.one_of(&["MoveFile", "CopyFile", "RenameFile"]), plant.boolean(false));
    let data =
        format!("<FileSystemData TaskOperationType=\"{operation}\" TaskSourcePath=\"{connection}\" TaskIsSourceVariable=\"{off}\" TaskDestinationPath=\"\"/>");
    plant.task("Planted Move", FILE_SYSTEM, &[], "", &data);
}

fn for_loop_expression(plant: &mut Plant<'_>) {
    plant.variable("Counter", "3", "0", &[]);
    let assign = plant.one_of(&["@Counter + 1", "@[User::Counter]+1"]);
    let properties = [("InitExpression", "@Counter = 0"), ("EvalExpression", "@Counter < 3"), ("AssignExpression", assign)];
    plant.task("Planted Loop", FOR_LOOP, &properties, "", "");
}

fn force_execution_result(plant: &mut Plant<'_>) {
    let connection = plant.database();
    let data = plain_sql(&connection);
    plant.task("Planted Use", SQL, &[("ForceExecutionResult", "0")], "", &data);
}

fn object_name(plant: &mut Plant<'_>) {
    let name = plant.one_of(&["Load: Orders", "Load [Orders]", "Load/Orders", "Load=Orders"]);
    plant.task(name, SEQUENCE, &[], "", "");
}

fn lineage_missing(plant: &mut Plant<'_>) {
    match plant.form {
        Element => plant.replace_after("<inputColumn ", "lineageId=\"11\"", "lineageId=\"9911\""),
        Attribute => plant.replace_after("<inputColumn\n", "Source Output].Columns[OrderId]\" />", "Source Output].Columns[OrderNo]\" />"),
    }
}

fn external_metadata_mapping(plant: &mut Plant<'_>) {
    match plant.form {
        Element => plant.replace_after("<inputColumn ", "externalMetadataColumnId=\"53\"", "externalMetadataColumnId=\"9953\""),
        Attribute => plant.replace_after("<inputColumn\n", "ExternalColumns[OrderId]\"\n", "ExternalColumns[OrderNo]\"\n"),
    }
}

fn input_not_connected(plant: &mut Plant<'_>) {
    match plant.form {
        Element => plant.remove("<path id=\"69\"", "/>"),
        Attribute => plant.remove("<path\n              refId=\"Package\\Archive Orders.Paths[Row Count Output 2]\"", "/>"),
    }
}

fn script_binary_missing(plant: &mut Plant<'_>) {
    plant.remove("<BinaryItem", "</BinaryItem>");
}

fn third_party_component(plant: &mut Plant<'_>) {
    plant.task(
        "Planted Sync",
        (
            "Contoso.Ssis.SyncTask, Contoso.Ssis, Version=1.0.0.0, Culture=neutral, PublicKeyToken=0123456789abcdef",
            "Contoso.Ssis.SyncTask, Contoso.Ssis, Version=1.0.0.0, Culture=neutral, PublicKeyToken=0123456789abcdef",
        ),
        &[],
        "",
        "<SyncData/>",
    );
}

fn using_server(plant: &mut Plant<'_>, servers: &[&'static str]) {
    let string = SQL_SERVER.replace("sql01.corp.example.com", plant.one_of(servers));
    let connection = plant.connection("Planted Database", "OLEDB", &string);
    plant.using(&connection);
}

fn retained_connection_parallel(plant: &mut Plant<'_>) {
    let on = plant.boolean(true);
    let connection = plant.connection_with("Planted Database", "OLEDB", &[("Retain", on), ("ConnectionString", SQL_SERVER)], "");
    let begin = plant.one_of(&["BEGIN TRAN", "begin transaction"]);
    let steps = [("Planted Begin", begin), ("Planted A", "EXEC dbo.A"), ("Planted B", "EXEC dbo.B"), ("Planted End", "COMMIT")];
    let [begin, left, right, end] = steps.map(|(name, statement)| plant.sql_task(name, &connection, statement, "", ""));
    for step in [left, right] {
        plant.constraint(&begin, &step, &[]);
        plant.constraint(&step, &end, &[]);
    }
}

fn checkpoint_transaction_conflict(plant: &mut Plant<'_>) {
    checkpoints(plant, "1");
    plant.set("TransactionOption", "2");
    let (connection, on) = (plant.database(), plant.boolean(true));
    let data = plain_sql(&connection);
    plant.task("Planted Use", SQL, &[("FailPackageOnFailure", on)], "", &data);
}

fn checkpoint_loop(plant: &mut Plant<'_>) {
    plant.at_top();
    checkpoints(plant, "1");
    plant.variable("Counter", "3", "0", &[]);
    let (connection, on, id) = (plant.database(), plant.boolean(true), plant.guid());
    let creation = if plant.form == Element { SQL.0 } else { SQL.1 };
    let data = format!("<DTS:ObjectData>{}</DTS:ObjectData>", plain_sql(&connection));
    let step = plant.object("Executable", &[("CreationName", creation), ("ObjectName", "Planted Use"), ("DTSID", &id), ("FailPackageOnFailure", on)], &data);
    let step = if plant.form == Element { step } else { format!("<DTS:Executables>{step}</DTS:Executables>") };
    let properties = [("InitExpression", "@Counter = 0"), ("EvalExpression", "@Counter < 3"), ("AssignExpression", "@Counter = @Counter + 1")];
    plant.task("Planted Loop", FOR_LOOP, &properties, &step, "");
}

fn foreach_mapping(plant: &mut Plant<'_>) {
    plant.variable("Planted", "8", "x", &[]);
    let index = plant.one_of(&["1", "2", "-1"]);
    let enumerator = "<ForEachFileEnumeratorProperties><FEFEProperty Folder=\"in\"/><FEFEProperty FileSpec=\"orders*.csv\"/></ForEachFileEnumeratorProperties>";
    let enumerator =
        plant.object("ForEachEnumerator", &[("CreationName", "Microsoft.ForEachFileEnumerator")], &format!("<DTS:ObjectData>{enumerator}</DTS:ObjectData>"));
    let mapping = plant.object("ForEachVariableMapping", &[("ValueIndex", index), ("VariableName", "User::Planted")], "");
    let mapping = if plant.form == Attribute { format!("<DTS:ForEachVariableMappings>{mapping}</DTS:ForEachVariableMappings>") } else { mapping };
    plant.task("Planted Loop", ("STOCK:FOREACHLOOP", "STOCK:FOREACHLOOP"), &[], &format!("{enumerator}{mapping}"), "");
}

const EXECUTE_PACKAGE: Class = ("SSIS.ExecutePackageTask.2", "Microsoft.ExecutePackageTask");

fn execute_package_target(plant: &mut Plant<'_>) {
    let reference = if plant.form == Attribute { plant.one_of(&["", "<UseProjectReference>True</UseProjectReference>"]) } else { "" };
    let data = format!("<ExecutePackageTask><ExecuteOutOfProcess>False</ExecuteOutOfProcess>{reference}</ExecutePackageTask>");
    plant.task("Planted Child", EXECUTE_PACKAGE, &[], "", &data);
}

fn child_package_missing(plant: &mut Plant<'_>) {
    let name = plant.one_of(&["Gone.dtsx", "LoadCustomer.dtsx"]);
    let data = format!("<ExecutePackageTask><UseProjectReference>True</UseProjectReference><PackageName>{name}</PackageName></ExecutePackageTask>");
    plant.task("Planted Child", EXECUTE_PACKAGE, &[], "", &data);
}

fn ftp_path(plant: &mut Plant<'_>) {
    let local = plant.connection_with("Planted Folder", "FILE", &[("FileUsageType", "2"), ("ConnectionString", "in")], "");
    let server = plant.connection("Planted Server", "FTP", "ftp.corp.example.com:21");
    let path = plant.one_of(&["orders/*.csv", "*.csv"]);
    let data = format!("<FtpData ConnectionName=\"{server}\" TaskOperationType=\"Receive\" TaskRemotePath=\"{path}\" TaskLocalPath=\"{local}\"/>");
    plant.task("Planted Fetch", ("Microsoft.SqlServer.Dts.Tasks.FtpTask.FtpTask, Microsoft.SqlServer.FtpTask", "Microsoft.FtpTask"), &[], "", &data);
}
