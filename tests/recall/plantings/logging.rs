//! Faults of log providers.

use crate::recall::plant::Form::{Attribute, Element};
use crate::recall::plant::Plant;

/// A log provider of the package, selected: its class in both generations and its connection.
fn log(plant: &mut Plant<'_>, class: (&str, &str), connection: &str) {
    let id = plant.guid();
    let class = if plant.form == Element { class.0 } else { class.1 };
    let properties = [("ConfigString", connection), ("CreationName", class), ("DTSID", &*id), ("ObjectName", "Planted Log")];
    let provider = plant.object("LogProvider", &properties, "<DTS:ObjectData><InnerObject/></DTS:ObjectData>");
    let provider = plant.collected("LogProviders", &provider);
    let selected = plant.object("SelectedLogProvider", &[("InstanceID", &*id)], "");
    let selected = plant.collected("SelectedLogProviders", &selected);
    match plant.form {
        Element => {
            plant.replace("<DTS:Property DTS:Name=\"LoggingMode\">0<", "<DTS:Property DTS:Name=\"LoggingMode\">1<");
            plant.replace("</DTS:LoggingOptions>", &format!("{selected}</DTS:LoggingOptions>"));
            plant.replace("<DTS:LoggingOptions>", &format!("{provider}<DTS:LoggingOptions>"));
        }
        Attribute => {
            let filter = "<DTS:Property DTS:Name=\"EventFilter\" DTS:DataType=\"8\">1,7,OnError</DTS:Property>";
            let options = format!("<DTS:LoggingOptions DTS:FilterKind=\"0\" DTS:LoggingMode=\"1\">{filter}{selected}</DTS:LoggingOptions>");
            plant.replace("<DTS:Executables>", &format!("{provider}{options}<DTS:Executables>"));
        }
    }
}

pub(super) fn log_provider_connection(plant: &mut Plant<'_>) {
    plant.database();
    let connection = plant.one_of(&["Planted Database", ""]);
    let class = plant.one_of(&[("DTS.LogProviderTextFile.2", "Microsoft.LogProviderTextFile"), ("DTS.LogProviderXMLFile.2", "Microsoft.LogProviderXMLFile")]);
    log(plant, class, connection);
}

pub(super) fn profiler_log_provider(plant: &mut Plant<'_>) {
    plant.connection_with("Planted File", "FILE", &[("FileUsageType", "1"), ("ConnectionString", "in\\load.trc")], "");
    log(plant, ("DTS.LogProviderSQLProfiler.2", "Microsoft.LogProviderSQLProfiler"), "Planted File");
}
