//! Packages for the benchmark when no real ones are at hand: control flow, connections, variables, a script and wide data flows, written once as
//! 2012 and later designers write them (attributes, a line each) and once as 2005 and 2008 did (child properties, one long line).

use std::fmt::Write;
use std::io;
use std::path::Path;

const PACKAGES: usize = 40;
const FLOWS: usize = 6;
const COLUMNS: usize = 60;
const SCRIPT: &str = "using System;\r\npublic class ScriptMain\r\n{\r\n    // Counts the rows of the batch.\r\n    public void Main()\r\n    {\r\n        \
     int rows = (int)Dts.Variables[\"User::Rows\"].Value;\r\n        string folder = \"\\\\\\\\files\\\\drop\";\r\n        \
     if (rows &gt; 0 &amp;&amp; folder != null) { Dts.TaskResult = 0; }\r\n    }\r\n}\r\n";

/// Writes about 20 MB of packages of both generations into an empty folder.
pub(crate) fn write_packages(folder: &Path) -> io::Result<()> {
    for number in 0..PACKAGES {
        std::fs::write(folder.join(format!("New{number:02}.dtsx")), new_package(number))?;
        std::fs::write(folder.join(format!("Old{number:02}.dtsx")), old_package(number))?;
    }
    Ok(())
}

fn guid(number: usize) -> String {
    format!("{{{number:08X}-1B2C-4D3E-8F90-A1B2C3D4E5F6}}")
}

/// Puts a package together; formatting into a string cannot fail.
fn written(write: impl FnOnce(&mut String) -> std::fmt::Result) -> String {
    let mut text = String::new();
    write(&mut text).expect("internal error: writing to a string fails");
    text
}

fn new_package(number: usize) -> String {
    written(|out| {
        write!(
            out,
            "<?xml version=\"1.0\"?>\n<DTS:Executable xmlns:DTS=\"www.microsoft.com/SqlServer/Dts\"\n  DTS:refId=\"Package\"\n  \
             DTS:CreationName=\"Microsoft.Package\"\n  DTS:DTSID=\"{}\"\n  DTS:ExecutableType=\"Microsoft.Package\"\n  DTS:ObjectName=\"New{number}\"\n  \
             DTS:ProtectionLevel=\"0\">\n  <DTS:Property\n    DTS:Name=\"PackageFormatVersion\">8</DTS:Property>\n  <DTS:ConnectionManagers>\n",
            guid(number)
        )?;
        for name in ["Staging", "Warehouse"] {
            write!(
                out,
                "    <DTS:ConnectionManager\n      DTS:refId=\"Package.ConnectionManagers[{name}]\"\n      DTS:CreationName=\"OLEDB\"\n      \
                 DTS:DTSID=\"{}\"\n      DTS:ObjectName=\"{name}\">\n      <DTS:ObjectData>\n        <DTS:ConnectionManager\n          \
                 DTS:ConnectionString=\"Data Source=sql01;Initial Catalog={name};Provider=SQLNCLI11.1;Integrated Security=SSPI;\" />\n      \
                 </DTS:ObjectData>\n    </DTS:ConnectionManager>\n",
                guid(name.len())
            )?;
        }
        out.push_str("  </DTS:ConnectionManagers>\n  <DTS:Variables>\n");
        for variable in 0..20 {
            write!(
                out,
                "    <DTS:Variable\n      DTS:CreationName=\"\"\n      DTS:DTSID=\"{}\"\n      DTS:IncludeInDebugDump=\"6789\"\n      \
                 DTS:Namespace=\"User\"\n      DTS:ObjectName=\"Batch{variable}\">\n      <DTS:VariableValue\n        DTS:DataType=\"8\">load of day \
                 {variable}</DTS:VariableValue>\n    </DTS:Variable>\n",
                guid(100 + variable)
            )?;
        }
        out.push_str("  </DTS:Variables>\n  <DTS:Executables>\n");
        new_tasks(out)?;
        (0..FLOWS).try_for_each(|flow| new_flow(out, flow))?;
        out.push_str("  </DTS:Executables>\n</DTS:Executable>\n");
        Ok(())
    })
}

