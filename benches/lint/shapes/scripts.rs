//! Scripts.

use super::parts::{Parts, add, executable, guid, task};
use super::{Shape, one};

pub(super) const SHAPES: &[Shape] = &[
    Shape { name: "script variables", documents: |size| one(script_variables(size)) },
    Shape { name: "scripts", documents: |size| one(scripts(size)) },
    Shape { name: "scripts with many variables", documents: |size| one(scripts_with_many_variables(size.isqrt())) },
    Shape { name: "scripts with handlers", documents: |size| one(scripts_with_handlers(size)) },
];

pub(super) fn script(lists: &str, source: &str) -> String {
    format!(
        "<DTS:ObjectData><ScriptProject Name=\"ST\" VSTAMajorVersion=\"16\" Language=\"CSharp\"{lists}><ProjectItem Name=\"ScriptMain.cs\" Encoding=\"UTF8\">\
         {source}</ProjectItem></ScriptProject></DTS:ObjectData>"
    )
}

pub(super) const SCRIPT_TASK: &str = "Microsoft.ScriptTask";

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

/// Scripts that each list all of as many variables.
fn scripts_with_many_variables(size: usize) -> String {
    let mut parts = Parts::default();
    let (mut list, mut source) = (String::from("User::V0"), String::new());
    for number in 0..size {
        parts.variable(&format!("V{number}"), 8, "x", "");
        add(&mut list, format_args!(",User::V{number}"));
        add(&mut source, format_args!("var v{number} = Dts.Variables[\"User::V{number}\"].Value;\n"));
    }
    for number in 0..size {
        parts.executable(&task(number), SCRIPT_TASK, &script(&format!(" ReadWriteVariables=\"{list}\""), &source));
    }
    parts.package()
}

/// Scripts in a row that write to one variable, with handlers whose scripts do, too.
fn scripts_with_handlers(size: usize) -> String {
    let mut parts = Parts::default();
    parts.variable("Rows", 3, "0", "");
    let list = " ReadWriteVariables=\"User::Rows\"";
    for number in 0..size {
        let event = format!("{}.EventHandlers[OnError]", task(number));
        let mut inner = String::new();
        executable(&mut inner, &format!("{event}\\Note"), SCRIPT_TASK, &script(list, "Dts.Variables[\"User::Rows\"].Value = 0;"));
        let handler = format!(
            "<DTS:EventHandlers><DTS:EventHandler DTS:refId=\"{event}\" DTS:CreationName=\"OnError\" DTS:EventName=\"OnError\" DTS:DTSID=\"{}\">\
             <DTS:Executables>{inner}</DTS:Executables></DTS:EventHandler></DTS:EventHandlers>",
            guid(4, number)
        );
        let own = script(list, "Dts.Variables[\"User::Rows\"].Value = 1;\nDts.Events.FireWarning(0, \"\", \"\", \"\", 0);");
        parts.executable(&task(number), SCRIPT_TASK, &format!("{own}{handler}"));
        if number > 0 {
            parts.constraint(&task(number - 1), &task(number), "");
        }
    }
    parts.package()
}
