//! A known password, planted wherever a package can hold one in clear text, never comes out: in no format, no excerpt, no inventory.

use std::fs;

use assert_cmd::Command;

const PASSWORD: &str = "Zq9hunter2Zq";

const PACKAGE: &str = r#"<?xml version="1.0"?>
<DTS:Executable xmlns:DTS="www.microsoft.com/SqlServer/Dts" xmlns:SQLTask="www.microsoft.com/sqlserver/dts/tasks/sqltask" DTS:refId="Package"
  DTS:CreationName="Microsoft.Package" DTS:ExecutableType="Microsoft.Package" DTS:ObjectName="Load" DTS:ProtectionLevel="0" DTS:EnableConfig="True">
  <DTS:Property DTS:Name="PackageFormatVersion">8</DTS:Property>
  <DTS:ConnectionManagers>
    <DTS:ConnectionManager DTS:refId="Package.ConnectionManagers[A]" DTS:CreationName="OLEDB" DTS:DTSID="{A0000000-0000-4000-8000-000000000001}" DTS:ObjectName="A">
      <DTS:PropertyExpression DTS:Name="ConnectionString">"Data Source=localhost;User ID=u;Password=SECRET;"</DTS:PropertyExpression>
      <DTS:PropertyExpression DTS:Name="Password">"SECRET"</DTS:PropertyExpression>
      <DTS:ObjectData><DTS:ConnectionManager DTS:ConnectionString="Data Source=localhost;User ID=u;Password=SECRET;Provider=MSOLEDBSQL.1;"><DTS:Password
        DTS:Name="Password" Sensitive="1">SECRET</DTS:Password></DTS:ConnectionManager></DTS:ObjectData>
    </DTS:ConnectionManager>
    <DTS:ConnectionManager DTS:refId="Package.ConnectionManagers[B]" DTS:CreationName="ODBC" DTS:DTSID="{A0000000-0000-4000-8000-000000000002}" DTS:ObjectName="B">
      <DTS:ObjectData><DTS:ConnectionManager DTS:ConnectionString="Driver={SQL Server};Server=localhost;uid=u;pwd={SECRET};" /></DTS:ObjectData>
    </DTS:ConnectionManager>
    <DTS:ConnectionManager DTS:refId="Package.ConnectionManagers[C]" DTS:CreationName="ORACLE" DTS:DTSID="{A0000000-0000-4000-8000-000000000003}" DTS:ObjectName="C">
      <DTS:ObjectData><OracleXMLPackage><OraConnectionString>SERVER=h:1521/s;USERNAME=u;PASSWORD=SECRET;WINAUTH=0</OraConnectionString></OracleXMLPackage></DTS:ObjectData>
    </DTS:ConnectionManager>
    <DTS:ConnectionManager DTS:refId="Package.ConnectionManagers[D]" DTS:CreationName="AzureStorage" DTS:DTSID="{A0000000-0000-4000-8000-000000000004}" DTS:ObjectName="D">
      <DTS:ObjectData><AzureStorageConnectionManager ConnectionString="DefaultEndpointsProtocol=https;AccountName=a;AccountKey=SECRET;"><AccountKey
        Sensitive="1">SECRET</AccountKey></AzureStorageConnectionManager></DTS:ObjectData>
    </DTS:ConnectionManager>
  </DTS:ConnectionManagers>
  <DTS:Configurations>
    <DTS:Configuration DTS:ConfigurationString="Vendor\Key" DTS:ConfigurationType="3" DTS:ObjectName="K" DTS:ConfigurationVariable="\Package.Variables[User::Password].Properties[Value]" />
  </DTS:Configurations>
  <DTS:PackageParameters>
    <DTS:PackageParameter DTS:DataType="8" DTS:ObjectName="ApiKey"><DTS:Property DTS:DataType="8" DTS:Name="ParameterValue">SECRET</DTS:Property></DTS:PackageParameter>
    <DTS:PackageParameter DTS:DataType="8" DTS:ObjectName="Token" DTS:Sensitive="True"><DTS:Property DTS:DataType="8" DTS:Name="ParameterValue">SECRET</DTS:Property></DTS:PackageParameter>
  </DTS:PackageParameters>
  <DTS:Variables>
    <DTS:Variable DTS:Namespace="User" DTS:ObjectName="Password"><DTS:VariableValue DTS:DataType="8">SECRET</DTS:VariableValue></DTS:Variable>
    <DTS:Variable DTS:Namespace="User" DTS:ObjectName="Cs"><DTS:VariableValue DTS:DataType="8">Server=localhost;User Id=u;Password='SECRET';</DTS:VariableValue></DTS:Variable>
    <DTS:Variable DTS:EvaluateAsExpression="True" DTS:Expression="&quot;Server=x;Pwd=SECRET;&quot; + @[User::Cs]" DTS:Namespace="User" DTS:ObjectName="Full"><DTS:VariableValue DTS:DataType="8">Server=x;Pwd=SECRET;</DTS:VariableValue></DTS:Variable>
  </DTS:Variables>
  <DTS:Executables>
    <DTS:Executable DTS:refId="Package\Run" DTS:CreationName="Microsoft.ExecuteProcess" DTS:ExecutableType="Microsoft.ExecuteProcess" DTS:ObjectName="Run">
      <DTS:ObjectData><ExecuteProcessData Executable="C:\Users\kim\sqlcmd.exe" Arguments="-S localhost -U u -P SECRET /password:SECRET C:\Users\kim\x.sql" /></DTS:ObjectData>
    </DTS:Executable>
    <DTS:Executable DTS:refId="Package\Sql" DTS:CreationName="Microsoft.ExecuteSQLTask" DTS:ExecutableType="Microsoft.ExecuteSQLTask" DTS:ObjectName="Sql">
      <DTS:ObjectData><SQLTask:SqlTaskData SQLTask:Connection="{A0000000-0000-4000-8000-000000000001}" SQLTask:SqlStatementSource="SELECT * FROM #gone -- Password=SECRET" /></DTS:ObjectData>
    </DTS:Executable>
    <DTS:Executable DTS:refId="Package\Make" DTS:CreationName="Microsoft.ExecuteSQLTask" DTS:ExecutableType="Microsoft.ExecuteSQLTask" DTS:ObjectName="Make">
      <DTS:ObjectData><SQLTask:SqlTaskData SQLTask:Connection="{A0000000-0000-4000-8000-000000000002}" SQLTask:SqlStatementSource="CREATE TABLE #gone (a int) -- pwd='SECRET'" /></DTS:ObjectData>
    </DTS:Executable>
    <DTS:Executable DTS:refId="Package\Script" DTS:CreationName="Microsoft.ScriptTask" DTS:ExecutableType="Microsoft.ScriptTask" DTS:ObjectName="Script">
      <DTS:ObjectData><ScriptProject Name="S" Language="CSharp"><ProjectItem Name="ScriptMain.cs"><![CDATA[var c = new NetworkCredential("u", "SECRET");
string password = "SECRET"; var f = "C:\\Users\\kim\\a.txt";]]></ProjectItem></ScriptProject></DTS:ObjectData>
    </DTS:Executable>
  </DTS:Executables>
