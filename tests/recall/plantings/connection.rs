//! Faults of connection managers, of what shares one, and of what stays between two tasks on one.

use super::{plain_sql, using_database, using_provider};
use crate::recall::classes::{SEND_MAIL, SQL};
use crate::recall::managers::SQL_SERVER;
use crate::recall::plant::Plant;

pub(super) fn user_key_ciphertext(plant: &mut Plant<'_>) {
    const CIPHERTEXT: &str = "AQAAANCMnd8BFdERjHoAwE/Cl+sBAAAAY7KC8j7DrM4EO3qI6F4sMVqVhI4+LNGDr44cu/A8c6BRKFtnVO5mW4Ru/rZVX34b";
    plant.set("ProtectionLevel", "1");
    let password = format!("<DTS:Password DTS:Name=\"Password\" Sensitive=\"1\" Encrypted=\"1\">{CIPHERTEXT}</DTS:Password>");
    let string = "Data Source=sql01.corp.example.com;User ID=etl_load;Initial Catalog=Sales;Provider=MSOLEDBSQL.1;Persist Security Info=True;";
    let connection = plant.connection_with("Planted Database", "OLEDB", &[("ConnectionString", string)], &password);
    plant.using(&connection);
}

pub(super) fn certificate_not_validated(plant: &mut Plant<'_>) {
    let way = plant.one_of(&[
        "Use Encryption for Data=True;Trust Server Certificate=True;",
        "use encryption for data=true;trust server certificate=true",
        "Trust Server Certificate = True ;Use Encryption for Data = True",
    ]);
    using_database(plant, &format!("Integrated Security=SSPI;{way}"));
}

pub(super) fn unresolved_connection(plant: &mut Plant<'_>) {
    let nowhere = plant.guid();
    plant.using(&nowhere);
}

pub(super) fn loopback_server(plant: &mut Plant<'_>) {
    let server = plant.one_of(&["localhost", ".", "(local)", "LocalHost\\SALES", "127.0.0.1,1433", "::1", "tcp:localhost", ".\\SQLEXPRESS"]);
    let key = plant.one_of(&["Data Source", "data source", "Server", " Data Source "]);
    let string = format!("{key}={server};Initial Catalog=Sales;Provider=MSOLEDBSQL.1;Integrated Security=SSPI;");
    let connection = plant.connection("Planted Database", "OLEDB", &string);
    plant.using(&connection);
}

pub(super) fn provider_32bit_only(plant: &mut Plant<'_>) {
    let string = plant.one_of(&["Data Source=in\\sales.mdb;Provider=Microsoft.Jet.OLEDB.4.0;", "provider = microsoft.jet.oledb.4.0;data source=in\\sales.mdb"]);
    let connection = plant.connection("Planted Database", "OLEDB", string);
    plant.using(&connection);
}

pub(super) fn packet_size_over_tls(plant: &mut Plant<'_>) {
    let size = plant.one_of(&["Packet Size=32767;", "packet size=20000", "Packet Size = 17000 ;"]);
    using_database(plant, &format!("Integrated Security=SSPI;{size}"));
}

pub(super) fn connection_string_malformed(plant: &mut Plant<'_>) {
    let string = plant.one_of(&[
        "Data Source=sql01.corp.example.com;Initial Catalog=Sales;Old;Provider=MSOLEDBSQL.1;Integrated Security=SSPI;",
        "Data Source=sql01.corp.example.com;Initial Catalog=\"Sales;Provider=MSOLEDBSQL.1;Integrated Security=SSPI;",
    ]);
    let connection = plant.connection("Planted Database", "OLEDB", string);
    plant.using(&connection);
}

