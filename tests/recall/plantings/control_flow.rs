//! Faults of tasks, loops, constraints and checkpoints.

use super::{INPUT, checkpoints, plain_sql, process};
use crate::recall::classes::{Class, FILE_SYSTEM, FOR_LOOP, SCRIPT, SEQUENCE, SQL};
use crate::recall::plant::Form::Attribute;
use crate::recall::plant::{Plant, escape};

const EXECUTE_PACKAGE: Class = ("SSIS.ExecutePackageTask.2", "Microsoft.ExecutePackageTask");

pub(super) fn interactive_process(plant: &mut Plant<'_>) {
    let program = plant.one_of(&["C:\\Windows\\System32\\notepad.exe", "c:\\windows\\system32\\MSPAINT.EXE"]);
    process(plant, program, "TimeOut=\"60\"");
}

pub(super) fn deprecated_in_2025(plant: &mut Plant<'_>) {
    process(plant, "C:\\Program Files (x86)\\Microsoft SQL Server\\150\\DTS\\Binn\\DTExec.exe", "Arguments=\"/SQL Load\" TimeOut=\"60\"");
}

pub(super) fn parallel_file_clash(plant: &mut Plant<'_>) {
    let connection = plant.connection_with("Planted File", "FILE", &[("FileUsageType", "0"), ("ConnectionString", "in\\a.csv")], "");
    for name in ["Planted A", "Planted B"] {
        plant.task(name, FILE_SYSTEM, &[], "", &format!("<FileSystemData TaskOperationType=\"DeleteFile\" TaskSourcePath=\"{connection}\"/>"));
    }
}

pub(super) fn unreachable_executable(plant: &mut Plant<'_>) {
    let connection = plant.database();
    let (first, second) = (plant.sql_task("Planted A", &connection, "EXEC dbo.A", "", ""), plant.sql_task("Planted B", &connection, "EXEC dbo.B", "", ""));
    let expression = plant.one_of(&["1 == 2", "FALSE", "2 > 3 || FALSE"]);
    plant.constraint(&first, &second, &[("EvalOp", "3"), ("Expression", expression)]);
}

pub(super) fn duplicate_object_id(plant: &mut Plant<'_>) {
    let connection = plant.database();
    let tasks = ["Planted A", "Planted B"].map(|name| plant.sql_task(name, &connection, "EXEC dbo.Refresh", "", ""));
    plant.same_id(&tasks[0], &tasks[1]);
}

pub(super) fn process_path(plant: &mut Plant<'_>) {
    let program = plant.one_of(&["7z.exe", "gpg", "WinSCP.com", "\"7z.exe\""]);
    process(plant, program, "Arguments=\"in out\" TimeOut=\"60\"");
}

pub(super) fn process_redirect(plant: &mut Plant<'_>) {
    let (stream, off) = (plant.one_of(&["StandardInputVariable", "StandardOutputVariable", "StandardErrorVariable"]), plant.boolean(false));
    plant.variable("Planted", "8", "x", &[]);
    let attributes = format!("Arguments=\"in out\" TimeOut=\"60\" TerminateAfterTimeout=\"{off}\" {stream}=\"User::Planted\"");
    process(plant, "C:\\Windows\\System32\\sort.exe", &attributes);
}

pub(super) fn checkpoint_file(plant: &mut Plant<'_>) {
    checkpoints(plant, "2");
    let (connection, on) = (plant.database(), plant.boolean(true));
    let data = plain_sql(&connection);
    plant.task("Planted Use", SQL, &[("FailPackageOnFailure", on)], "", &data);
}

pub(super) fn precedence_cycle(plant: &mut Plant<'_>) {
    let connection = plant.database();
    let names = ["Planted A", "Planted B", "Planted C"];
    let tasks = names.map(|name| plant.sql_task(name, &connection, "EXEC dbo.Refresh", "", ""));
    let length = plant.one_of(&[2, 3]);
    for index in 0..length {
        plant.constraint(&tasks[index], &tasks[(index + 1) % length], &[]);
    }
}