fn new_tasks(out: &mut String) -> std::fmt::Result {
    write!(
        out,
        "    <DTS:Executable\n      DTS:refId=\"Package\\Prepare\"\n      DTS:CreationName=\"Microsoft.ExecuteSQLTask\"\n      DTS:DTSID=\"{}\"\n      \
         DTS:ExecutableType=\"Microsoft.ExecuteSQLTask\"\n      DTS:ObjectName=\"Prepare\">\n      <DTS:Variables />\n      <DTS:ObjectData>\n        \
         <SQLTask:SqlTaskData\n          SQLTask:Connection=\"{}\"\n          SQLTask:SqlStatementSource=\"TRUNCATE TABLE dbo.Stage; INSERT INTO \
         dbo.Log (Step) VALUES (N'prepare')\" xmlns:SQLTask=\"www.microsoft.com/sqlserver/dts/tasks/sqltask\" />\n      </DTS:ObjectData>\n    \
         </DTS:Executable>\n    <DTS:Executable\n      DTS:refId=\"Package\\Count\"\n      DTS:CreationName=\"Microsoft.ScriptTask\"\n      \
         DTS:DTSID=\"{}\"\n      DTS:ExecutableType=\"Microsoft.ScriptTask\"\n      DTS:ObjectName=\"Count\">\n      <DTS:ObjectData>\n        \
         <ScriptProject\n          Name=\"ST_1\"\n          Language=\"CSharp\">\n          <ProjectItem\n            Name=\"ScriptMain.cs\">",
        guid(200),
        guid("Staging".len()),
        guid(201)
    )?;
    out.push_str(&SCRIPT.repeat(4));
    out.push_str("</ProjectItem>\n        </ScriptProject>\n      </DTS:ObjectData>\n    </DTS:Executable>\n");
    Ok(())
}

fn new_flow(out: &mut String, flow: usize) -> std::fmt::Result {
    let task = format!("Package\\Load {flow}");
    write!(
        out,
        "    <DTS:Executable\n      DTS:refId=\"{task}\"\n      DTS:CreationName=\"Microsoft.Pipeline\"\n      DTS:DTSID=\"{}\"\n      \
         DTS:ExecutableType=\"Microsoft.Pipeline\"\n      DTS:ObjectName=\"Load {flow}\">\n      <DTS:ObjectData>\n        <pipeline\n          \
         version=\"1\">\n          <components>\n",
        guid(300 + flow)
    )?;
    new_component(out, &task, "Read", "Microsoft.OLEDBSource", "Staging", |out, path| {
        writeln!(out, "              <outputs>\n                <output\n                  refId=\"{path}.Outputs[Rows]\"\n                  name=\"Rows\">")?;
        out.push_str("                  <outputColumns>\n");
        for column in 0..COLUMNS {
            write!(
                out,
                "                    <outputColumn\n                      refId=\"{path}.Outputs[Rows].Columns[C{column}]\"\n                      \
                 dataType=\"wstr\"\n                      errorOrTruncationOperation=\"Conversion\"\n                      \
                 errorRowDisposition=\"FailComponent\"\n                      externalMetadataColumnId=\"{path}.Outputs[Rows].ExternalColumns[C{column}]\"\n                      \
                 length=\"50\"\n                      lineageId=\"{path}.Outputs[Rows].Columns[C{column}]\"\n                      name=\"C{column}\"\n                      \
                 truncationRowDisposition=\"FailComponent\" />\n"
            )?;
        }
        out.push_str("                  </outputColumns>\n");
        new_external_columns(out, &format!("{path}.Outputs[Rows]"))?;
        out.push_str("                </output>\n              </outputs>\n");
        Ok(())
    })?;
    new_component(out, &task, "Write", "Microsoft.OLEDBDestination", "Warehouse", |out, path| {
        writeln!(out, "              <inputs>\n                <input\n                  refId=\"{path}.Inputs[In]\"\n                  name=\"In\">")?;
        out.push_str("                  <inputColumns>\n");
        for column in 0..COLUMNS {
            write!(
                out,
                "                    <inputColumn\n                      refId=\"{path}.Inputs[In].Columns[C{column}]\"\n                      \
                 cachedDataType=\"wstr\"\n                      cachedLength=\"50\"\n                      cachedName=\"C{column}\"\n                      \
                 externalMetadataColumnId=\"{path}.Inputs[In].ExternalColumns[C{column}]\"\n                      \
                 lineageId=\"{task}\\Read.Outputs[Rows].Columns[C{column}]\" />\n"
            )?;
        }
        out.push_str("                  </inputColumns>\n");
        new_external_columns(out, &format!("{path}.Inputs[In]"))?;
        out.push_str("                </input>\n              </inputs>\n");
        Ok(())
    })?;
    write!(
        out,
        "          </components>\n          <paths>\n            <path\n              refId=\"{task}.Paths[Rows]\"\n              \
         endId=\"{task}\\Write.Inputs[In]\"\n              name=\"Rows\"\n              startId=\"{task}\\Read.Outputs[Rows]\" />\n          </paths>\n        \
         </pipeline>\n      </DTS:ObjectData>\n    </DTS:Executable>\n"
    )
}

