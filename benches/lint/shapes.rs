//! Packages of any size, each with very many of one thing: how the time to lint grows with it.

use std::fmt::Write;

use ssislint::discover::FileKind;
use ssislint::finding::FileRef;
use ssislint::source::Source;

/// Documents with `size` of something.
pub(crate) struct Shape {
    /// What there are so many of.
    pub(crate) name: &'static str,
    documents: fn(usize) -> Vec<String>,
}

impl Shape {
    /// The documents of one project.
    pub(crate) fn sources(&self, size: usize) -> Vec<Source> {
        let documents = (self.documents)(size).into_iter().enumerate();
        let source = |(number, text)| {
            let file = FileRef { file: format!("Package{number}.dtsx"), member: None };
            Source { file, requested: true, kind: FileKind::Package, text }
        };
        documents.map(source).collect()
    }
}

/// Every shape.
pub(crate) const ALL: &[Shape] = &[
    Shape { name: "tasks in chains", documents: |size| vec![chains(size)] },
    Shape { name: "tasks side by side", documents: |size| vec![side_by_side(size)] },
    Shape { name: "containers in a row", documents: |size| vec![containers(size)] },
    Shape { name: "conditions", documents: |size| vec![conditions(size)] },
    Shape { name: "event handlers", documents: |size| vec![handlers(size)] },
    Shape { name: "connection managers", documents: |size| vec![managers(size)] },
    Shape { name: "variables", documents: |size| vec![variables(size)] },
    Shape { name: "variables in a chain", documents: |size| vec![variable_chain(size)] },
    Shape { name: "parameters", documents: |size| vec![parameters(size)] },
    Shape { name: "configurations", documents: |size| vec![configurations(size)] },
    Shape { name: "script variables", documents: |size| vec![script_variables(size)] },
    Shape { name: "scripts", documents: |size| vec![scripts(size)] },
    Shape { name: "files", documents: |size| vec![files(size)] },
    Shape { name: "components in a row", documents: |size| vec![row_of_components(size)] },
    Shape { name: "components side by side", documents: |size| vec![sources_side_by_side(size, "Microsoft.OLEDBSource")] },
    Shape { name: "columns", documents: |size| vec![columns(size)] },
    Shape { name: "Excel in one data flow", documents: |size| vec![sources_side_by_side(size, "Microsoft.ExcelSource")] },
    Shape { name: "Excel data flows", documents: |size| vec![excel_flows(size)] },
    Shape { name: "expression terms", documents: |size| vec![one_expression(&format!("\"a\"{}", " + \"b\"".repeat(size)))] },
    Shape { name: "parentheses", documents: |size| vec![one_expression(&format!("{}1{}", "(".repeat(size), ")".repeat(size)))] },
    Shape { name: "negations", documents: |size| vec![one_expression(&format!("{}TRUE", "!".repeat(size)))] },
    Shape { name: "SQL statements", documents: |size| vec![sql_text(size)] },
    Shape { name: "temporary tables", documents: |size| vec![temporary_tables(size)] },
    Shape { name: "packages", documents: packages },
];

/// Parts of a package, each as it stands in the file.
#[derive(Default)]
struct Parts {
    connections: String,
    configurations: String,
    parameters: String,
    variables: String,
    executables: String,
    constraints: String,
    handlers: String,
}

impl Parts {
    fn package(self) -> String {
        let Self { connections, configurations, parameters, variables, executables, constraints, handlers } = self;
        let enable = if configurations.is_empty() { "" } else { " DTS:EnableConfig=\"True\"" };
        format!(
            "<DTS:Executable xmlns:DTS=\"www.microsoft.com/SqlServer/Dts\" xmlns:SQLTask=\"www.microsoft.com/sqlserver/dts/tasks/sqltask\" DTS:refId=\"Package\" \
             DTS:CreationName=\"Microsoft.Package\" DTS:ExecutableType=\"Microsoft.Package\" DTS:DTSID=\"{{00000001-0000-0000-0000-000000000000}}\" \
             DTS:ObjectName=\"Package\" DTS:ProtectionLevel=\"0\"{enable}>\n<DTS:Property DTS:Name=\"PackageFormatVersion\">8</DTS:Property>\n\
             <DTS:ConnectionManagers>\n{connections}</DTS:ConnectionManagers>\n<DTS:Configurations>\n{configurations}</DTS:Configurations>\n\
             <DTS:PackageParameters>\n{parameters}</DTS:PackageParameters>\n<DTS:Variables>\n{variables}</DTS:Variables>\n\
             <DTS:Executables>\n{executables}</DTS:Executables>\n<DTS:PrecedenceConstraints>\n{constraints}</DTS:PrecedenceConstraints>\n\
             <DTS:EventHandlers>\n{handlers}</DTS:EventHandlers>\n</DTS:Executable>\n"
        )
    }