pub(super) fn sql_parameter_count(plant: &mut Plant<'_>) {
    let statement = plant.one_of(&["UPDATE dbo.Orders SET State = ? WHERE Id = ?", "EXEC dbo.Close ?, ?", "DELETE FROM dbo.Orders WHERE Id IN (?, ?) -- ?"]);
    plant.variable("Planted", "8", "x", &[]);
    let connection = plant.database();
    plant.sql_task("Planted Use", &connection, statement, "", INPUT);
}

pub(super) fn result_binding(plant: &mut Plant<'_>) {
    let kind = plant.one_of(&["ResultSetType_SingleRow", "ResultSetType_Rowset"]);
    let connection = plant.database();
    plant.sql_task("Planted Use", &connection, "SELECT Name FROM dbo.Shops", &format!("SQLTask:ResultType=\"{kind}\""), "");
}

pub(super) fn file_system_operation(plant: &mut Plant<'_>) {
    let connection = plant.connection_with("Planted File", "FILE", &[("FileUsageType", "0"), ("ConnectionString", "in\\a.csv")], "");
    let (operation, off) = (plant.one_of(&["MoveFile", "CopyFile", "RenameFile"]), plant.boolean(false));
    let data =
        format!("<FileSystemData TaskOperationType=\"{operation}\" TaskSourcePath=\"{connection}\" TaskIsSourceVariable=\"{off}\" TaskDestinationPath=\"\"/>");
    plant.task("Planted Move", FILE_SYSTEM, &[], "", &data);
}

pub(super) fn for_loop_expression(plant: &mut Plant<'_>) {
    plant.variable("Counter", "3", "0", &[]);
    let assign = plant.one_of(&["@Counter + 1", "@[User::Counter]+1"]);
    let properties = [("InitExpression", "@Counter = 0"), ("EvalExpression", "@Counter < 3"), ("AssignExpression", assign)];
    plant.task("Planted Loop", FOR_LOOP, &properties, "", "");
}

pub(super) fn force_execution_result(plant: &mut Plant<'_>) {
    let connection = plant.database();
    let data = plain_sql(&connection);
    plant.task("Planted Use", SQL, &[("ForceExecutionResult", "0")], "", &data);
}

pub(super) fn object_name(plant: &mut Plant<'_>) {
    let name = plant.one_of(&["Load: Orders", "Load [Orders]", "Load/Orders", "Load=Orders"]);
    plant.task(name, SEQUENCE, &[], "", "");
}

pub(super) fn checkpoint_transaction_conflict(plant: &mut Plant<'_>) {
    checkpoints(plant, "1");
    plant.set("TransactionOption", "2");
    let (connection, on) = (plant.database(), plant.boolean(true));
    let data = plain_sql(&connection);
    plant.task("Planted Use", SQL, &[("FailPackageOnFailure", on)], "", &data);
}

pub(super) fn foreach_mapping(plant: &mut Plant<'_>) {
    plant.variable("Planted", "8", "x", &[]);
    let index = plant.one_of(&["1", "2", "-1"]);
    let enumerator = "<ForEachFileEnumeratorProperties><FEFEProperty Folder=\"in\"/><FEFEProperty FileSpec=\"orders*.csv\"/></ForEachFileEnumeratorProperties>";
    let enumerator =
        plant.object("ForEachEnumerator", &[("CreationName", "Microsoft.ForEachFileEnumerator")], &format!("<DTS:ObjectData>{enumerator}</DTS:ObjectData>"));
    let mapping = plant.object("ForEachVariableMapping", &[("ValueIndex", index), ("VariableName", "User::Planted")], "");
    let mapping = plant.collected("ForEachVariableMappings", &mapping);
    plant.task("Planted Loop", ("STOCK:FOREACHLOOP", "STOCK:FOREACHLOOP"), &[], &format!("{enumerator}{mapping}"), "");
}

pub(super) fn execute_package_target(plant: &mut Plant<'_>) {
    let reference = if plant.form == Attribute { plant.one_of(&["", "<UseProjectReference>True</UseProjectReference>"]) } else { "" };
    let data = format!("<ExecutePackageTask><ExecuteOutOfProcess>False</ExecuteOutOfProcess>{reference}</ExecutePackageTask>");
    plant.task("Planted Child", EXECUTE_PACKAGE, &[], "", &data);
}

