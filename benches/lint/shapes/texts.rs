//! Long texts: expressions and SQL.

use super::parts::{Parts, SQL_TASK, add, sql, task};
use super::scripts::{SCRIPT_TASK, script};
use super::{Shape, one};

pub(super) const SHAPES: &[Shape] = &[
    Shape { name: "expression terms", documents: |size| one(one_expression(&format!("\"a\"{}", " + \"b\"".repeat(size)))) },
    Shape { name: "parentheses", documents: |size| one(one_expression(&format!("{}1{}", "(".repeat(size), ")".repeat(size)))) },
    Shape { name: "negations", documents: |size| one(one_expression(&format!("{}TRUE", "!".repeat(size)))) },
    Shape { name: "SQL statements", documents: |size| one(sql_text(size)) },
    Shape { name: "SQL parentheses", documents: |size| one(one_statement(&format!("SELECT {}1{}", "(".repeat(size), ")".repeat(size)))) },
    Shape { name: "SQL comments", documents: |size| one(one_statement(&"/* ".repeat(size))) },
    Shape { name: "SQL names", documents: |size| one(one_statement(&format!("SELECT {}a FROM t", "a.".repeat(size)))) },
    Shape { name: "literal in an expression", documents: |size| one(one_expression(&format!("\"{}\"", "ab ".repeat(10 * size)))) },
    Shape { name: "choices in an expression", documents: |size| one(one_expression(&format!("{}1", "1 == 2 ? 3 : ".repeat(size)))) },
    Shape { name: "connection string", documents: |size| one(connection_string(size)) },
    Shape { name: "quotes", documents: |size| one(one_statement(&"&apos;a&apos; &quot;b&quot; password = ".repeat(size))) },
    Shape { name: "lines of a script", documents: |size| one(script_text(size)) },
    Shape { name: "temporary tables", documents: |size| one(temporary_tables(size)) },
];

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

fn one_statement(text: &str) -> String {
    let mut parts = Parts::default();
    parts.database(0);
    parts.executable(&task(0), SQL_TASK, &sql(0, text));
    parts.package()
}

/// A connection string of very many settings.
fn connection_string(size: usize) -> String {
    let mut parts = Parts::default();
    let settings: String = (0..size).map(|number| format!("Setting {number}=Value {number};")).collect();
    parts.connection(0, "OLEDB", &format!("Data Source=sql01;{settings}"));
    parts.executable(&task(0), SQL_TASK, &sql(0, "DELETE FROM dbo.Stage"));
    parts.package()
}

/// A script of very many lines that speak of paths, connections, secrets and variables.
fn script_text(size: usize) -> String {
    let mut parts = Parts::default();
    parts.database(0);
    parts.variable("Rows", 3, "0", "");
    let line = "var s = \"C:\\drop\\Orders.xlsx\"; MessageBox.Show(s); var c = \"Data Source=sql01;Password=x\"; // Dts.Variables[\"User::Rows\"].Value\n";
    parts.executable(&task(0), SCRIPT_TASK, &script(" ReadOnlyVariables=\"User::Rows\"", &line.repeat(size)));
    parts.package()
}