pub(super) fn temp_table_lost(plant: &mut Plant<'_>) {
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

pub(super) fn interactive_auth(plant: &mut Plant<'_>) {
    using_database(plant, "User ID=kim@contoso.example;Authentication=ActiveDirectoryInteractive;");
}

pub(super) fn provider_deprecated(plant: &mut Plant<'_>) {
    let provider = plant.one_of(&["SQLNCLI11.1", "SQLNCLI10", "sqlncli11", "SQLOLEDB.1"]);
    using_provider(plant, provider);
}

pub(super) fn connection_type_mismatch(plant: &mut Plant<'_>) {
    let connection = plant.connection("Planted File", "FLATFILE", "in\\orders.csv");
    plant.reading_flow("Planted Flow", "Microsoft.ExcelSource", Some(("Planted File", &connection)), "Orders$");
}

pub(super) fn retained_connection_in_transaction(plant: &mut Plant<'_>) {
    let on = plant.boolean(true);
    let connection = plant.connection_with("Planted Database", "OLEDB", &[("Retain", on), ("ConnectionString", SQL_SERVER)], "");
    let data = plain_sql(&connection);
    plant.task("Planted Use", SQL, &[("TransactionOption", "2")], "", &data);
}

pub(super) fn sqlclient_choice(plant: &mut Plant<'_>) {
    const KIND: &str =
        "ADO.NET:Microsoft.Data.SqlClient.SqlConnection, Microsoft.Data.SqlClient, Version=5.0.0.0, Culture=neutral, PublicKeyToken=23ec7fc2d6eaa4a5";
    let connection =
        plant.connection("Planted Database", KIND, "Data Source=sql01.corp.example.com;Initial Catalog=Sales;Integrated Security=True;Encrypt=True;");
    plant.using(&connection);
}

pub(super) fn oracle_initial_catalog(plant: &mut Plant<'_>) {
    let string = plant.one_of(&[
        "Data Source=SALES;Initial Catalog=SALES;Provider=OraOLEDB.Oracle.1;OSAuthent=1;",
        "provider=oraoledb.oracle;data source=SALES;initial catalog=S;osauthent=1",
    ]);
    let connection = plant.connection("Planted Database", "OLEDB", string);
    plant.using(&connection);
}

pub(super) fn odbc_in_transaction(plant: &mut Plant<'_>) {
    let connection = plant.connection("Planted Database", "ODBC", "Dsn=Sales;");
    let data = plain_sql(&connection);
    plant.task("Planted Use", SQL, &[("TransactionOption", "2")], "", &data);
}

pub(super) fn split_manual_transaction(plant: &mut Plant<'_>) {
    let connection = plant.database();
    let (begin, end) =
        (plant.one_of(&["BEGIN TRAN", "begin transaction Load", "BEGIN TRANSACTION;"]), plant.one_of(&["COMMIT", "commit transaction", "COMMIT TRAN;"]));
    let (begin, end) = (plant.sql_task("Planted Begin", &connection, begin, "", ""), plant.sql_task("Planted End", &connection, end, "", ""));
    plant.constraint(&begin, &end, &[]);
}

pub(super) fn component_no_connection(plant: &mut Plant<'_>) {
    plant.reading_flow("Planted Flow", "Microsoft.ExcelSource", Some(("", "")), "Orders$");
}

pub(super) fn retain_multiple_files(plant: &mut Plant<'_>) {
    let on = plant.boolean(true);
    let inner = [("Retain", on), ("ConnectionString", "in\\a.txt|in\\b.txt")];
    let connection = plant.connection_with("Planted Files", "MULTIFILE", &inner, "");
    plant.using(&connection);
}

pub(super) fn smtp_authentication(plant: &mut Plant<'_>) {
    let string = "SmtpServer=smtp.office365.com;UseWindowsAuthentication=False;EnableSsl=True;";
    let connection = plant.connection("Planted Mail", "SMTP", string);
    let data = format!(
        "<SendMailTask:SendMailTaskData SendMailTask:SMTPServer=\"{connection}\" SendMailTask:From=\"etl@corp.example.com\" SendMailTask:To=\"ops@corp.example.com\" \
         SendMailTask:Subject=\"Done\" SendMailTask:MessageSource=\"Done.\" xmlns:SendMailTask=\"www.microsoft.com/sqlserver/dts/tasks/sendmailtask\"/>"
    );
    plant.task("Planted Mail", SEND_MAIL, &[], "", &data);
}

pub(super) fn excel_parallel(plant: &mut Plant<'_>) {
    for (name, flow) in [("Planted Orders", "Planted Flow A"), ("Planted Prices", "Planted Flow B")] {
        let string = format!("Provider=Microsoft.ACE.OLEDB.16.0;Data Source=in\\{name}.xlsx;Extended Properties=\"EXCEL 12.0 XML;HDR=YES\";");
        let connection = plant.connection(name, "EXCEL", &string);
        plant.reading_flow(flow, "Microsoft.ExcelSource", Some((name, &connection)), "Orders$");
    }
}

pub(super) fn dtc_target_support(plant: &mut Plant<'_>) {
    let connection = plant.connection("Planted Database", "OLEDB", &SQL_SERVER.replace("sql01.corp.example.com", "sales.database.windows.net"));
    let data = plain_sql(&connection);
    plant.task("Planted Use", SQL, &[("TransactionOption", "2")], "", &data);
}

pub(super) fn retained_connection_parallel(plant: &mut Plant<'_>) {
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

/// A login whose password is computed.
fn logging_in(plant: &mut Plant<'_>, string: &str) {
    plant.outer_variable("Secret", "8", "");
    let connection = plant.computed_connection("Planted Database", "OLEDB", ("Password", "@[User::Secret]"), &[("ConnectionString", string)]);
    plant.using(&connection);
}

pub(super) fn privileged_login(plant: &mut Plant<'_>) {
    let login = plant.one_of(&["User ID=sa", "UID=SA", "user id = sa "]);
    logging_in(plant, &format!("Data Source=sql01.corp.example.com;{login};Initial Catalog=Sales;Provider=MSOLEDBSQL.1;"));
}

pub(super) fn plaintext_protocol(plant: &mut Plant<'_>) {
    plant.outer_variable("Secret", "8", "");
    let server = [("ServerName", "ftp.example.com"), ("ServerUserName", plant.one_of(&["supplier", "Supplier7"]))];
    let server = plant.object("FtpConnection", &server, "");
    let data = plant.object("ConnectionManager", &[("ConnectionString", "ftp.example.com:21")], &server);
    let expression = Plant::property_expression("ServerPassword", "@[User::Secret]");
    let connection = plant.manager("Planted Server", "FTP", &expression, &data);
    super::control_flow::fetch(plant, &connection, "/out/prices.csv");
}

pub(super) fn retain_with_dynamic_string(plant: &mut Plant<'_>) {
    let items = "<FEIEItems><FEIEItem><FEIEItemValue Type=\"8\" Value=\"sql01.corp.example.com\"/></FEIEItem></FEIEItems>";
    plant.each("Microsoft.ForEachItemEnumerator", items, "User::Planted");
    plant.outer_variable("Planted", "8", "sql01.corp.example.com");
    let on = plant.boolean(true);
    let expression = plant.one_of(&[("ServerName", "@[User::Planted]"), ("ConnectionString", "\"Data Source=\" + @Planted")]);
    let connection = plant.computed_connection("Planted Database", "OLEDB", expression, &[("Retain", on), ("ConnectionString", SQL_SERVER)]);
    plant.using(&connection);
}
