use crate::analysis::Facts;
use crate::finding::FileRef;
use crate::model::{DocumentKind, Project};
use crate::target::Target;

use super::Changer;

const PARAMS: &str = r#"<?xml version="1.0"?><SSIS:Parameters xmlns:SSIS="www.microsoft.com/SqlServer/SSIS">
<SSIS:Parameter SSIS:Name="Server"><SSIS:Properties><SSIS:Property SSIS:Name="ID">{1}</SSIS:Property><SSIS:Property SSIS:Name="Required">0</SSIS:Property>
<SSIS:Property SSIS:Name="Sensitive">0</SSIS:Property><SSIS:Property SSIS:Name="Value">sql01</SSIS:Property><SSIS:Property SSIS:Name="DataType">18</SSIS:Property></SSIS:Properties></SSIS:Parameter>
<SSIS:Parameter SSIS:Name="Folder"><SSIS:Properties><SSIS:Property SSIS:Name="ID">{2}</SSIS:Property><SSIS:Property SSIS:Name="Required">1</SSIS:Property>
<SSIS:Property SSIS:Name="Sensitive">0</SSIS:Property><SSIS:Property SSIS:Name="Value">D:\x</SSIS:Property><SSIS:Property SSIS:Name="DataType">18</SSIS:Property></SSIS:Properties></SSIS:Parameter></SSIS:Parameters>"#;

const CONFIGURATION: &str = r#"<?xml version="1.0"?><DTSConfiguration><Configuration ConfiguredType="Property" Path="\Package.Variables[User::Set].Properties[Value]" ValueType="String"><ConfiguredValue>E:\set</ConfiguredValue></Configuration>
<Configuration ConfiguredType="Property" Path="\Package.Connections[Plain].Properties[ConnectionString]" ValueType="String"><ConfiguredValue>F:\plain.csv</ConfiguredValue></Configuration></DTSConfiguration>"#;

