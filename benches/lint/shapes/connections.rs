//! Connection managers and configurations.

use super::parts::{Parts, SQL_TASK, sql, task};
use super::{Shape, one};

pub(super) const SHAPES: &[Shape] = &[
    Shape { name: "connection managers", documents: |size| one(managers(size)) },
    Shape { name: "configurations", documents: |size| one(configurations(size)) },
    Shape { name: "XML configurations", documents: |size| one(configurations_of(size, 1, |number| format!("C:\\etl\\Settings{number}.dtsConfig"))) },
    Shape {
        name: "SQL configurations",
        documents: |size| one(configurations_of(size, 7, |number| format!("\"Manager {number}\";\"[dbo].[Settings]\";\"All\";"))),
    },
    Shape { name: "workbooks", documents: |size| one(workbooks(size)) },
];

/// Managers of several kinds, a third of them with expressions, each used by a task whose name an expression gives.
fn managers(size: usize) -> String {
    let mut parts = Parts::default();
    parts.variable("Folder", 8, "\\\\files\\drop", "");
    for number in 0..size {
        match number % 3 {
            0 => parts.database(number),
            1 => parts.connection(number, "FLATFILE", &format!("\\\\files\\drop\\Orders{number}.csv")),
            _ => parts.connection(number, "FLATFILE", &format!("@[User::Folder] + \"\\\\Orders{number}.csv\"")),
        }
        let expression = format!("<DTS:PropertyExpression DTS:Name=\"Description\">\"Load \" + @[User::Folder] + \"{number}\"</DTS:PropertyExpression>");
        parts.executable(&task(number), SQL_TASK, &format!("{expression}{}", sql(number, "DELETE FROM dbo.Stage")));
    }
    parts.package()
}

/// A configuration for each variable and for each connection manager.
fn configurations(size: usize) -> String {
    let mut parts = Parts::default();
    for number in 0..size {
        let target = if number % 2 == 0 {
            parts.variable(&format!("V{number}"), 8, "x", "");
            format!("\\Package.Variables[User::V{number}].Properties[Value]")
        } else {
            parts.database(number);
            format!("\\Package.Connections[Manager {number}].Properties[ConnectionString]")
        };
        parts.configuration(number, 2, &format!("SSIS_{number}"), &target);
        parts.executable(&task(number), SQL_TASK, &sql(number | 1, "DELETE FROM dbo.Stage"));
    }
    parts.package()
}

/// Configurations that hold any number of values, beside as many connection managers.
fn configurations_of(size: usize, kind: u32, string: fn(usize) -> String) -> String {
    let mut parts = Parts::default();
    for number in 0..size {
        parts.database(number);
        parts.configuration(number, kind, &string(number), "");
        parts.executable(&task(number), SQL_TASK, &sql(number, "DELETE FROM dbo.Stage"));
    }
    parts.package()
}

/// Workbooks, each read by a loop of its own over files.
fn workbooks(size: usize) -> String {
    let mut parts = Parts::default();
    for number in 0..size {
        parts.variable(&format!("File{number}"), 8, "", "");
        parts.connection(number, "EXCEL", &format!("@[User::File{number}]"));
        parts.executable(&task(number), SQL_TASK, &sql(number, "DELETE FROM [Orders$]"));
    }
    parts.package()
}