    fn connection(&mut self, number: usize, kind: &str, string: &str) {
        let expression = format!("<DTS:PropertyExpression DTS:Name=\"ConnectionString\">{string}</DTS:PropertyExpression>");
        let expression = if string.starts_with('"') || string.starts_with('@') { expression.as_str() } else { "" };
        add(
            &mut self.connections,
            format_args!(
                "<DTS:ConnectionManager DTS:refId=\"Package.ConnectionManagers[Manager {number}]\" DTS:CreationName=\"{kind}\" DTS:DTSID=\"{}\" \
                 DTS:ObjectName=\"Manager {number}\">{expression}<DTS:ObjectData><DTS:ConnectionManager DTS:ConnectionString='{string}' />\
                 </DTS:ObjectData></DTS:ConnectionManager>\n",
                guid(1, number)
            ),
        );
    }

    fn database(&mut self, number: usize) {
        self.connection(number, "OLEDB", &format!("Data Source=sql{number:05};Initial Catalog=Sales;Provider=MSOLEDBSQL.1;Integrated Security=SSPI;"));
    }

    fn workbook(&mut self) {
        self.connection(0, "EXCEL", "Provider=Microsoft.ACE.OLEDB.12.0;Data Source=\\\\files\\drop\\Orders.xlsx;Extended Properties=\"Excel 12.0\";");
    }

    fn variable(&mut self, name: &str, kind: usize, value: &str, expression: &str) {
        let number = self.variables.len();
        let evaluated = if expression.is_empty() { String::new() } else { format!(" DTS:EvaluateAsExpression=\"True\" DTS:Expression='{expression}'") };
        add(
            &mut self.variables,
            format_args!(
                "<DTS:Variable DTS:CreationName=\"\" DTS:DTSID=\"{}\" DTS:Namespace=\"User\" DTS:ObjectName=\"{name}\"{evaluated}>\
                 <DTS:VariableValue DTS:DataType=\"{kind}\">{value}</DTS:VariableValue></DTS:Variable>\n",
                guid(2, number)
            ),
        );
    }

    fn executable(&mut self, path: &str, kind: &str, content: &str) {
        executable(&mut self.executables, path, kind, content);
    }

    fn constraint(&mut self, from: &str, to: &str, condition: &str) {
        let number = self.constraints.len();
        let condition = if condition.is_empty() { String::new() } else { format!(" DTS:EvalOp=\"3\" DTS:Expression='{condition}'") };
        add(
            &mut self.constraints,
            format_args!(
                "<DTS:PrecedenceConstraint DTS:refId=\"Package.PrecedenceConstraints[C{number}]\" DTS:From=\"{from}\" DTS:To=\"{to}\" \
                 DTS:LogicalAnd=\"True\" DTS:ObjectName=\"C{number}\"{condition} />\n"
            ),
        );
    }
}

/// Formatting into a string cannot fail.
fn add(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("internal error: writing to a string fails");
}

fn guid(kind: usize, number: usize) -> String {
    format!("{{{number:08X}-000{kind}-4000-8000-000000000000}}")
}

fn executable(out: &mut String, path: &str, kind: &str, content: &str) {
    let name = path.rsplit('\\').next().unwrap_or(path);
    let number = out.len();
    add(
        out,
        format_args!(
            "<DTS:Executable DTS:refId=\"{path}\" DTS:CreationName=\"{kind}\" DTS:ExecutableType=\"{kind}\" DTS:DTSID=\"{}\" \
             DTS:ObjectName=\"{name}\">{content}</DTS:Executable>\n",
            guid(3, number)
        ),
    );
}

/// An Execute SQL Task on the manager of that number.
fn sql(manager: usize, statement: &str) -> String {
    format!("<DTS:ObjectData><SQLTask:SqlTaskData SQLTask:Connection=\"{}\" SQLTask:SqlStatementSource=\"{statement}\" /></DTS:ObjectData>", guid(1, manager))
}

const SQL_TASK: &str = "Microsoft.ExecuteSQLTask";

fn task(number: usize) -> String {
    format!("Package\\Task {number}")
}

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
        add(
            &mut parts.parameters,
            format_args!(
                "<DTS:PackageParameter DTS:DTSID=\"{}\" DTS:ObjectName=\"P{number}\" DTS:DataType=\"8\"><DTS:Property DTS:DataType=\"8\" \
                 DTS:Name=\"ParameterValue\">x{number}</DTS:Property></DTS:PackageParameter>\n",
                guid(5, number)
            ),
        );
        let expression = format!("<DTS:PropertyExpression DTS:Name=\"Description\">@[$Package::P{number}]</DTS:PropertyExpression>");
        parts.executable(&task(number), SQL_TASK, &format!("{expression}{}", sql(0, "DELETE FROM dbo.Stage")));
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
        add(
            &mut parts.configurations,
            format_args!(
                "<DTS:Configuration DTS:ConfigurationString=\"SSIS_{number}\" DTS:ConfigurationType=\"2\" DTS:ConfigurationVariable=\"{target}\" \
                 DTS:DTSID=\"{}\" DTS:ObjectName=\"Configuration {number}\" />\n",
                guid(6, number)
            ),
        );
        parts.executable(&task(number), SQL_TASK, &sql(number | 1, "DELETE FROM dbo.Stage"));
    }
    parts.package()
}

