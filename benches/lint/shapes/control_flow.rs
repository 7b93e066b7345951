//! Control flow: tasks, containers, precedence constraints, event handlers.

use super::parts::{Parts, SQL_TASK, add, executable, guid, sql, task};
use super::{Shape, one};

pub(super) const SHAPES: &[Shape] = &[
    Shape { name: "tasks in chains", documents: |size| one(chains(size)) },
    Shape { name: "tasks side by side", documents: |size| one(side_by_side(size)) },
    Shape { name: "containers in a row", documents: |size| one(containers(size)) },
    Shape { name: "conditions", documents: |size| one(conditions(size)) },
    Shape { name: "event handlers", documents: |size| one(handlers(size)) },
    Shape { name: "handlers of one task", documents: |size| one(handlers_of_one(size)) },
    Shape { name: "child packages", documents: |size| one(child_packages(size)) },
    Shape { name: "bound parameters", documents: |size| one(bound_parameters(size)) },
];

/// Chains of ten tasks.
fn chains(size: usize) -> String {
    let mut parts = Parts::default();
    parts.database(0);
    for number in 0..size {
        parts.executable(&task(number), SQL_TASK, &sql(0, &format!("TRUNCATE TABLE dbo.Stage{number}; INSERT INTO dbo.Stage{number} SELECT a FROM dbo.T")));
        if number % 10 > 0 {
            parts.constraint(&task(number - 1), &task(number), "");
        }
    }
    parts.package()
}

/// Tasks of several kinds, which nothing orders, on things that they share.
fn side_by_side(size: usize) -> String {
    let mut parts = Parts::default();
    parts.database(0);
    parts.connection(1, "FILE", "\\\\files\\drop\\Orders.csv");
    parts.variable("Rows", 3, "0", "");
    for number in 0..size {
        match number % 4 {
            0 => parts.executable(&task(number), SQL_TASK, &sql(0, "UPDATE dbo.Orders SET Done = 1 WHERE Id = 2")),
            1 => parts.executable(
                &task(number),
                "Microsoft.FileSystemTask",
                "<DTS:ObjectData><FileSystemData TaskOperationType=\"DeleteFile\" TaskSourcePath=\"\\\\files\\drop\\Orders.csv\" TaskIsSourceVariable=\"False\" />\
                 </DTS:ObjectData>",
            ),
            2 => parts.executable(
                &task(number),
                "Microsoft.ExecuteProcess",
                "<DTS:ObjectData><ExecuteProcessData Executable=\"C:\\Tools\\load.exe\" Arguments=\"/fast\" /></DTS:ObjectData>",
            ),
            _ => parts.executable(
                &task(number),
                "Microsoft.ExpressionTask",
                "<DTS:ObjectData><ExpressionTask Expression=\"@[User::Rows] = @[User::Rows] + 1\" /></DTS:ObjectData>",
            ),
        }
    }
    parts.package()
}

/// Sequences of one task each.
fn containers(size: usize) -> String {
    let mut parts = Parts::default();
    parts.database(0);
    for number in 0..size {
        let mut inner = String::new();
        executable(&mut inner, &format!("{}\\Run", task(number)), SQL_TASK, &sql(0, &format!("DELETE FROM dbo.Stage{number}")));
        parts.executable(&task(number), "STOCK:SEQUENCE", &format!("<DTS:Executables>{inner}</DTS:Executables>"));
        if number > 0 {
            parts.constraint(&task(number - 1), &task(number), "");
        }
    }
    parts.package()
}

/// One task, and behind it many that different conditions choose.
fn conditions(size: usize) -> String {
    let mut parts = Parts::default();
    parts.database(0);
    parts.variable("Step", 3, "1", "");
    for number in 0..=size {
        parts.executable(&task(number), SQL_TASK, &sql(0, "DELETE FROM dbo.Stage"));
        if number > 0 {
            parts.constraint(&task(0), &task(number), &format!("@[User::Step] == {number}"));
        }
    }
    parts.package()
}