fn variable(name: &str, value: &str, expression: &str) -> String {
    let evaluated = if expression.is_empty() { String::new() } else { format!(r#"DTS:EvaluateAsExpression="True" DTS:Expression="{expression}""#) };
    format!(
        r#"<DTS:Variable DTS:Namespace="User" DTS:ObjectName="{name}" {evaluated}><DTS:VariableValue DTS:DataType="8">{value}</DTS:VariableValue></DTS:Variable>"#
    )
}

/// A package with variables, a loop that writes `Current`, and a flat file connection with that expression on its path.
fn package(expression: &str) -> String {
    let variables = variable("Dir", r"C:\data", "")
        + &variable("Set", r"C:\design", "")
        + &variable("Current", "", "")
        + &variable("Password", "geheim1", "")
        + &variable("Full", "", r"@[User::Dir] + &quot;\\&quot; + @[User::Current]");
    format!(
        r#"<?xml version="1.0"?><DTS:Executable xmlns:DTS="www.microsoft.com/SqlServer/Dts" DTS:refId="Package" DTS:ExecutableType="Microsoft.Package" DTS:ObjectName="Load" DTS:EnableConfig="True">
<DTS:Property DTS:Name="PackageFormatVersion">8</DTS:Property><DTS:Variables>{variables}</DTS:Variables>
<DTS:Configurations><DTS:Configuration DTS:ConfigurationString="Load.dtsConfig" DTS:ConfigurationType="1" DTS:ObjectName="File" /></DTS:Configurations>
<DTS:ConnectionManagers><DTS:ConnectionManager DTS:refId="Package.ConnectionManagers[Plain]" DTS:CreationName="FLATFILE" DTS:ObjectName="Plain"><DTS:ObjectData><DTS:ConnectionManager DTS:ConnectionString="C:\plain.csv" /></DTS:ObjectData></DTS:ConnectionManager>
<DTS:ConnectionManager DTS:refId="Package.ConnectionManagers[Feed]" DTS:CreationName="FLATFILE" DTS:ObjectName="Feed"><DTS:PropertyExpression DTS:Name="ConnectionString">{expression}</DTS:PropertyExpression><DTS:ObjectData><DTS:ConnectionManager DTS:ConnectionString="C:\feed.csv" /></DTS:ObjectData></DTS:ConnectionManager></DTS:ConnectionManagers>
<DTS:Executables><DTS:Executable DTS:refId="Package\Loop" DTS:ExecutableType="STOCK:FOREACHLOOP" DTS:ObjectName="Loop"><DTS:ForEachVariableMappings><DTS:ForEachVariableMapping DTS:ObjectName="m" DTS:ValueIndex="0" DTS:VariableName="User::Current" /></DTS:ForEachVariableMappings></DTS:Executable></DTS:Executables></DTS:Executable>"#
    )
}

/// Computes the connection string of the manager of that name: its text, its inputs, and who can change it in the catalog.
fn computed(manager: &str, expression: &str) -> (String, String, Vec<Changer>) {
    let package = package(expression);
    let texts = [("Load.dtsx", package.as_str()), ("Project.params", PARAMS), ("Load.dtsConfig", CONFIGURATION)];
    let trees: Vec<_> = texts.iter().map(|(_, text)| crate::dtsx::parse(text, &crate::xml::Limits::default()).expect("well-formed")).collect();
    let read = |(tree, (name, _)): (_, &(&str, &str))| crate::dtsx::read(tree, FileRef { file: (*name).into(), member: None }, true).expect("a document");
    let project = Project::new(trees.iter().zip(&texts).map(read).collect(), true, true);
    let facts = Facts::new(&project);
    let DocumentKind::Package(package) = &project.documents[0].kind else { panic!("a package") };
    let manager = package.connections.iter().find(|candidate| candidate.name.value == manager).expect("a manager");
    let value = facts.connection_string(0, manager).expect("a value");
    (value.text().replace(super::UNKNOWN, "…"), format!("{:?}", value.inputs), value.changers(Target::Ssisdb, true))
}

fn text(expression: &str) -> String {
    computed("Feed", expression).0
}

#[test]
fn variables_that_nothing_writes_to_keep_their_values() {
    assert_eq!(text(r"@[User::Dir] + &quot;\\a.csv&quot;"), r"C:\data\a.csv");
    assert_eq!(computed("Feed", r"@[User::Dir]"), (r"C:\data".to_owned(), "[]".to_owned(), vec![]));
}

#[test]
fn what_is_not_known_stays_unknown_piece_by_piece() {
    let (text, inputs, changers) = computed("Feed", r"@[User::Full] + &quot;_&quot; + (DT_WSTR, 30)GETDATE() + @[System::MachineName]");
    assert_eq!(text, r"C:\data\…_……");
    assert!(inputs.contains("Current") && inputs.contains("GETDATE()") && inputs.contains("MachineName"), "{inputs}");
    assert_eq!(changers, [Changer::Package]);
}

#[test]
fn the_default_of_a_parameter_counts_unless_a_value_is_required() {
    assert_eq!(computed("Feed", r"&quot;\\\\&quot; + @[$Project::Server] + &quot;\\in&quot;").0, r"\\sql01\in");
    let (text, inputs, changers) = computed("Feed", r"@[$Project::Folder] + &quot;\\in&quot;");
    assert_eq!((text.as_str(), changers), (r"…\in", vec![Changer::CatalogParameter]));
    assert!(inputs.contains("known: false"), "{inputs}");
}

#[test]
fn a_configuration_at_hand_comes_before_the_design() {
    assert_eq!(text(r"@[User::Set] + &quot;\\x&quot;"), r"E:\set\x");
    let (text, inputs, changers) = computed("Plain", "");
    assert_eq!((text.as_str(), changers), (r"F:\plain.csv", vec![Changer::Configuration]));
    assert!(inputs.contains("File"), "{inputs}");
}

#[test]
fn a_secret_never_becomes_part_of_a_value() {
    assert_eq!(text(r"&quot;C:\\x\\&quot; + @[User::Password]"), r"C:\x\…");
}

#[test]
fn an_expression_that_ssis_refuses_gives_no_value() {
    let package = package("1 +");
    let tree = crate::dtsx::parse(&package, &crate::xml::Limits::default()).expect("well-formed");
    let document = crate::dtsx::read(&tree, FileRef { file: "Load.dtsx".into(), member: None }, true).expect("a document");
    let project = Project::new(vec![document], false, true);
    let facts = Facts::new(&project);
    let manager = &project.documents[0].package().expect("a package").connections[1];
    assert!(facts.connection_string(0, manager).is_none());
    assert!(facts.endpoint(0, manager).is_some_and(|endpoint| endpoint.replaced.is_some()), "the written path, which the expression was to replace");
}
