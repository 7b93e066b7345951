//! Faults of Excel workbooks.

use super::transformations::reading;
use crate::recall::flow::{Column, Component};
use crate::recall::plant::Plant;

const ID: Column<'static> = ("Id", "dataType=\"i4\"", "");

fn workbook(path: &str, mode: &str) -> String {
    format!("Provider=Microsoft.ACE.OLEDB.16.0;Data Source={path};Extended Properties=\"EXCEL 12.0 XML;HDR=YES{mode}\";")
}

fn read_workbook(plant: &mut Plant<'_>, path: &str) {
    let connection = plant.connection("Planted Book", "EXCEL", &workbook(path, ""));
    plant.reading_flow("Planted Flow", "Microsoft.ExcelSource", Some(("Planted Book", &connection)), "Orders$");
}

/// A data flow from a database into a workbook.
fn write_workbook(plant: &mut Plant<'_>, string: &str) {
    let (source, book) = (plant.database(), plant.connection("Planted Book", "EXCEL", string));
    let mut flow = reading("Planted Flow", ("Planted Database", &source));
    let properties = [("OpenRowset", "Orders$"), ("AccessMode", "0")];
    let destination = Component { name: "Write", class: "Microsoft.ExcelDestination", manager: Some(("Planted Book", &book)), properties: &properties };
    flow.destination(&destination, "Read", &[ID]);
    plant.flow(&flow);
}

/// The base is a package that runs these two, one after the other.
pub(super) fn excel_child_in_process(plant: &mut Plant<'_>) {
    plant.remove("<DTS:PrecedenceConstraint\n          DTS:refId=\"Package\\Try Three Times.PrecedenceConstraints[Constraint]\"", "/>");
    plant.in_package("LoadCustomers.dtsx", |child| read_workbook(child, "in\\customers.xlsx"));
    plant.in_package("LoadOrders.dtsx", |child| read_workbook(child, "in\\orders.xlsx"));
}

/// The base runs this package, in a process of its own, while it reads what that writes.
pub(super) fn excel_same_workbook(plant: &mut Plant<'_>) {
    let on = plant.boolean(true);
    let name = "<PackageName>LoadOrders.dtsx</PackageName>";
    plant.replace(name, &format!("<ExecuteOutOfProcess>{on}</ExecuteOutOfProcess>{name}"));
    let (here, there) = plant.one_of(&[("in\\orders.xlsx", "in\\orders.xlsx"), ("in\\orders.xlsx", "IN\\Orders.XLSX")]);
    read_workbook(plant, here);
    plant.in_package("LoadOrders.dtsx", |child| write_workbook(child, &workbook(there, "")));
}

/// Reads each of some workbooks; the path is a variable with a value of its own.
fn read_each(plant: &mut Plant<'_>, mask: &str, value: &str) {
    plant.each_file(mask, "User::Planted");
    plant.outer_variable("Planted", "8", value);
    let string = workbook("in\\orders.xlsx", "");
    let connection = plant.computed_connection("Planted Book", "EXCEL", ("ExcelFilePath", "@[User::Planted]"), &[("ConnectionString", &string)]);
    plant.reading_flow("Planted Flow", "Microsoft.ExcelSource", Some(("Planted Book", &connection)), "Orders$");
}

pub(super) fn excel_lock_files(plant: &mut Plant<'_>) {
    let mask = plant.one_of(&["*.xlsx", "*.xls*", "*.XLSX", "*orders.xlsm"]);
    read_each(plant, mask, "in\\orders.xlsx");
}

pub(super) fn excel_dynamic_path_validation(plant: &mut Plant<'_>) {
    let value = plant.one_of(&["", "C:\\Users\\mira\\Documents\\orders.xlsx", "c:\\users\\MIRA\\Desktop\\o.xlsx"]);
    read_each(plant, "Sales*.xlsx", value);
}

pub(super) fn excel_destination_import_mode(plant: &mut Plant<'_>) {
    let mode = plant.one_of(&[";IMEX=1", ";imex=1", "; IMEX = 1"]);
    write_workbook(plant, &workbook("in\\orders.xlsx", mode));
}
