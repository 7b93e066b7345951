//! Faults inside of data flows and scripts of the clean packages.

use crate::recall::plant::Form::{Attribute, Element};
use crate::recall::plant::Plant;

pub(super) fn temp_storage_path(plant: &mut Plant<'_>) {
    let path = plant.one_of(&["D:\\Temp", "E:\\Buffers\\", "\\\\files01\\temp"]);
    match plant.form {
        Element => plant.replace("bufferTempStoragePath=\"\"", &format!("bufferTempStoragePath=\"{path}\"")),
        Attribute => plant.replace("<pipeline", &format!("<pipeline BLOBTempStoragePath=\"{path}\"")),
    }
}

pub(super) fn legacy_task_removed(plant: &mut Plant<'_>) {
    const CLASS: &str = "Microsoft.SqlServer.Dts.Tasks.ActiveXScriptTask.ActiveXScriptTask, Microsoft.SqlServer.ActiveXScriptTask, Version=10.0.0.0, Culture=neutral, PublicKeyToken=89845dcd8080cc91";
    plant.task("Planted Script", (CLASS, CLASS), &[], "", "<ActiveXScriptTaskData/>");
}

pub(super) fn column_type_mismatch(plant: &mut Plant<'_>) {
    match plant.form {
        Element => plant.replace_after("<externalMetadataColumn id=\"55\"", "dataType=\"wstr\"", "dataType=\"str\""),
        Attribute => plant.replace_after(
            "<externalMetadataColumn\n                      refId=\"Package\\Archive Orders\\Archived Orders.Inputs[OLE DB Destination Input].ExternalColumns[Customer]\"",
            "dataType=\"wstr\"",
            "dataType=\"str\"",
        ),
    }
}

pub(super) fn ui_in_script(plant: &mut Plant<'_>) {
    let call = plant.one_of(&["System.Windows.Forms.MessageBox.Show(\"Done\");", "System.Windows.Forms.MessageBox.Show (\n\"Done\");"]);
    if plant.holds("bool fireAgain = true;") {
        plant.replace("bool fireAgain = true;", &format!("bool fireAgain = true; {call}"));
    } else {
        plant.replace("Dts.TaskResult", "MsgBox(\"Done\")\nDts.TaskResult");
    }
}

pub(super) fn redirect_in_transaction(plant: &mut Plant<'_>) {
    match plant.form {
        Element => plant.replace_after("name=\"OLE DB Destination Input\"", "errorRowDisposition=\"FailComponent\"", "errorRowDisposition=\"RedirectRow\""),
        Attribute => plant.replace_after(
            "<inputs>\n                <input\n                  refId=\"Package\\Archive Orders\\Archived Orders.",
            "errorRowDisposition=\"FailComponent\"",
            "errorRowDisposition=\"RedirectRow\"",
        ),
    }
    plant.set("TransactionOption", "2");
}

pub(super) fn lineage_missing(plant: &mut Plant<'_>) {
    match plant.form {
        Element => plant.replace_after("<inputColumn ", "lineageId=\"11\"", "lineageId=\"9911\""),
        Attribute => plant.replace_after("<inputColumn\n", "Source Output].Columns[OrderId]\" />", "Source Output].Columns[OrderNo]\" />"),
    }
}

pub(super) fn external_metadata_mapping(plant: &mut Plant<'_>) {
    match plant.form {
        Element => plant.replace_after("<inputColumn ", "externalMetadataColumnId=\"53\"", "externalMetadataColumnId=\"9953\""),
        Attribute => plant.replace_after("<inputColumn\n", "ExternalColumns[OrderId]\"\n", "ExternalColumns[OrderNo]\"\n"),
    }
}

pub(super) fn input_not_connected(plant: &mut Plant<'_>) {
    match plant.form {
        Element => plant.remove("<path id=\"69\"", "/>"),
        Attribute => plant.remove("<path\n              refId=\"Package\\Archive Orders.Paths[Row Count Output 2]\"", "/>"),
    }
}

pub(super) fn script_binary_missing(plant: &mut Plant<'_>) {
    plant.remove("<BinaryItem", "</BinaryItem>");
}

pub(super) fn third_party_component(plant: &mut Plant<'_>) {
    plant.task(
        "Planted Sync",
        (
            "Contoso.Ssis.SyncTask, Contoso.Ssis, Version=1.0.0.0, Culture=neutral, PublicKeyToken=0123456789abcdef",
            "Contoso.Ssis.SyncTask, Contoso.Ssis, Version=1.0.0.0, Culture=neutral, PublicKeyToken=0123456789abcdef",
        ),
        &[],
        "",
        "<SyncData/>",
    );
}
