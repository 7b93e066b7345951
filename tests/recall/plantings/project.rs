//! Faults of whole documents and of projects: what their files say of each other.

use super::INPUT;
use crate::recall::plant::{Form, Plant};
use crate::recall::project::Shape;

pub(super) fn malformed_xml(plant: &mut Plant<'_>) {
    let fault = plant.one_of(&["a & b", "&nbsp;", "<DTS:Executable>", "<none:Thing/>", "</DTS:Variables>"]);
    let place = plant.one_of(&["<DTS:ConnectionManager>", "<DTS:ObjectData>"]);
    let place = if plant.form == Form::Element { place } else { "<DTS:ObjectData>" };
    plant.replace(place, &format!("{place}{fault}"));
}

pub(super) fn unsupported_file(plant: &mut Plant<'_>) {
    let other =
        plant.one_of(&["<html><body>Sign in</body></html>", "<Report xmlns=\"http://schemas.microsoft.com/sqlserver/reporting/2016/01/reportdefinition\"/>"]);
    plant.rewrite(other);
}

pub(super) fn limit_exceeded(plant: &mut Plant<'_>) {
    const DEPTH: usize = 2000;
    plant.replace("<DTS:ObjectData>", &format!("<DTS:ObjectData>{}{}", "<deep>".repeat(DEPTH), "</deep>".repeat(DEPTH)));
}

pub(super) fn damaged_archive(plant: &mut Plant<'_>) {
    const WAYS: [fn(&mut Vec<u8>); 3] = [|bytes| bytes.truncate(bytes.len() / 2), Vec::clear, |bytes| bytes.fill(b'x')];
    plant.project.come_as(Shape::Archive);
    plant.project.damage = Some(plant.one_of(&WAYS));
}

const PROJECT_FILE: &str = "Warehouse.dtproj";

/// The project lists something that is not there.
fn list_missing(plant: &mut Plant<'_>) {
    match plant.one_of(&[0, 1]) {
        0 => plant.project.replace(PROJECT_FILE, "<SSIS:Packages>", "<SSIS:Packages><SSIS:Package SSIS:Name=\"Load Shops.dtsx\" SSIS:EntryPoint=\"1\"/>"),
        _ => plant.project.replace(PROJECT_FILE, "<SSIS:ConnectionManagers>", "<SSIS:ConnectionManagers><SSIS:ConnectionManager SSIS:Name=\"Shops.conmgr\"/>"),
    }
}

pub(super) fn ispac_inconsistent(plant: &mut Plant<'_>) {
    plant.project.come_as(Shape::Archive);
    match plant.one_of(&[0, 1, 2]) {
        0 => plant.project.replace(PROJECT_FILE, "{58ED9877-1C9F-5003-924A-90AF344CA41A}", "{58ED9877-1C9F-5003-924A-90AF344CA41B}"),
        _ => list_missing(plant),
    }
}

pub(super) fn project_file_missing(plant: &mut Plant<'_>) {
    let listed = plant.project.documents().keys().find(|name| name.starts_with("Archive20")).cloned();
    let Some(name) = listed else { return list_missing(plant) };
    let package = "<DtsPackage FormatVersion=\"3\"><Name>Gone.dtsx</Name><FullPath>Gone.dtsx</FullPath><References/></DtsPackage>";
    plant.project.replace(&name, "<DTSPackages>", &format!("<DTSPackages>{package}"));
}

pub(super) fn duplicate_package_id(plant: &mut Plant<'_>) {
    let id = plant.one_of(&["{35C85C04-118C-597C-B2D1-E63507D99691}", "{35c85c04-118c-597c-b2d1-e63507d99691}"]);
    plant.replace("{58ED9877-1C9F-5003-924A-90AF344CA41A}", id);
    plant.project.come_as(Shape::Folder);
}

pub(super) fn deployment_model_mix(plant: &mut Plant<'_>) {
    const PARAMETERS: &str = "<SSIS:Parameters xmlns:SSIS=\"www.microsoft.com/SqlServer/SSIS\"><SSIS:Parameter SSIS:Name=\"Region\"><SSIS:Properties>\
        <SSIS:Property SSIS:Name=\"Required\">0</SSIS:Property><SSIS:Property SSIS:Name=\"Sensitive\">0</SSIS:Property>\
        <SSIS:Property SSIS:Name=\"Value\">North</SSIS:Property><SSIS:Property SSIS:Name=\"DataType\">18</SSIS:Property>\
        </SSIS:Properties></SSIS:Parameter></SSIS:Parameters>";
    plant.project.documents().insert("Project.params".to_owned(), PARAMETERS.to_owned());
}

fn set_format(plant: &mut Plant<'_>, version: &str) {
    let old = ["PackageFormatVersion\">6<", "PackageFormatVersion\">8<"].into_iter().find(|old| plant.holds(old)).expect("a new file");
    plant.replace(old, &format!("PackageFormatVersion\">{version}<"));
}

pub(super) fn format_newer_than_target(plant: &mut Plant<'_>) {
    let version = plant.one_of(&["9", "10", " 12 "]);
    set_format(plant, version);
}

pub(super) fn target_version_mixed(plant: &mut Plant<'_>) {
    set_format(plant, "8");
}

