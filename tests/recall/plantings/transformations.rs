//! Faults in data flows that are planted as a whole: what transformations and destinations ask of their columns.

use crate::recall::flow::{Column, Component, Flow, Manager, input, output, with_column_property};
use crate::recall::managers::SQL_SERVER;
use crate::recall::plant::Plant;

const ID: Column<'static> = ("Id", "dataType=\"i4\"", "");
const SORTED: Column<'static> = ("Id", "dataType=\"i4\"", "sortKeyPosition=\"1\"");
const DATABASE: &str = "Planted Database";

/// A data flow that begins with rows of a good database: one source, called `Read`.
fn reading_database(plant: &mut Plant<'_>, attributes: &str, columns: &[Column<'_>]) -> Flow {
    let database = plant.database();
    let mut flow = Flow::new("Planted Flow");
    database_source(&mut flow, "Read", (DATABASE, &database), attributes, columns);
    flow
}

/// The same from any database.
pub(super) fn reading(name: &str, manager: Manager<'_>) -> Flow {
    let mut flow = Flow::new(name);
    database_source(&mut flow, "Read", manager, "", &[ID]);
    flow
}

fn database_source(flow: &mut Flow, name: &str, manager: Manager<'_>, attributes: &str, columns: &[Column<'_>]) {
    let properties = [("SqlCommand", "SELECT * FROM dbo.Orders ORDER BY Id"), ("AccessMode", "2"), ("CommandTimeout", "0")];
    flow.source(&Component { name, class: "Microsoft.OLEDBSource", manager: Some(manager), properties: &properties }, attributes, columns);
}

const fn transformation<'c>(name: &'c str, class: &'c str) -> Component<'c> {
    Component { name, class, manager: None, properties: &[] }
}

pub(super) fn merge_input_unsorted(plant: &mut Plant<'_>) {
    const ON: &str = "isSorted=\"true\"";
    let sides = [[(ON, SORTED), ("", ID)], [("", ID), (ON, SORTED)]];
    let [left, right] = plant.one_of(&sides);
    let mut flow = reading_database(plant, left.0, &[left.1]);
    let other = plant.connection("Planted Other", "OLEDB", SQL_SERVER);
    database_source(&mut flow, "Other", ("Planted Other", &other), right.0, &[right.1]);
    let inputs = [input("Merge", "Left", "Read", &[ID]), input("Merge", "Right", "Other", &[ID])].concat();
    let merge = Component { properties: &[("JoinType", "2"), ("NumKeyColumns", "1")], ..transformation("Merge", "Microsoft.MergeJoin") };
    flow.component(&merge, &inputs, &output("Merge", "Output", ON, &[SORTED], false));
    flow.path("Read.Outputs[Output]", "Merge.Inputs[Left]");
    flow.path("Other.Outputs[Output]", "Merge.Inputs[Right]");
    plant.flow(&flow);
}

pub(super) fn sort_metadata(plant: &mut Plant<'_>) {
    let position = plant.one_of(&["sortKeyPosition=\"2\"", "sortKeyPosition=\"-3\"", ""]);
    let flow = reading_database(plant, "isSorted=\"true\"", &[("Id", "dataType=\"i4\"", position)]);
    plant.flow(&flow);
}

pub(super) fn lookup_join_type(plant: &mut Plant<'_>) {
    let data_type = plant.one_of(&["dataType=\"r8\"", "dataType=\"r4\"", "dataType=\"text\" codePage=\"1252\"", "dataType=\"nText\"", "dataType=\"image\""]);
    let key = ("Customer", data_type, "");
    let database = plant.connection("Planted Customers", "OLEDB", SQL_SERVER);
    let mut flow = reading_database(plant, "", &[ID, key]);
    let properties = [("SqlCommand", "SELECT Customer FROM dbo.Customers"), ("ConnectionType", "0"), ("CacheType", "0"), ("NoMatchBehavior", "0")];
    let lookup = Component { name: "Find", class: "Microsoft.Lookup", manager: Some(("Planted Customers", &database)), properties: &properties };
    let taken = with_column_property(&input("Find", "Input", "Read", &[key]), "JoinToReferenceColumn", "Customer");
    flow.component(&lookup, &taken, &output("Find", "Output", "synchronousInputId=\"@\\Find.Inputs[Input]\"", &[], false));
    flow.join("Read", "Find");
    plant.flow(&flow);
}

pub(super) fn raw_file_options(plant: &mut Plant<'_>) {
    let data_type = plant.one_of(&["dataType=\"nText\"", "dataType=\"text\" codePage=\"1252\"", "dataType=\"image\""]);
    let columns = [ID, ("Note", data_type, "")];
    let mut flow = reading_database(plant, "", &columns);
    if plant.one_of(&[true, false]) {
        let keep = Component {
            properties: &[("AccessMode", "0"), ("FileName", "in\\orders.raw"), ("WriteOption", "0")],
            ..transformation("Keep", "Microsoft.RawDestination")
        };
        flow.component(&keep, &input("Keep", "Input", "Read", &columns), "");
    } else {
        let taken = with_column_property(&input("Keep", "Input", "Read", &columns), "AllowAppend", plant.one_of(&["true", "True"]));
        let taken = taken.replace("</properties>", "<property dataType=\"System.String\" name=\"ForceTruncate\">true</property></properties>");
        flow.component(&transformation("Keep", "Microsoft.Extractor"), &taken, "");
    }
    flow.join("Read", "Keep");
    plant.flow(&flow);
}

