//! Projects of very many documents.

use super::data_flow::{component, pipeline};
use super::parts::{Parts, SQL_TASK, guid, sql, task};
use super::{Document, Shape, package};

pub(super) const SHAPES: &[Shape] = &[
    Shape { name: "packages, a fifth", documents: |size| packages(size / 5) },
    Shape { name: "listed packages, a fifth", documents: |size| listed_packages(size / 5) },
    Shape { name: "a ring of packages, a fifth", documents: |size| ring(size / 5) },
    Shape { name: "checkpoints, a fifth", documents: |size| checkpoints(size / 5) },
    Shape { name: "configuration files, a tenth", documents: |size| configuration_files(size / 10) },
];

/// Packages that run the next two each.
fn packages(size: usize) -> Vec<Document> {
    let child = |number: usize| {
        let mut parts = Parts::default();
        parts.workbook();
        for step in 1..=2 {
            let child = (number + step) % size;
            parts.connection(step, "FILE", &format!("C:\\etl\\Package{child}.dtsx"));
            let content = format!("<DTS:ObjectData><ExecutePackageTask><Connection>{}</Connection></ExecutePackageTask></DTS:ObjectData>", guid(1, step));
            parts.executable(&task(step), "Microsoft.ExecutePackageTask", &content);
        }
        parts.executable(&task(3), "Microsoft.Pipeline", &pipeline(&component(&task(3), "C0", "Microsoft.ExcelSource", "ExcelConnection", 1, 0), ""));
        package(number, parts.package())
    };
    (0..size).map(child).collect()
}

/// Packages that a project file lists.
fn listed_packages(size: usize) -> Vec<Document> {
    let mut documents = ring(size);
    let listed: String = documents.iter().map(|document| format!("<SSIS:Package SSIS:Name=\"{}\" SSIS:EntryPoint=\"1\" />", document.name)).collect();
    let text = format!(
        "<Project><DeploymentModel>Project</DeploymentModel><DeploymentModelSpecificContent><Manifest><SSIS:Project SSIS:ProtectionLevel=\"DontSaveSensitive\" \
         xmlns:SSIS=\"www.microsoft.com/SqlServer/SSIS\"><SSIS:Packages>{listed}</SSIS:Packages><SSIS:ConnectionManagers /></SSIS:Project></Manifest>\
         </DeploymentModelSpecificContent></Project>"
    );
    documents.push(Document { name: "Sales.dtproj".to_owned(), text });
    documents
}

/// Packages that each run the next one, by project reference.
fn ring(size: usize) -> Vec<Document> {
    let child = |number: usize| {
        let mut parts = Parts::default();
        parts.database(0);
        let content = format!(
            "<DTS:ObjectData><ExecutePackageTask><UseProjectReference>True</UseProjectReference><PackageName>Package{}.dtsx</PackageName></ExecutePackageTask>\
             </DTS:ObjectData>",
            (number + 1) % size
        );
        parts.executable(&task(1), "Microsoft.ExecutePackageTask", &content);
        parts.executable(&task(2), SQL_TASK, &sql(0, "DELETE FROM dbo.Stage"));
        package(number, parts.package())
    };
    (0..size).map(child).collect()
}

/// Packages that each save checkpoints in a file of their own.
fn checkpoints(size: usize) -> Vec<Document> {
    let saving = |number: usize| {
        let attributes = format!(" DTS:SaveCheckpoints=\"True\" DTS:CheckpointUsage=\"1\" DTS:CheckpointFileName=\"C:\\etl\\Load{number}.chk\"");
        let mut parts = Parts { attributes, ..Parts::default() };
        parts.database(0);
        parts.executable(&task(0), SQL_TASK, &sql(0, "DELETE FROM dbo.Stage"));
        package(number, parts.package())
    };
    (0..size).map(saving).collect()
}

/// Packages with a configuration file each.
fn configuration_files(size: usize) -> Vec<Document> {
    let configured = |number: usize| {
        let mut parts = Parts::default();
        for manager in 0..5 {
            parts.database(manager);
        }
        parts.executable(&task(0), SQL_TASK, &sql(0, "DELETE FROM dbo.Stage"));
        parts.configuration(0, 1, &format!("C:\\etl\\Settings{number}.dtsConfig"), "");
        package(number, parts.package())
    };
    let settings = |number: usize| {
        let text = "<DTSConfiguration><Configuration ConfiguredType=\"Property\" Path=\"\\Package.Connections[Manager 0].Properties[ConnectionString]\" \
                    ValueType=\"String\"><ConfiguredValue>Data Source=sql02;Initial Catalog=Sales;</ConfiguredValue></Configuration></DTSConfiguration>";
        Document { name: format!("Settings{number}.dtsConfig"), text: text.to_owned() }
    };
    (0..size).map(configured).chain((0..size).map(settings)).collect()
}