pub(super) fn protection_level_mismatch(plant: &mut Plant<'_>) {
    match plant.one_of(&["1", "2", "absent"]) {
        "absent" => plant.remove("DTS:ProtectionLevel=\"", "\""),
        level => plant.set("ProtectionLevel", level),
    }
}

pub(super) fn package_password_needed(plant: &mut Plant<'_>) {
    const CIPHERTEXT: &str = "5/EiHZ/rYoSf2b4GWSTTAQ1JgviPxmDGdV54bYjJg1oRDU7UYW525Csga07gNBu9XSqwBxuaXQTkVElnHtcZeUebTud7FnIpPEcfWeW6I7dn1ArRagfBMiMhpNEWmCh9";
    plant.set("ProtectionLevel", "2");
    let algorithm = plant.one_of(&["tripledes-cbc", "aes256-cbc"]);
    let password = format!(
        "<EncryptedData Type=\"http://www.w3.org/2001/04/xmlenc#Element\" Salt=\"z5Jq/K9tIVs=\" IV=\"5/EiHZ/rYoSf2b4GWSTTAQ==\" xmlns=\"http://www.w3.org/2001/04/xmlenc#\">\
         <EncryptionMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#{algorithm}\"/><CipherData><CipherValue>{CIPHERTEXT}</CipherValue></CipherData></EncryptedData>"
    );
    let string = "Data Source=sql01.corp.example.com;User ID=etl_load;Initial Catalog=Sales;Provider=MSOLEDBSQL.1;Persist Security Info=True;";
    let connection = plant.connection_with("Planted Database", "OLEDB", &[("ConnectionString", string)], &password);
    plant.using(&connection);
}

/// All of the project is under a password, whose verifier is in the old cipher.
pub(super) fn weak_package_encryption(plant: &mut Plant<'_>) {
    const VERIFIER: &str = "<SSIS:Property SSIS:Name=\"PasswordVerifier\" SSIS:Sensitive=\"1\" SSIS:Salt=\"HY8a4Oo3mQ==\" SSIS:IV=\"Dz3qwC/Ue9U=\">\
        lKhmpz/1+M0Mgjx4/QOpXdx3mr/66fMI7ShTo+0MK2dx27+aNYOTAL1VuuX8132obX5mi0MCPL7azKEFLLTN1A==</SSIS:Property>";
    plant.set("ProtectionLevel", "2");
    for document in plant.project.documents().values_mut() {
        *document = document.replace("DTS:ProtectionLevel=\"0\"", "DTS:ProtectionLevel=\"2\"");
    }
    plant.project.replace(PROJECT_FILE, "\"DontSaveSensitive\"", "\"EncryptSensitiveWithPassword\"");
    plant.project.replace(PROJECT_FILE, "<SSIS:Properties>", &format!("<SSIS:Properties>{VERIFIER}"));
}

/// The base gives this parameter to a package of its project.
pub(super) fn sensitive_parameter_mapping(plant: &mut Plant<'_>) {
    let on = plant.one_of(&["1", "True", "true"]);
    let document = plant.project.document("Project.params");
    let at = document.find("\"OrderPrefix\"").expect("the parameter");
    let changed = document[at..].replacen("\"Sensitive\">0<", &format!("\"Sensitive\">{on}<"), 1).replacen(">orders<", "><", 1);
    document.replace_range(at.., &changed);
}

pub(super) fn sensitive_parameter_in_expression(plant: &mut Plant<'_>) {
    let on = plant.boolean(true);
    plant.parameter("Secret", &[("Sensitive", on)], "");
    let expression = plant.one_of(&["@[$Package::Secret]", "\"x\" + @[$Package::Secret]", "UPPER( @[$Package::Secret] )"]);
    super::computed(plant, "8", expression, true);
}

pub(super) fn required_parameter(plant: &mut Plant<'_>) {
    let on = plant.boolean(true);
    plant.parameter("Planted", &[("Required", on)], "");
    plant.variable("Planted", "8", "x", &[]);
    let connection = plant.database();
    plant.sql_task("Planted Use", &connection, "EXEC dbo.Refresh ?", "", INPUT);
    // Where another package calls this one, the fault is there.
    plant.project.come_as(Shape::Folder);
}

pub(super) fn child_parameter_contract(plant: &mut Plant<'_>) {
    let name = plant.one_of(&["Perfix", "OrderPrefix", "User::Prefix"]);
    plant.replace("<ParameterName>Prefix<", &format!("<ParameterName>{name}<"));
}

pub(super) fn configuration_value_type(plant: &mut Plant<'_>) {
    let (data_type, value) = plant.one_of(&[("Int32", "many"), ("Boolean", "perhaps"), ("Double", "1/2"), ("Int16", "70000")]);
    plant.project.replace("ArchiveOrders.dtsConfig", "User::Region", "User::Rows");
    plant.project.replace("ArchiveOrders.dtsConfig", "ValueType=\"String\"", &format!("ValueType=\"{data_type}\""));
    plant.project.replace("ArchiveOrders.dtsConfig", "South", value);
}

pub(super) fn clear_text_parameter(plant: &mut Plant<'_>) {
    let (name, on) = (plant.one_of(&["Token", "SalesPassword", "Key 1"]), plant.boolean(true));
    plant.parameter(name, &[("Sensitive", on)], "Kestrel-417");
}