fn script(lists: &str, source: &str) -> String {
    format!(
        "<DTS:ObjectData><ScriptProject Name=\"ST\" VSTAMajorVersion=\"16\" Language=\"CSharp\"{lists}><ProjectItem Name=\"ScriptMain.cs\" Encoding=\"UTF8\">\
         {source}</ProjectItem></ScriptProject></DTS:ObjectData>"
    )
}

const SCRIPT_TASK: &str = "Microsoft.ScriptTask";

/// One script with a list of very many variables.
fn script_variables(size: usize) -> String {
    let mut parts = Parts::default();
    let (mut list, mut source) = (String::new(), String::new());
    for number in 0..size {
        parts.variable(&format!("V{number}"), 8, "x", "");
        add(&mut list, format_args!("{}User::V{number}", if number > 0 { "," } else { "" }));
        add(&mut source, format_args!("Dts.Variables[\"User::V{number}\"].Value = \"{number}\";\n"));
    }
    parts.executable(&task(0), SCRIPT_TASK, &script(&format!(" ReadWriteVariables=\"{list}\""), &source));
    parts.package()
}

/// Scripts that write to one variable and open connections.
fn scripts(size: usize) -> String {
    let mut parts = Parts::default();
    parts.variable("Rows", 3, "0", "");
    for number in 0..size {
        parts.database(number);
        let source = format!("var c = Dts.Connections[\"Manager {number}\"].AcquireConnection(null);\nDts.Variables[\"User::Rows\"].Value = {number};\n");
        parts.executable(&task(number), SCRIPT_TASK, &script(" ReadWriteVariables=\"User::Rows\"", &source));
    }
    parts.package()
}

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

fn pipeline(components: &str, paths: &str) -> String {
    format!("<DTS:ObjectData><pipeline version=\"1\"><components>{components}</components><paths>{paths}</paths></pipeline></DTS:ObjectData>")
}

/// A component on the first connection manager, or without a connection; `columns` columns in and out.
fn component(task: &str, name: &str, class: &str, connection: &str, columns: usize, feeder: usize) -> String {
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

/// A variable's expression, which a condition and a property read.
fn one_expression(expression: &str) -> String {
    let mut parts = Parts::default();
    parts.database(0);
    parts.variable("Text", 8, "", &expression.replace('\'', "&apos;"));
    let name = "<DTS:PropertyExpression DTS:Name=\"Description\">(DT_WSTR, 20) @[User::Text]</DTS:PropertyExpression>";
    parts.executable(&task(0), SQL_TASK, &format!("{name}{}", sql(0, "DELETE FROM dbo.Stage")));
    parts.package()
}

/// One task with very many statements.
fn sql_text(size: usize) -> String {
    let mut parts = Parts::default();
    parts.database(0);
    let mut text = String::new();
    for number in 0..size {
        add(
            &mut text,
            format_args!("UPDATE dbo.Orders{number} SET Done = 1 WHERE Id = {number};\nSELECT a, b FROM dbo.T AS t JOIN dbo.U AS u ON u.a = t.a;\n"),
        );
    }
    parts.executable(&task(0), SQL_TASK, &sql(0, &text));
    parts.package()
}

/// Tasks in a row that make temporary tables which the next one reads.
fn temporary_tables(size: usize) -> String {
    let mut parts = Parts::default();
    parts.database(0);
    for number in 0..size {
        parts.executable(&task(number), SQL_TASK, &sql(0, &format!("SELECT a INTO #Stage{} FROM #Stage{number}", number + 1)));
        if number > 0 {
            parts.constraint(&task(number - 1), &task(number), "");
        }
    }
    parts.package()
}

/// Packages that run the next two each.
fn packages(size: usize) -> Vec<String> {
    let package = |number: usize| {
        let mut parts = Parts::default();
        parts.workbook();
        for step in 1..=2 {
            let child = (number + step) % size;
            parts.connection(step, "FILE", &format!("C:\\etl\\Package{child}.dtsx"));
            let content = format!("<DTS:ObjectData><ExecutePackageTask><Connection>{}</Connection></ExecutePackageTask></DTS:ObjectData>", guid(1, step));
            parts.executable(&task(step), "Microsoft.ExecutePackageTask", &content);
        }
        parts.executable(&task(3), "Microsoft.Pipeline", &pipeline(&component(&task(3), "C0", "Microsoft.ExcelSource", "ExcelConnection", 1, 0), ""));
        parts.package()
    };
    (0..size).map(package).collect()
}