fn new_component(
    out: &mut String,
    task: &str,
    name: &str,
    class: &str,
    connection: &str,
    ports: impl FnOnce(&mut String, &str) -> std::fmt::Result,
) -> std::fmt::Result {
    let path = format!("{task}\\{name}");
    let manager = format!("Package.ConnectionManagers[{connection}]");
    write!(
        out,
        "            <component\n              refId=\"{path}\"\n              componentClassID=\"{class}\"\n              name=\"{name}\"\n              \
         usesDispositions=\"true\"\n              version=\"7\">\n              <properties>\n"
    )?;
    for (property, value) in [("CommandTimeout", "0"), ("OpenRowset", "[dbo].[Stage]"), ("SqlCommand", ""), ("AccessMode", "0")] {
        write!(
            out,
            "                <property\n                  dataType=\"System.String\"\n                  description=\"How the adapter finds its rows.\"\n                  \
             name=\"{property}\">{value}</property>\n"
        )?;
    }
    write!(
        out,
        "              </properties>\n              <connections>\n                <connection\n                  \
         refId=\"{path}.Connections[OleDbConnection]\"\n                  connectionManagerID=\"{manager}\"\n                  \
         connectionManagerRefId=\"{manager}\"\n                  name=\"OleDbConnection\" />\n              </connections>\n"
    )?;
    ports(out, &path)?;
    out.push_str("            </component>\n");
    Ok(())
}

fn new_external_columns(out: &mut String, port: &str) -> std::fmt::Result {
    out.push_str("                  <externalMetadataColumns\n                    isUsed=\"True\">\n");
    for column in 0..COLUMNS {
        write!(
            out,
            "                    <externalMetadataColumn\n                      refId=\"{port}.ExternalColumns[C{column}]\"\n                      \
             dataType=\"wstr\"\n                      length=\"50\"\n                      name=\"C{column}\" />\n"
        )?;
    }
    out.push_str("                  </externalMetadataColumns>\n");
    Ok(())
}

fn old_package(number: usize) -> String {
    written(|out| {
        out.push_str("<?xml version=\"1.0\"?><DTS:Executable xmlns:DTS=\"www.microsoft.com/SqlServer/Dts\" DTS:ExecutableType=\"SSIS.Package.2\">");
        old_properties(out, &[("PackageFormatVersion", "3"), ("ProtectionLevel", "0"), ("ObjectName", &format!("Old{number}")), ("DTSID", &guid(number))])?;
        for name in ["Staging", "Warehouse"] {
            out.push_str("\n<DTS:ConnectionManager>");
            old_properties(out, &[("DelayValidation", "0"), ("ObjectName", name), ("DTSID", &guid(name.len())), ("CreationName", "OLEDB")])?;
            write!(
                out,
                "<DTS:ObjectData><DTS:ConnectionManager><DTS:Property DTS:Name=\"Retain\">0</DTS:Property><DTS:Property \
                 DTS:Name=\"ConnectionString\">Data Source=sql01;Initial Catalog={name};Provider=SQLNCLI10.1;Integrated Security=SSPI;</DTS:Property>\
                 </DTS:ConnectionManager></DTS:ObjectData></DTS:ConnectionManager>"
            )?;
        }
        for variable in 0..20 {
            write!(
                out,
                "\n<DTS:Variable><DTS:Property DTS:Name=\"Expression\"></DTS:Property><DTS:VariableValue DTS:DataType=\"8\">load of day {variable}</DTS:VariableValue>"
            )?;
            old_properties(out, &[("Namespace", "User"), ("ReadOnly", "0"), ("ObjectName", &format!("Batch{variable}")), ("DTSID", &guid(100 + variable))])?;
            out.push_str("</DTS:Variable>");
        }
        (0..FLOWS).try_for_each(|flow| old_flow(out, flow))?;
        out.push_str("</DTS:Executable>");
        Ok(())
    })
}

fn old_properties(out: &mut String, properties: &[(&str, &str)]) -> std::fmt::Result {
    properties.iter().try_for_each(|(name, value)| write!(out, "<DTS:Property DTS:Name=\"{name}\">{value}</DTS:Property>"))
}

