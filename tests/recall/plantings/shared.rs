//! The faults of connection strings and values once more, where a package only refers to them: in connection managers and parameters of the
//! project and in configuration files. The project comes as a folder or as an archive.

use super::{Base, MAIN, PROJECT, Planting, of};
use crate::recall::plant::{Plant, escape};
use crate::recall::project::Shape;

/// Packages of the project with shared connection managers.
const SHARED: &[Base] = &[PROJECT, MAIN];

pub(super) const PLANTINGS: &[Planting] = &[
    of("loopback-server", SHARED, |plant| server(plant, &["localhost", ".", "(local)", "127.0.0.1", "tcp:localhost,1433"])),
    of("azure-host-not-routable", SHARED, |plant| server(plant, &["dw01", "DW01\\AUDIT"])),
    of("clear-text-secret", SHARED, |plant| login(plant, &["User ID=etl_load;Password=Kestrel-417;", "uid=etl_load;pwd=Kestrel-417"])),
    of("certificate-not-validated", SHARED, |plant| login(plant, &["Integrated Security=SSPI;Use Encryption for Data=True;Trust Server Certificate=True;"])),
    of("packet-size-over-tls", SHARED, |plant| login(plant, &["Integrated Security=SSPI;Packet Size=32767;"])),
    of("interactive-auth", SHARED, |plant| login(plant, &["User ID=kim@contoso.example;Authentication=ActiveDirectoryInteractive;"])),
    of("stripped-credential-no-source", SHARED, |plant| login(plant, &["User ID=etl_load;"])),
    of("connection-string-malformed", SHARED, |plant| login(plant, &["Integrated Security=SSPI;Old;"])),
    of("provider-deprecated", SHARED, |plant| provider(plant, &["SQLNCLI11.1", "SQLNCLI10", "SQLOLEDB.1"])),
    of("encrypt-default-change", SHARED, |plant| provider(plant, &["MSOLEDBSQL19.1"])),
    of("provider-not-on-azure", SHARED, |plant| provider(plant, &["IBMDADB2.1"])),
    of("required-parameter", SHARED, required_parameter),
    of("clear-text-secret", SHARED, secret_parameter),
    of("clear-text-secret", &[super::A2008], configured_secret),
    of("configuration-target-missing", &[super::A2008], |plant| plant.project.replace("ArchiveOrders.dtsConfig", "User::Region", "User::Regoin")),
];

fn connection(plant: &mut Plant<'_>, server: &str, rest: &str) {
    let shape = plant.one_of(&[Shape::Folder, Shape::Archive]);
    plant.project.come_as(shape);
    let good = "Data Source=dw01.corp.example.com;Initial Catalog=Audit;Provider=MSOLEDBSQL.1;Integrated Security=SSPI;Auto Translate=False;";
    plant.project.replace("Audit.conmgr", good, &escape(&format!("Data Source={server};Initial Catalog=Audit;{rest}")));
}

fn server(plant: &mut Plant<'_>, servers: &[&'static str]) {
    let server = plant.one_of(servers);
    connection(plant, server, "Provider=MSOLEDBSQL.1;Integrated Security=SSPI;");
}

fn login(plant: &mut Plant<'_>, logins: &[&'static str]) {
    let login = plant.one_of(logins);
    connection(plant, "dw01.corp.example.com", &format!("Provider=MSOLEDBSQL.1;{login}"));
}

fn provider(plant: &mut Plant<'_>, providers: &[&'static str]) {
    let provider = plant.one_of(providers);
    connection(plant, "dw01.corp.example.com", &format!("Provider={provider};Integrated Security=SSPI;"));
}

fn required_parameter(plant: &mut Plant<'_>) {
    let on = plant.one_of(&["1", "True", "true"]);
    plant.project.replace("Project.params", "\"Required\">0<", &format!("\"Required\">{on}<"));
}

fn secret_parameter(plant: &mut Plant<'_>) {
    let on = plant.one_of(&["1", "True", "true"]);
    let mark = plant.one_of(&["", " SSIS:Sensitive=\"1\""]);
    let secret = "<SSIS:Parameter SSIS:Name=\"SalesPassword\"><SSIS:Properties><SSIS:Property SSIS:Name=\"Required\">0</SSIS:Property>\
        <SSIS:Property SSIS:Name=\"Sensitive\">ON</SSIS:Property><SSIS:Property SSIS:Name=\"Value\"MARK>Kestrel-417</SSIS:Property>\
        <SSIS:Property SSIS:Name=\"DataType\">18</SSIS:Property></SSIS:Properties></SSIS:Parameter></SSIS:Parameters>";
    plant.project.replace("Project.params", "</SSIS:Parameters>", &secret.replace("ON", on).replace("MARK", mark));
}

fn configured_secret(plant: &mut Plant<'_>) {
    let string = "Data Source=sql01.corp.example.com;User ID=etl_load;Password=Kestrel-417;Initial Catalog=Sales;Provider=MSOLEDBSQL.1;";
    plant.project.replace("ArchiveOrders.dtsConfig", "Variables[User::Region].Properties[Value]", "Connections[Sales].Properties[ConnectionString]");
    plant.project.replace("ArchiveOrders.dtsConfig", "South", string);
}