</DTS:Executable>
"#;

const CONFIGURATION: &str = r#"<DTSConfiguration><Configuration ConfiguredType="Property" Path="\Package.Connections[A].Properties[ConnectionString]" ValueType="String">
<ConfiguredValue>Data Source=localhost;Password=SECRET;</ConfiguredValue></Configuration>
<Configuration ConfiguredType="Property" Path="\Package.Connections[A].Properties[Password]" ValueType="String"><ConfiguredValue>SECRET</ConfiguredValue></Configuration></DTSConfiguration>"#;

const FORMATS: [&str; 13] =
    ["human", "concise", "json", "jsonl", "sarif", "junit", "github", "gitlab", "azure", "msbuild", "checkstyle", "markdown", "template"];

fn output(folder: &std::path::Path, arguments: &[&str]) -> String {
    let output = Command::cargo_bin("ssislint").expect("the program").current_dir(folder).args(arguments).output().expect("it runs");
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn a_planted_password_never_comes_out() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("Load.dtsx"), PACKAGE.replace("SECRET", PASSWORD)).expect("a package");
    fs::write(folder.path().join("Load.dtsConfig"), CONFIGURATION.replace("SECRET", PASSWORD)).expect("a configuration");
    fs::write(folder.path().join("t.txt"), "{{ findings }}").expect("a template");
    for format in FORMATS {
        let text = output(folder.path(), &[".", "--select", "all", "--target", "agent,ssisdb,azure-ssis,fabric", "--format", format, "--template", "t.txt"]);
        assert!(text.contains("clear-text-secret") || text.contains("SSIS0107"), "{format} reports something: {text}");
        assert!(!text.contains(PASSWORD), "{format}: {}", around(&text));
    }
    let checklist = |format| ["checklist", ".", "--target", "agent,ssisdb,azure-ssis,fabric", "--format", format];
    let inventories = [&["inspect", "."][..], &["inspect", ".", "--format", "json"], &["inspect", ".", "--references"], &["inspect", ".", "--effective"]];
    for arguments in inventories.into_iter().chain([&checklist("human")[..], &checklist("markdown"), &checklist("json")]) {
        let text = output(folder.path(), arguments);
        assert!(text.contains("Load.dtsx"), "{arguments:?}");
        assert!(!text.contains(PASSWORD), "{arguments:?}: {}", around(&text));
    }
}