fn old_flow(out: &mut String, flow: usize) -> std::fmt::Result {
    out.push_str("\n<DTS:Executable DTS:ExecutableType=\"SSIS.Pipeline.2\">");
    old_properties(out, &[("ExecutionLocation", "0"), ("TaskContact", "Loads rows."), ("Disabled", "0"), ("ObjectName", &format!("Load {flow}"))])?;
    old_properties(out, &[("DTSID", &guid(300 + flow)), ("CreationName", "SSIS.Pipeline.2")])?;
    out.push_str("<DTS:ObjectData><pipeline id=\"0\" name=\"pipelineXml\" defaultBufferSize=\"10485760\"><components>\n");
    old_component(out, 1, "Read", "{BCEFE59B-6819-47F7-A125-63753B33ABB7}", "Staging")?;
    out.push_str("<outputs><output id=\"11\" name=\"Rows\" isErrorOut=\"false\"><outputColumns>\n");
    for column in 0..COLUMNS {
        writeln!(
            out,
            "<outputColumn id=\"{0}\" name=\"C{column}\" description=\"\" lineageId=\"{0}\" precision=\"0\" scale=\"0\" length=\"50\" dataType=\"wstr\" \
             codePage=\"0\" sortKeyPosition=\"0\" comparisonFlags=\"0\" specialFlags=\"0\" errorOrTruncationOperation=\"Conversion\" \
             errorRowDisposition=\"FailComponent\" truncationRowDisposition=\"FailComponent\" externalMetadataColumnId=\"{1}\"/>",
            1000 + column,
            2000 + column
        )?;
    }
    old_external_columns(out, 2000)?;
    out.push_str("</output></outputs></component>");
    old_component(out, 2, "Write", "{5A0B62E8-D91D-49F5-94A5-7BE58DE508F0}", "Warehouse")?;
    out.push_str("<inputs><input id=\"21\" name=\"In\" hasSideEffects=\"true\"><inputColumns>\n");
    for column in 0..COLUMNS {
        writeln!(
            out,
            "<inputColumn id=\"{}\" name=\"\" description=\"\" lineageId=\"{}\" usageType=\"readOnly\" errorRowDisposition=\"NotUsed\" \
             truncationRowDisposition=\"NotUsed\" externalMetadataColumnId=\"{}\"/>",
            3000 + column,
            1000 + column,
            4000 + column
        )?;
    }
    old_external_columns(out, 4000)?;
    out.push_str("</input></inputs></component></components><paths><path id=\"31\" name=\"Rows\" startId=\"11\" endId=\"21\"/></paths></pipeline>");
    out.push_str("</DTS:ObjectData></DTS:Executable>");
    Ok(())
}

fn old_component(out: &mut String, id: usize, name: &str, class: &str, connection: &str) -> std::fmt::Result {
    writeln!(out, "<component id=\"{id}\" name=\"{name}\" componentClassID=\"{class}\" validateExternalMetadata=\"True\" version=\"7\"><properties>")?;
    for (number, (property, value)) in [("CommandTimeout", "0"), ("OpenRowset", "[dbo].[Stage]"), ("SqlCommand", ""), ("AccessMode", "0")].iter().enumerate() {
        writeln!(
            out,
            "<property id=\"{}\" name=\"{property}\" dataType=\"System.String\" state=\"default\" isArray=\"false\" \
             description=\"How the adapter finds its rows.\" expressionType=\"None\">{value}</property>",
            id * 100 + number
        )?;
    }
    let manager = guid(connection.len());
    write!(out, "</properties><connections><connection id=\"{id}9\" name=\"OleDbConnection\" connectionManagerID=\"{manager}\"/></connections>")
}

/// Closes the list of columns before it.
fn old_external_columns(out: &mut String, first: usize) -> std::fmt::Result {
    out.push_str(if first == 2000 { "</outputColumns>" } else { "</inputColumns>" });
    out.push_str("<externalMetadataColumns isUsed=\"True\">\n");
    for column in 0..COLUMNS {
        writeln!(
            out,
            "<externalMetadataColumn id=\"{}\" name=\"C{column}\" description=\"\" precision=\"0\" scale=\"0\" length=\"50\" dataType=\"wstr\" \
             codePage=\"0\"/>",
            first + column
        )?;
    }
    out.push_str("</externalMetadataColumns>");
    Ok(())
}