pub(super) fn child_package_missing(plant: &mut Plant<'_>) {
    let name = plant.one_of(&["Gone.dtsx", "LoadCustomer.dtsx"]);
    let data = format!("<ExecutePackageTask><UseProjectReference>True</UseProjectReference><PackageName>{name}</PackageName></ExecutePackageTask>");
    plant.task("Planted Child", EXECUTE_PACKAGE, &[], "", &data);
}

pub(super) fn ftp_path(plant: &mut Plant<'_>) {
    let server = plant.connection("Planted Server", "FTP", "ftp.corp.example.com:21");
    let path = plant.one_of(&["orders/*.csv", "*.csv"]);
    fetch(plant, &server, path);
}

/// Receives a file.
pub(super) fn fetch(plant: &mut Plant<'_>, server: &str, path: &str) {
    let local = plant.connection_with("Planted Folder", "FILE", &[("FileUsageType", "2"), ("ConnectionString", "in")], "");
    let data = format!("<FtpData ConnectionName=\"{server}\" TaskOperationType=\"Receive\" TaskRemotePath=\"{path}\" TaskLocalPath=\"{local}\"/>");
    plant.task("Planted Fetch", ("Microsoft.SqlServer.Dts.Tasks.FtpTask.FtpTask, Microsoft.SqlServer.FtpTask", "Microsoft.FtpTask"), &[], "", &data);
}

/// Runs a package from a file.
pub(super) fn execute_file(plant: &mut Plant<'_>, connection: &str) {
    let data = format!("<ExecutePackageTask><ExecuteOutOfProcess>False</ExecuteOutOfProcess><Connection>{connection}</Connection></ExecutePackageTask>");
    plant.task("Planted Child", EXECUTE_PACKAGE, &[], "", &data);
}

pub(super) fn package_call_cycle(plant: &mut Plant<'_>) {
    let name = plant.one_of(&["Main.dtsx", "LoadCustomers.dtsx", "main.dtsx"]);
    let data = format!("<ExecutePackageTask><UseProjectReference>True</UseProjectReference><PackageName>{name}</PackageName></ExecutePackageTask>");
    plant.task("Planted Child", EXECUTE_PACKAGE, &[], "", &data);
}

pub(super) fn removed_in_2025(plant: &mut Plant<'_>) {
    let class = plant.one_of(&["HadoopHiveTask", "HadoopPigTask"]);
    let data = "<HadoopConnectionManager ConnectionString=\"WebHdfsHost=hdp01.corp.example.com;WebHdfsPort=50070;\"/>";
    let cluster = plant.manager("Planted Cluster", "Hadoop", "", data);
    plant.task("Planted Job", (class, class), &[], "", &format!("<{class} Connection=\"{cluster}\"/>"));
}

pub(super) fn script_variable_not_listed(plant: &mut Plant<'_>) {
    plant.variable("Planted", "8", "x", &[]);
    let line = plant.one_of(&["Dts.Variables[\"User::Planted\"].Value = 1;", "int rows = (int)Dts . Variables [ @\"Planted\" ].Value;"]);
    let list =
        plant.one_of(&["", "ReadOnlyVariables=\"\"", "ReadWriteVariables=\"System::TaskName\"", "ReadOnlyVariables=\"System::TaskName,System::PackageName\""]);
    let code = escape(&format!("using System;\nclass ScriptMain {{\n  public void Main() {{\n    {line}\n  }}\n}}\n"));
    let items =
        format!("<ProjectItem Name=\"ScriptMain.cs\" Encoding=\"UTF8\">{code}</ProjectItem><BinaryItem Name=\"ST_1.dll\">TVqQAAMAAAAEAAAA</BinaryItem>");
    let data = format!("<ScriptProject Name=\"ST_1\" VSTAMajorVersion=\"2\" VSTAMinorVersion=\"1\" Language=\"CSharp\" {list}>{items}</ScriptProject>");
    plant.task("Planted Script", SCRIPT, &[], "", &data);
}