#[test]
fn the_log_tells_of_files_only() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("Load.dtsx"), PACKAGE.replace("SECRET", PASSWORD)).expect("a package");
    fs::write(folder.path().join("password.txt"), PASSWORD).expect("a password");
    let key = format!("rules.clear-text-secret.secret-names=[\"{PASSWORD}\"]");
    let text = output(folder.path(), &["-v", ".", "--select", "all", "--password-file", "password.txt", "--config", &key]);
    assert!(text.contains("ssislint: reads Load.dtsx") && text.contains("took"), "{text}");
    assert!(!text.contains(PASSWORD), "{}", around(&text));
}

/// A package and a configuration file whose secrets only the team knows by their names: the values stand there, and expressions carry them elsewhere.
const OWN: &str = r#"<?xml version="1.0"?>
<DTS:Executable xmlns:DTS="www.microsoft.com/SqlServer/Dts" DTS:refId="Package" DTS:ExecutableType="Microsoft.Package" DTS:ObjectName="Own" DTS:ProtectionLevel="0">
  <DTS:Property DTS:Name="PackageFormatVersion">8</DTS:Property>
  <DTS:ConnectionManagers>
    <DTS:ConnectionManager DTS:refId="Package.ConnectionManagers[In]" DTS:CreationName="FLATFILE" DTS:DTSID="{A0000000-0000-4000-8000-000000000001}" DTS:ObjectName="In">
      <DTS:PropertyExpression DTS:Name="ConnectionString">"D:\\in\\" + @[User::kw_Door] + "\\a.csv"</DTS:PropertyExpression>
      <DTS:ObjectData><DTS:ConnectionManager DTS:Format="Delimited" DTS:ConnectionString="D:\in\SECRET\a.csv" /></DTS:ObjectData>
    </DTS:ConnectionManager>
    <DTS:ConnectionManager DTS:refId="Package.ConnectionManagers[Loud]" DTS:CreationName="FLATFILE" DTS:DTSID="{A0000000-0000-4000-8000-000000000002}" DTS:ObjectName="Loud">
      <DTS:PropertyExpression DTS:Name="ConnectionString">"D:\\in\\" + UPPER(@[User::kw_Door]) + "\\b.csv"</DTS:PropertyExpression>
      <DTS:ObjectData><DTS:ConnectionManager DTS:Format="Delimited" DTS:ConnectionString="D:\in\b.csv" /></DTS:ObjectData>
    </DTS:ConnectionManager>
  </DTS:ConnectionManagers>
  <DTS:PackageParameters>
    <DTS:PackageParameter DTS:DataType="18" DTS:ObjectName="kw_Gate"><DTS:Property DTS:DataType="18" DTS:Name="ParameterValue">SECRET</DTS:Property></DTS:PackageParameter>
  </DTS:PackageParameters>
  <DTS:Variables>
    <DTS:Variable DTS:Namespace="User" DTS:ObjectName="kw_Door"><DTS:VariableValue DTS:DataType="8">SECRET</DTS:VariableValue></DTS:Variable>
    <DTS:Variable DTS:Namespace="User" DTS:ObjectName="kw_Hatch"><DTS:VariableValue DTS:DataType="8">D:\in &amp; out\hatch4711.txt</DTS:VariableValue></DTS:Variable>
    <DTS:Variable DTS:Namespace="User" DTS:ObjectName="Gate" DTS:EvaluateAsExpression="True" DTS:Expression="@[$Package::kw_Gate]"><DTS:VariableValue DTS:DataType="8">x</DTS:VariableValue></DTS:Variable>
  </DTS:Variables>
  <DTS:Executables>
    <DTS:Executable DTS:refId="Package\Clean" DTS:CreationName="Microsoft.FileSystemTask" DTS:ExecutableType="Microsoft.FileSystemTask" DTS:ObjectName="Clean">
      <DTS:ObjectData><FileSystemData TaskOperationType="DeleteFile" TaskSourcePath="{A0000000-0000-4000-8000-000000000001}" /></DTS:ObjectData>
    </DTS:Executable>
    <DTS:Executable DTS:refId="Package\Again" DTS:CreationName="Microsoft.FileSystemTask" DTS:ExecutableType="Microsoft.FileSystemTask" DTS:ObjectName="Again">
      <DTS:ObjectData><FileSystemData TaskOperationType="DeleteFile" TaskSourcePath="{A0000000-0000-4000-8000-000000000002}" /></DTS:ObjectData>
    </DTS:Executable>
    <DTS:Executable DTS:refId="Package\Run" DTS:CreationName="Microsoft.ExecuteProcess" DTS:ExecutableType="Microsoft.ExecuteProcess" DTS:ObjectName="Run">
      <DTS:ObjectData><ExecuteProcessData Executable="D:\tools\SECRET\run.exe" Arguments="D:\in &amp; out\hatch4711.txt" /></DTS:ObjectData>
    </DTS:Executable>
  </DTS:Executables>
