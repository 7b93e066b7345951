//! Variables and parameters, and the scripts that use them.

use super::parts::{Parts, SQL_TASK, executable, guid, sql, task};
use super::{Shape, one};

pub(super) const SHAPES: &[Shape] = &[
    Shape { name: "variables", documents: |size| one(variables(size)) },
    Shape { name: "variables in a chain", documents: |size| one(variable_chain(size)) },
    Shape { name: "parameters", documents: |size| one(parameters(size)) },
    Shape { name: "variables of one name", documents: |size| one(variables_of_one_name(size)) },
    Shape { name: "readers of one variable", documents: |size| one(readers(size)) },
    Shape { name: "variables in one expression", documents: |size| one(variables_in_one_expression(size)) },
    Shape { name: "variables behind a workbook", documents: |size| one(variables_behind_workbooks(size)) },
];

/// Variables with expressions over one other, each read by a task.
fn variables(size: usize) -> String {
    let mut parts = Parts::default();
    parts.database(0);
    parts.variable("Folder", 8, "\\\\files\\drop", "");
    for number in 0..size {
        parts.variable(&format!("File{number}"), 8, "", &format!("@[User::Folder] + \"\\\\Orders{number}.csv\""));
        let expression = format!("<DTS:PropertyExpression DTS:Name=\"Description\">@[User::File{number}]</DTS:PropertyExpression>");
        parts.executable(&task(number), SQL_TASK, &format!("{expression}{}", sql(0, "DELETE FROM dbo.Stage")));
    }
    parts.package()
}

/// Each variable's expression reads the one before.
fn variable_chain(size: usize) -> String {
    let mut parts = Parts::default();
    parts.variable("V0", 3, "1", "");
    for number in 1..=size {
        parts.variable(&format!("V{number}"), 3, "0", &format!("@[User::V{}] + 1", number - 1));
    }
    parts.package()
}

fn parameters(size: usize) -> String {
    let mut parts = Parts::default();
    parts.database(0);
    for number in 0..size {
        parts.parameter(number);
        let expression = format!("<DTS:PropertyExpression DTS:Name=\"Description\">@[$Package::P{number}]</DTS:PropertyExpression>");
        parts.executable(&task(number), SQL_TASK, &format!("{expression}{}", sql(0, "DELETE FROM dbo.Stage")));
    }
    parts.package()
}

/// Containers, each with a variable of the same name that its task reads.
fn variables_of_one_name(size: usize) -> String {
    let mut parts = Parts::default();
    parts.database(0);
    parts.variable("Rows", 3, "0", "");
    for number in 0..size {
        let path = task(number);
        let expression = "<DTS:PropertyExpression DTS:Name=\"Description\">(DT_WSTR, 9) @[User::Rows]</DTS:PropertyExpression>";
        let mut inner = String::new();
        executable(&mut inner, &format!("{path}\\Run"), SQL_TASK, &format!("{expression}{}", sql(0, "DELETE FROM dbo.Stage")));
        let variable = format!(
            "<DTS:Variables><DTS:Variable DTS:CreationName=\"\" DTS:DTSID=\"{}\" DTS:Namespace=\"User\" DTS:ObjectName=\"Rows\">\
             <DTS:VariableValue DTS:DataType=\"3\">{number}</DTS:VariableValue></DTS:Variable></DTS:Variables>",
            guid(7, number)
        );
        parts.executable(&path, "STOCK:SEQUENCE", &format!("{variable}<DTS:Executables>{inner}</DTS:Executables>"));
    }
    parts.package()
}

/// Tasks that all read one variable, and one that writes to it.
fn readers(size: usize) -> String {
    let mut parts = Parts::default();
    parts.database(0);
    parts.variable("Folder", 8, "\\\\files\\drop", "");
    parts.executable(&task(size), "Microsoft.ExpressionTask", "<DTS:ObjectData><ExpressionTask Expression=\"@[User::Folder] = 1\" /></DTS:ObjectData>");
    for number in 0..size {
        let expression = format!("<DTS:PropertyExpression DTS:Name=\"Description\">@[User::Folder] + \"{number}\"</DTS:PropertyExpression>");
        parts.executable(&task(number), SQL_TASK, &format!("{expression}{}", sql(0, "DELETE FROM dbo.Stage")));
    }
    parts.package()
}

/// A variable whose expression reads all others.
fn variables_in_one_expression(size: usize) -> String {
    let mut parts = Parts::default();
    parts.database(0);
    let mut all = String::from("\"\"");
    for number in 0..size {
        parts.variable(&format!("V{number}"), 8, "x", "");
        all.push_str(&format!(" + @[User::V{number}]"));
    }
    parts.variable("All", 8, "", &all);
    let expression = "<DTS:PropertyExpression DTS:Name=\"Description\">@[User::All]</DTS:PropertyExpression>";
    parts.executable(&task(0), SQL_TASK, &format!("{expression}{}", sql(0, "DELETE FROM dbo.Stage")));
    parts.package()
}

/// Workbooks at paths that a chain of variables gives.
fn variables_behind_workbooks(size: usize) -> String {
    let mut parts = Parts::default();
    parts.variable("V0", 8, "", "");
    for number in 1..=size {
        parts.variable(&format!("V{number}"), 8, "", &format!("@[User::V{}] + \"x\"", number - 1));
    }
    for number in 0..2 {
        parts.connection(number, "EXCEL", &format!("@[User::V{size}]"));
        parts.executable(&task(number), SQL_TASK, &sql(number, "DELETE FROM [Orders$]"));
    }
    parts.package()
}
