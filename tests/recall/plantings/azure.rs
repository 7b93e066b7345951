//! Faults that only show on Azure and Fabric.

use super::plain_sql;
use super::transformations::{into_table, reading};
use crate::recall::classes::SQL;
use crate::recall::flow::{Column, Component, Flow, input, output};
use crate::recall::managers::SQL_SERVER;
use crate::recall::plant::Plant;

const ID: Column<'static> = ("Id", "dataType=\"i4\"", "");
const CLOUD: &str = "Data Source=sales.database.windows.net;Initial Catalog=Sales;Provider=MSOLEDBSQL.1;Authentication=ActiveDirectoryManagedIdentity;";
const WAREHOUSE: &str = "Data Source=abc123.datawarehouse.fabric.microsoft.com;Initial Catalog=Sales;Provider=MSOLEDBSQL.1;";

/// A source of the Azure Feature Pack on an account: the properties say what it reads.
fn lake(plant: &mut Plant<'_>, class: &str, properties: &[(&str, &str)]) {
    let account =
        "<AzureStorageConnectionManager ConnectionString=\"DefaultEndpointsProtocol=https;AccountName=contosolake;EndpointSuffix=core.windows.net\"/>";
    let lake = plant.manager("Planted Lake", "AzureStorage", "", account);
    let properties = [&[("UserComponentTypeName", class), ("Blob Container", "orders")], properties].concat();
    let mut flow = Flow::new("Planted Flow");
    let manager = Some(("Planted Lake", &*lake));
    flow.source(&Component { name: "Read", class: "Microsoft.ManagedComponentHost", manager, properties: &properties }, "", &[ID]);
    plant.flow(&flow);
}

pub(super) fn azure_java_formats(plant: &mut Plant<'_>) {
    let (name, format) = plant.one_of(&[("orders", "Orc"), ("orders", "Parquet"), ("in/orders.parquet", ""), ("ORDERS.ORC", "")]);
    lake(plant, "FlexibleFileSource", &[("Blob Name", name), ("Blob Format", format)]);
}

pub(super) fn feature_pack_on_premises(plant: &mut Plant<'_>) {
    let class = plant.one_of(&["AzBlobSrc", "FlexibleFileSource"]);
    lake(plant, class, &[("Blob Name", "orders.csv")]);
}

/// A connection that goes through a self-hosted runtime.
fn by_proxy(plant: &mut Plant<'_>) -> String {
    let on = plant.boolean(true);
    plant.connection_with("Planted Database", "OLEDB", &[("ConnectByProxy", on), ("ConnectionString", SQL_SERVER)], "")
}

pub(super) fn proxy_unsupported(plant: &mut Plant<'_>) {
    let connection = by_proxy(plant);
    plant.using(&connection);
}

pub(super) fn proxy_variable_write(plant: &mut Plant<'_>) {
    plant.at_top();
    plant.variable("Planted", "3", "0", &[]);
    let connection = by_proxy(plant);
    let mut flow = reading("Planted Flow", ("Planted Database", &connection));
    let count = Component { name: "Count", class: "Microsoft.RowCount", manager: None, properties: &[("VariableName", "User::Planted")] };
    flow.component(&count, &input("Count", "Input", "Read", &[]), &output("Count", "Output", "synchronousInputId=\"@\\Count.Inputs[Input]\"", &[], false));
    flow.join("Read", "Count");
    plant.flow(&flow);
}

pub(super) fn azure_enterprise_edition(plant: &mut Plant<'_>) {
    let connection = plant.database();
    let manager = ("Planted Database", &*connection);
    let mut flow = reading("Planted Flow", manager);
    let properties = [("ReferenceTableName", "[dbo].[Customers]")];
    let lookup = Component { name: "Match", class: "Microsoft.FuzzyLookup", manager: Some(manager), properties: &properties };
    flow.component(&lookup, &input("Match", "Input", "Read", &[ID]), &output("Match", "Output", "", &[], false));
    flow.join("Read", "Match");
    plant.flow(&flow);
}

pub(super) fn fabric_warehouse_destination(plant: &mut Plant<'_>) {
    let (source, target) = (plant.connection("Planted Database", "OLEDB", CLOUD), {
        let string = format!("{WAREHOUSE}Authentication=ActiveDirectoryManagedIdentity;");
        plant.connection("Planted Warehouse", "OLEDB", &string)
    });
    let mut flow = reading("Planted Flow", ("Planted Database", &source));
    into_table(&mut flow, "Read", ("Planted Warehouse", &target), &[ID]);
    plant.flow(&flow);
}

pub(super) fn fabric_sql_authentication(plant: &mut Plant<'_>) {
    let login = plant.one_of(&["Integrated Security=SSPI;", "integrated security = sspi", "Trusted_Connection=yes;"]);
    let connection = plant.connection("Planted Warehouse", "OLEDB", &format!("{WAREHOUSE}{login}"));
    plant.using(&connection);
}

pub(super) fn fabric_limits(plant: &mut Plant<'_>) {
    let file = plant.connection_with("Planted Child", "FILE", &[("FileUsageType", "0"), ("ConnectionString", "in\\Child.dtsx")], "");
    super::control_flow::execute_file(plant, &file);
}

/// A database by managed identity; whoever has none to log in with uses the login, whose password is computed.
fn by_identity(plant: &mut Plant<'_>, string: &str) {
    plant.outer_variable("Secret", "8", "");
    let on = plant.boolean(true);
    let inner = [("ConnectUsingManagedIdentity", on), ("ConnectionString", string)];
    let connection = plant.computed_connection("Planted Database", "OLEDB", ("Password", "@[User::Secret]"), &inner);
    let data = plain_sql(&connection);
    plant.task("Planted Use", SQL, &[], "", &data);
}

pub(super) fn managed_identity_conflict(plant: &mut Plant<'_>) {
    let way = plant.one_of(&["Authentication=ActiveDirectoryPassword;", "authentication = activedirectorypassword"]);
    let string = format!("Data Source=sales.database.windows.net;User ID=etl@contoso.example;Initial Catalog=Sales;Provider=MSOLEDBSQL.1;{way}");
    by_identity(plant, &string);
}

pub(super) fn managed_identity_provider(plant: &mut Plant<'_>) {
    let provider = plant.one_of(&["SQLNCLI11.1", "sqlncli11", "SQLOLEDB"]);
    by_identity(plant, &format!("Data Source=sales.database.windows.net;User ID=etl;Initial Catalog=Sales;Provider={provider};"));
}