</DTS:Executable>
"#;

const OWN_CONFIGURATION: &str = r#"<DTSConfiguration><Configuration ConfiguredType="Property" Path="\Package.Variables[User::kw_Door].Properties[Value]" ValueType="String">
<ConfiguredValue>SECRET</ConfiguredValue></Configuration></DTSConfiguration>"#;

#[test]
fn what_only_the_team_calls_a_secret_never_comes_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text.replace("SECRET", PASSWORD)).expect("a file");
    write("Own.dtsx", OWN);
    write("Own.dtsConfig", OWN_CONFIGURATION);
    let jobs = [
        &["inspect", "."][..],
        &["inspect", ".", "--format", "json"],
        &["inspect", ".", "--effective"],
        &["inspect", ".", "--effective", "--format", "json"],
        &["checklist", "."],
        &["checklist", ".", "--format", "json"],
    ];
    let lint = |format| [".", "--select", "all", "--target", "agent,ssisdb,azure-ssis,fabric", "--format", format, "--template", "t.txt"];
    write("t.txt", "{{ findings }}");
    let lints = FORMATS.map(lint);
    let jobs: Vec<&[&str]> = jobs.into_iter().chain(lints.iter().map(|lint| &lint[..])).collect();
    for job in jobs.iter().copied() {
        assert!(shows(&output(folder.path(), job)), "{job:?} would show it");
    }
    write("names.toml", "[rules.clear-text-secret]\nsecret-names = ['^KW_']\n");
    for job in jobs.iter().copied() {
        let text = output(folder.path(), &[job, &["--config", "names.toml"]].concat());
        assert!(text.contains("Own.dtsx") && !shows(&text), "{job:?}: {}", around(&text));
    }
    fs::rename(folder.path().join("names.toml"), folder.path().join("ssislint.toml")).expect("renamed");
    for job in jobs.iter().copied() {
        let text = output(folder.path(), job);
        assert!(text.contains("Own.dtsx") && !shows(&text), "{job:?}: {}", around(&text));
        assert!(shows(&output(folder.path(), &[job, &["--no-config"]].concat())), "{job:?} without a configuration");
    }
}

/// Whether a password came out, as it is or as an expression made it.
fn shows(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    [&*PASSWORD.to_ascii_lowercase(), "hatch4711"].iter().any(|secret| text.contains(secret))
}

/// The text around the place where the password came out.
fn around(text: &str) -> String {
    let lines = text.lines().filter(|line| shows(line));
    lines.map(|line| line.chars().take(400).collect::<String>()).collect::<Vec<_>>().join("\n")
}
