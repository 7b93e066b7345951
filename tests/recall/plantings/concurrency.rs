//! Faults of transactions.

use super::transformations::reading;
use super::{plain_sql, sql_data};
use crate::recall::classes::{Class, SEQUENCE, SQL};
use crate::recall::flow::{Column, Component};
use crate::recall::plant::{Form, Plant};

const ID: Column<'static> = ("Id", "dataType=\"i4\"", "");
const IN_TRANSACTION: &[(&str, &str)] = &[("TransactionOption", "2")];
const TRANSFER_LOGINS: Class = (
    "Microsoft.SqlServer.Dts.Tasks.TransferLoginsTask.TransferLoginsTask, Microsoft.SqlServer.TransferLoginsTask, Version=10.0.0.0, Culture=neutral, PublicKeyToken=89845dcd8080cc91",
    "Microsoft.TransferLoginsTask",
);

pub(super) fn dtc_validation_hang(plant: &mut Plant<'_>) {
    plant.contain(IN_TRANSACTION);
    let database = plant.database();
    let statement = plant.one_of(&["DELETE FROM dbo.Orders", "truncate table [dbo].[Orders]", "EXEC dbo.PrepareOrders"]);
    let first = plant.sql_task("Planted Clear", &database, statement, "", "");
    let manager = ("Planted Database", &*database);
    let mut flow = reading("Planted Flow", manager);
    let properties = [("OpenRowset", plant.one_of(&["[dbo].[Orders]", "\"dbo\".\"Orders\"", "dbo.Orders"])), ("AccessMode", "0")];
    let destination = Component { name: "Write", class: "Microsoft.OLEDBDestination", manager: Some(manager), properties: &properties };
    flow.destination(&destination, "Read", &[ID]);
    let second = plant.flow(&flow);
    plant.constraint(&first, &second, &[]);
}

pub(super) fn transfer_task_in_transaction(plant: &mut Plant<'_>) {
    let inherited = plant.one_of(&[true, false]);
    if inherited {
        plant.contain(IN_TRANSACTION);
    }
    let [from, to] = [("Planted From", "sql01"), ("Planted To", "sql02")]
        .map(|(name, server)| plant.connection(name, "SMOServer", &format!("SqlServerName={server}.corp.example.com;UseWindowsAuthentication=True;")));
    let data = format!("<TransferLoginsTaskData SourceConnection=\"{from}\" DestinationConnection=\"{to}\"/>");
    plant.task("Planted Transfer", TRANSFER_LOGINS, if inherited { &[] } else { IN_TRANSACTION }, "", &data);
}

pub(super) fn transaction_cut(plant: &mut Plant<'_>) {
    plant.contain(IN_TRANSACTION);
    let database = plant.database();
    plant.sql_task("Planted Clear", &database, "DELETE FROM dbo.Orders", "", "");
    let statement = plant.one_of(&["DELETE FROM dbo.Prices", "INSERT INTO dbo.Prices SELECT * FROM dbo.Feed"]);
    let step = step(plant, &sql_data(&database, statement), &[]);
    plant.task("Planted Cut", SEQUENCE, &[("TransactionOption", "0")], &step, "");
}

/// An Execute SQL Task to be put inside of a container that is planted.
pub(super) fn step(plant: &mut Plant<'_>, data: &str, properties: &[(&str, &str)]) -> String {
    let creation = if plant.form == Form::Element { SQL.0 } else { SQL.1 };
    let id = plant.guid();
    let properties = [&[("CreationName", creation), ("ObjectName", "Planted Step"), ("DTSID", &*id)], properties].concat();
    let step = plant.object("Executable", &properties, &format!("<DTS:ObjectData>{data}</DTS:ObjectData>"));
    plant.collected("Executables", &step)
}

pub(super) fn checkpoint_loop(plant: &mut Plant<'_>) {
    plant.at_top();
    super::checkpoints(plant, "1");
    plant.variable("Counter", "3", "0", &[]);
    let (database, on) = (plant.database(), plant.boolean(true));
    let step = step(plant, &plain_sql(&database), &[("FailPackageOnFailure", on)]);
    let properties = [("InitExpression", "@Counter = 0"), ("EvalExpression", "@Counter < 3"), ("AssignExpression", "@Counter = @Counter + 1")];
    plant.task("Planted Loop", crate::recall::classes::FOR_LOOP, &properties, &step, "");
}
