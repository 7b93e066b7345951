//! Data flows.

use super::parts::{Parts, add, task};
use super::{Shape, one};

pub(super) const SHAPES: &[Shape] = &[
    Shape { name: "files", documents: |size| one(files(size)) },
    Shape { name: "components in a row", documents: |size| one(row_of_components(size)) },
    Shape { name: "components side by side", documents: |size| one(sources_side_by_side(size, "Microsoft.OLEDBSource")) },
    Shape { name: "columns", documents: |size| one(columns(size)) },
    Shape { name: "Excel in one data flow", documents: |size| one(sources_side_by_side(size, "Microsoft.ExcelSource")) },
    Shape { name: "Excel data flows", documents: |size| one(excel_flows(size)) },
];

/// Data flows side by side that write to one file.
fn files(size: usize) -> String {
    let mut parts = Parts::default();
    parts.connection(0, "FLATFILE", "C:\\drop\\Orders.csv");
    for number in 0..size {
        let path = task(number);
        let destination = component(&path, "Write", "Microsoft.FlatFileDestination", "FlatFileConnection", 1, 0);
        parts.executable(&path, "Microsoft.Pipeline", &pipeline(&destination, ""));
    }
    parts.package()
}

pub(super) fn pipeline(components: &str, paths: &str) -> String {
    format!("<DTS:ObjectData><pipeline version=\"1\"><components>{components}</components><paths>{paths}</paths></pipeline></DTS:ObjectData>")
}

/// A component on the first connection manager, or without a connection; `columns` columns in and out.
pub(super) fn component(task: &str, name: &str, class: &str, connection: &str, columns: usize, feeder: usize) -> String {
    let path = format!("{task}\\{name}");
    let mut out = format!("<component refId=\"{path}\" componentClassID=\"{class}\" name=\"{name}\" version=\"1\">");
    out.push_str("<properties><property name=\"OpenRowset\">[Orders$]</property><property name=\"AccessMode\">0</property></properties>");
    if !connection.is_empty() {
        add(
            &mut out,
            format_args!(
                "<connections><connection refId=\"{path}.Connections[{connection}]\" connectionManagerID=\"Package.ConnectionManagers[Manager 0]\" \
                 connectionManagerRefId=\"Package.ConnectionManagers[Manager 0]\" name=\"{connection}\" /></connections>"
            ),
        );
    }
    if !class.ends_with("Source") {
        add(&mut out, format_args!("<inputs><input refId=\"{path}.Inputs[In]\" name=\"In\"><inputColumns>"));
        for column in 0..columns {
            let lineage = format!("{task}\\C{feeder}.Outputs[Out].Columns[A{column}]");
            add(
                &mut out,
                format_args!(
                    "<inputColumn refId=\"{path}.Inputs[In].Columns[A{column}]\" cachedDataType=\"wstr\" cachedLength=\"9\" cachedName=\"A{column}\" \
                     lineageId=\"{lineage}\" />"
                ),
            );
        }
        out.push_str("</inputColumns></input></inputs>");
    }
    if !class.ends_with("Destination") {
        add(&mut out, format_args!("<outputs><output refId=\"{path}.Outputs[Out]\" name=\"Out\"><outputColumns>"));
        for column in 0..columns {
            let id = format!("{path}.Outputs[Out].Columns[A{column}]");
            add(&mut out, format_args!("<outputColumn refId=\"{id}\" dataType=\"wstr\" length=\"9\" lineageId=\"{id}\" name=\"A{column}\" />"));
        }
        out.push_str("</outputColumns></output></outputs>");
    }
    out.push_str("</component>\n");
    out
}

/// One data flow: a source and a row of transformations, each with a column of its own that the next one reads.
fn row_of_components(size: usize) -> String {
    let mut parts = Parts::default();
    parts.database(0);
    let path = task(0);
    let mut components = component(&path, "C0", "Microsoft.OLEDBSource", "OleDbConnection", 1, 0);
    let mut paths = String::new();
    for number in 1..=size {
        let class = ["Microsoft.DerivedColumn", "Microsoft.Sort", "Microsoft.DataConvert", "Microsoft.Multicast"][number % 4];
        components.push_str(&component(&path, &format!("C{number}"), class, "", 1, number - 1));
        let feeder = number - 1;
        add(
            &mut paths,
            format_args!(
                "<path refId=\"{path}.Paths[P{number}]\" endId=\"{path}\\C{number}.Inputs[In]\" name=\"P{number}\" startId=\"{path}\\C{feeder}.Outputs[Out]\" />\n"
            ),
        );
    }
    parts.executable(&path, "Microsoft.Pipeline", &pipeline(&components, &paths));
    parts.package()
}

/// One data flow with sources that have nothing to do with each other.
fn sources_side_by_side(size: usize, class: &str) -> String {
    let mut parts = Parts::default();
    let is_excel = class.contains("Excel");
    if is_excel {
        parts.workbook()
    } else {
        parts.database(0)
    }
    let slot = if is_excel { "ExcelConnection" } else { "OleDbConnection" };
    let components: String = (0..size).map(|number| component(&task(0), &format!("C{number}"), class, slot, 1, 0)).collect();
    parts.executable(&task(0), "Microsoft.Pipeline", &pipeline(&components, ""));
    parts.package()
}

/// From a source to a destination with very many columns.
fn columns(size: usize) -> String {
    let mut parts = Parts::default();
    parts.database(0);
    let path = task(0);
    let mut components = component(&path, "C0", "Microsoft.OLEDBSource", "OleDbConnection", size, 0);
    components.push_str(&component(&path, "C1", "Microsoft.DerivedColumn", "", size, 0));
    components.push_str(&component(&path, "C2", "Microsoft.OLEDBDestination", "OleDbConnection", size, 0));
    let between = |from: usize, to: usize| {
        format!("<path refId=\"{path}.Paths[P{to}]\" endId=\"{path}\\C{to}.Inputs[In]\" name=\"P{to}\" startId=\"{path}\\C{from}.Outputs[Out]\" />")
    };
    parts.executable(&path, "Microsoft.Pipeline", &pipeline(&components, &(between(0, 1) + &between(1, 2))));
    parts.package()
}

/// Data flows with an Excel source each, half of them one after the other.
fn excel_flows(size: usize) -> String {
    let mut parts = Parts::default();
    parts.workbook();
    for number in 0..size {
        let path = task(number);
        parts.executable(&path, "Microsoft.Pipeline", &pipeline(&component(&path, "C0", "Microsoft.ExcelSource", "ExcelConnection", 1, 0), ""));
        if number > 0 && number < size / 2 {
            parts.constraint(&task(number - 1), &path, "");
        }
    }
    parts.package()
}