pub(super) fn aggregate_output_unused(plant: &mut Plant<'_>) {
    let mut flow = reading_database(plant, "", &[ID]);
    let outputs = ["Output", "Total"].map(|name| output("Sum", name, "", &[("Orders", "dataType=\"i4\"", "")], false));
    flow.component(&transformation("Sum", "Microsoft.Aggregate"), &input("Sum", "Input", "Read", &[ID]), &outputs.concat());
    flow.join("Read", "Sum");
    let database = plant.connection("Planted Sums", "OLEDB", SQL_SERVER);
    into_table(&mut flow, "Sum", ("Planted Sums", &database), &[("Orders", "dataType=\"i4\"", "")]);
    plant.flow(&flow);
}

pub(super) fn multicast_columns(plant: &mut Plant<'_>) {
    let mut flow = reading_database(plant, "", &[ID]);
    let copies = output("Copy", "Output", "synchronousInputId=\"@\\Copy.Inputs[Input]\"", &[("Extra", "dataType=\"i4\"", "")], false);
    flow.component(&transformation("Copy", "Microsoft.Multicast"), &input("Copy", "Input", "Read", &[]), &copies);
    flow.join("Read", "Copy");
    plant.flow(&flow);
}

pub(super) fn sql_server_destination(plant: &mut Plant<'_>) {
    let database = plant.connection("Planted Staging", "OLEDB", SQL_SERVER);
    let mut flow = reading_database(plant, "", &[ID]);
    let properties = [("BulkInsertTableName", "[dbo].[Staging]")];
    let bulk = Component { name: "Write", class: "Microsoft.SQLServerDestination", manager: Some(("Planted Staging", &database)), properties: &properties };
    flow.destination(&bulk, "Read", &[ID]);
    plant.flow(&flow);
}

pub(super) fn flat_file_column_mismatch(plant: &mut Plant<'_>) {
    let names = ["Id", plant.one_of(&["Name", "Extra", "id"])];
    let columns: String = names.iter().map(|name| flat_file_column(plant, name)).collect();
    let columns = plant.collected("FlatFileColumns", &columns);
    let properties = [("Format", "Delimited"), ("LocaleID", "1033"), ("CodePage", "1252"), ("ConnectionString", "in\\orders.csv")];
    let file = plant.connection_with("Planted File", "FLATFILE", &properties, &columns);
    let mut flow = Flow::new("Planted Flow");
    let source = Component { name: "Read", class: "Microsoft.FlatFileSource", manager: Some(("Planted File", &file)), properties: &[("RetainNulls", "false")] };
    flow.source(&source, "", &[("Id", "dataType=\"str\" length=\"50\" codePage=\"1252\"", "")]);
    plant.flow(&flow);
}

fn flat_file_column(plant: &mut Plant<'_>, name: &str) -> String {
    let id = plant.guid();
    let properties =
        [("ColumnType", "Delimited"), ("ColumnDelimiter", "_x003B_"), ("MaximumWidth", "50"), ("DataType", "129"), ("ObjectName", name), ("DTSID", &id)];
    plant.object("FlatFileColumn", &properties, "")
}

pub(super) fn cache_not_filled(plant: &mut Plant<'_>) {
    let id = plant.guid();
    let properties = [("DataType", "3"), ("Length", "0"), ("IndexPosition", "1"), ("ObjectName", "Id"), ("DTSID", &id)];
    let column = plant.object("CacheColumn", &properties, "");
    let columns = plant.collected("CacheColumns", &column);
    let cache = plant.connection_with("Planted Cache", "CACHE", &[], &columns);
    let mut flow = reading_database(plant, "", &[ID]);
    let properties = [("SqlCommand", ""), ("ConnectionType", "1"), ("CacheType", "0"), ("NoMatchBehavior", "0")];
    let lookup = Component { name: "Find", class: "Microsoft.Lookup", manager: Some(("Planted Cache", &cache)), properties: &properties };
    let taken = with_column_property(&input("Find", "Input", "Read", &[ID]), "JoinToReferenceColumn", "Id");
    flow.component(&lookup, &taken, &output("Find", "Output", "synchronousInputId=\"@\\Find.Inputs[Input]\"", &[], false));
    flow.join("Read", "Find");
    plant.flow(&flow);
}

/// Ends the way of the rows in a table.
pub(super) fn into_table(flow: &mut Flow, from: &str, manager: Manager<'_>, columns: &[Column<'_>]) {
    let properties = [("OpenRowset", "[dbo].[Planted]"), ("AccessMode", "3"), ("FastLoadOptions", "TABLOCK"), ("FastLoadMaxInsertCommitSize", "2147483647")];
    flow.destination(&Component { name: "Write", class: "Microsoft.OLEDBDestination", manager: Some(manager), properties: &properties }, from, columns);
}
