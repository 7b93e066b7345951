//! Data flows with very many columns and inputs.

use super::data_flow::{component, pipeline};
use super::parts::{Parts, add, task};
use super::{Shape, one};

pub(super) const SHAPES: &[Shape] = &[
    Shape { name: "columns through a row", documents: |size| one(columns_through_a_row(size / 50)) },
    Shape { name: "inputs of a union", documents: |size| one(inputs_of_a_union(size)) },
    Shape { name: "components of one name", documents: |size| one(components_of_one_name(size)) },
];

/// Columns that a source gives and each component of a long row uses.
fn columns_through_a_row(size: usize) -> String {
    const COLUMNS: usize = 50;
    let mut parts = Parts::default();
    parts.database(0);
    let path = task(0);
    let mut components = component(&path, "C0", "Microsoft.OLEDBSource", "OleDbConnection", COLUMNS, 0);
    let mut paths = String::new();
    for number in 1..=size {
        components.push_str(&component(&path, &format!("C{number}"), "Microsoft.DerivedColumn", "", COLUMNS, 0));
        paths.push_str(&path_between(&path, number, &format!("C{}", number - 1), &format!("C{number}.Inputs[In]")));
    }
    parts.executable(&path, "Microsoft.Pipeline", &pipeline(&components, &paths));
    parts.package()
}

fn path_between(task: &str, number: usize, from: &str, input: &str) -> String {
    format!("<path refId=\"{task}.Paths[P{number}]\" endId=\"{task}\\{input}\" name=\"P{number}\" startId=\"{task}\\{from}.Outputs[Out]\" />\n")
}

/// Sources that all end in one Union All.
fn inputs_of_a_union(size: usize) -> String {
    let mut parts = Parts::default();
    parts.database(0);
    let path = task(0);
    let (mut components, mut paths, mut inputs) = (String::new(), String::new(), String::new());
    for number in 0..size {
        components.push_str(&component(&path, &format!("C{number}"), "Microsoft.OLEDBSource", "OleDbConnection", 1, 0));
        paths.push_str(&path_between(&path, number, &format!("C{number}"), &format!("Union.Inputs[In{number}]")));
        add(
            &mut inputs,
            format_args!(
                "<input refId=\"{path}\\Union.Inputs[In{number}]\" name=\"In{number}\"><inputColumns><inputColumn refId=\"{path}\\Union.Inputs[In{number}].Columns[A0]\" \
                 cachedName=\"A0\" lineageId=\"{path}\\C{number}.Outputs[Out].Columns[A0]\" /></inputColumns></input>"
            ),
        );
    }
    let id = format!("{path}\\Union.Outputs[Out].Columns[A0]");
    add(
        &mut components,
        format_args!(
            "<component refId=\"{path}\\Union\" componentClassID=\"Microsoft.UnionAll\" name=\"Union\" version=\"1\"><inputs>{inputs}</inputs><outputs>\
             <output refId=\"{path}\\Union.Outputs[Out]\" name=\"Out\"><outputColumns><outputColumn refId=\"{id}\" dataType=\"wstr\" length=\"9\" \
             lineageId=\"{id}\" name=\"A0\" /></outputColumns></output></outputs></component>"
        ),
    );
    parts.executable(&path, "Microsoft.Pipeline", &pipeline(&components, &paths));
    parts.package()
}

/// Components that all say to be the same one, with paths between them.
fn components_of_one_name(size: usize) -> String {
    let mut parts = Parts::default();
    parts.database(0);
    let path = task(0);
    let components = component(&path, "C0", "Microsoft.DerivedColumn", "", 1, 0).repeat(size);
    let paths = path_between(&path, 0, "C0", "C0.Inputs[In]").repeat(size);
    parts.executable(&path, "Microsoft.Pipeline", &pipeline(&components, &paths));
    parts.package()
}