/// A handler on each task.
fn handlers(size: usize) -> String {
    let mut parts = Parts::default();
    parts.database(0);
    for number in 0..size {
        let event = format!("{}.EventHandlers[OnError]", task(number));
        let mut inner = String::new();
        executable(&mut inner, &format!("{event}\\Note"), SQL_TASK, &sql(0, "INSERT INTO dbo.Log (Text) VALUES ('failed')"));
        let handler = format!(
            "<DTS:EventHandlers><DTS:EventHandler DTS:refId=\"{event}\" DTS:CreationName=\"OnError\" DTS:EventName=\"OnError\" DTS:DTSID=\"{}\">\
             <DTS:Executables>{inner}</DTS:Executables></DTS:EventHandler></DTS:EventHandlers>",
            guid(4, number)
        );
        parts.executable(&task(number), SQL_TASK, &format!("{}{handler}", sql(0, "DELETE FROM dbo.Stage")));
    }
    parts.package()
}

/// All handlers on the package.
fn handlers_of_one(size: usize) -> String {
    let mut parts = Parts::default();
    parts.database(0);
    for number in 0..size {
        let event = format!("Package.EventHandlers[OnEvent{number}]");
        let mut inner = String::new();
        executable(&mut inner, &format!("{event}\\Note"), SQL_TASK, &sql(0, "INSERT INTO dbo.Log (Text) VALUES ('event')"));
        add(
            &mut parts.handlers,
            format_args!(
                "<DTS:EventHandler DTS:refId=\"{event}\" DTS:CreationName=\"OnEvent{number}\" DTS:EventName=\"OnEvent{number}\" DTS:DTSID=\"{}\">\
                 <DTS:Executables>{inner}</DTS:Executables></DTS:EventHandler>",
                guid(4, number)
            ),
        );
    }
    parts.package()
}

/// Tasks that each run the package itself, with a parameter.
fn child_packages(size: usize) -> String {
    let mut parts = Parts::default();
    parts.parameter(0);
    let content = "<DTS:ObjectData><ExecutePackageTask><UseProjectReference>True</UseProjectReference><PackageName>Package0.dtsx</PackageName>\
                   <ParameterAssignment><ParameterName>P0</ParameterName><BindedVariableOrParameterName>$Package::P0</BindedVariableOrParameterName>\
                   </ParameterAssignment></ExecutePackageTask></DTS:ObjectData>";
    for number in 0..size {
        parts.executable(&task(number), "Microsoft.ExecutePackageTask", content);
    }
    parts.package()
}

/// A statement with very many parameters, and a child package with as many.
fn bound_parameters(size: usize) -> String {
    let mut parts = Parts::default();
    parts.database(0);
    let (mut bindings, mut assignments) = (String::new(), String::new());
    for number in 0..size {
        parts.parameter(number);
        parts.variable(&format!("V{number}"), 8, "x", "");
        add(
            &mut bindings,
            format_args!(
                "<SQLTask:ParameterBinding SQLTask:ParameterName=\"{number}\" SQLTask:DtsVariableName=\"User::V{number}\" \
                 SQLTask:ParameterDirection=\"Input\" SQLTask:DataType=\"130\" SQLTask:ParameterSize=\"-1\" />"
            ),
        );
        add(
            &mut assignments,
            format_args!(
                "<ParameterAssignment><ParameterName>P{number}</ParameterName><BindedVariableOrParameterName>User::V{number}\
                 </BindedVariableOrParameterName></ParameterAssignment>"
            ),
        );
    }
    let statement = format!("INSERT INTO dbo.Wide VALUES ({}?)", "?, ".repeat(size.saturating_sub(1)));
    let statement = sql(0, &statement).replace(" /></DTS:ObjectData>", &format!(">{bindings}</SQLTask:SqlTaskData></DTS:ObjectData>"));
    parts.executable(&task(0), SQL_TASK, &statement);
    let child = format!(
        "<DTS:ObjectData><ExecutePackageTask><UseProjectReference>True</UseProjectReference><PackageName>Package0.dtsx</PackageName>{assignments}\
         </ExecutePackageTask></DTS:ObjectData>"
    );
    parts.executable(&task(1), "Microsoft.ExecutePackageTask", &child);
    parts.package()
}
