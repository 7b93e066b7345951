//! Types of executables, Foreach enumerators and log providers.

use std::borrow::Cow;

use super::without_version;
use crate::model::{EnumeratorKind, ExecutableKind as Kind};

/// Canonical type of an executable, from `ExecutableType` or `CreationName` in any generation's spelling.
pub(in crate::dtsx) fn executable_kind(written: &str) -> Kind {
    let written = written.trim();
    if written.starts_with('{') {
        return data_flow_guid(written);
    }
    let class = written.split(',').next().unwrap_or_default().trim();
    let name = without_version(class).to_ascii_lowercase();
    stock(&name).or_else(|| assembly_qualified(&name)).or_else(|| microsoft(&name)).unwrap_or_else(|| by_family(&name))
}

/// The GUIDs under which some tools wrote the data flow task; no other task was seen with one.
fn data_flow_guid(written: &str) -> Kind {
    const DATA_FLOW: [&str; 3] = ["{C3BF9DC1-4715-4694-936F-D3CFDA9E42C5}", "{E3CFBEA8-1F48-40D8-91E1-2DEDC1EDDD56}", "{5918251B-2970-45A4-AB5F-01C3C588FE5A}"];
    if DATA_FLOW.iter().any(|guid| guid.eq_ignore_ascii_case(written)) { Kind::DataFlow } else { Kind::Other }
}

fn stock(name: &str) -> Option<Kind> {
    Some(match name {
        "stock:sequence" => Kind::Sequence,
        "stock:forloop" => Kind::ForLoop,
        "stock:foreachloop" => Kind::ForEachLoop,
        "stock:pipelinetask" => Kind::DataFlow,
        "stock:executepackagetask" => Kind::ExecutePackage,
        "stock:sqltask" => Kind::ExecuteSql,
        "msdts.package" | "ssis.package" | "microsoft.package" | "microsoft.dtspackagepart" => Kind::Package,
        "ssis.replacementtask" => Kind::Replacement,
        "dts.pipeline" | "ssis.pipeline" => Kind::DataFlow,
        "dts.executepackagetask" | "ssis.executepackagetask" => Kind::ExecutePackage,
        _ => return None,
    })
}

/// `Microsoft.SqlServer.Dts.Tasks.X.X` of 2005 to 2012: the last part is the class.
fn assembly_qualified(name: &str) -> Option<Kind> {
    let tasks = name.strip_prefix("microsoft.sqlserver.dts.tasks.");
    let class = tasks.or_else(|| name.strip_prefix("microsoft.datatransformationservices.tasks."))?.rsplit('.').next()?;
    microsoft(&format!("microsoft.{class}"))
}

/// The names of format 8.
fn microsoft(name: &str) -> Option<Kind> {
    Some(match name.strip_prefix("microsoft.")? {
        "pipeline" => Kind::DataFlow,
        "executepackagetask" => Kind::ExecutePackage,
        "executesqltask" => Kind::ExecuteSql,
        "scripttask" => Kind::Script,
        "executeprocess" => Kind::ExecuteProcess,
        "filesystemtask" => Kind::FileSystem,
        "ftptask" => Kind::Ftp,
        "sendmailtask" => Kind::SendMail,
        "expressiontask" => Kind::Expression,
        "bulkinserttask" => Kind::BulkInsert,
        "messagequeuetask" => Kind::MessageQueue,
        "webservicetask" => Kind::WebService,
        "wmidatareadertask" => Kind::WmiDataReader,
        "wmieventwatchertask" => Kind::WmiEventWatcher,
        "xmltask" => Kind::Xml,
        "dataprofilingtask" => Kind::DataProfiling,
        "dmquerytask" => Kind::DataMiningQuery,
        "asexecuteddltask" => Kind::AsExecuteDdl,
        "dtsprocessingtask" => Kind::AsProcessing,
        "transferdatabasetask" => Kind::TransferDatabase,
        "transfersqlserverobjectstask" => Kind::TransferObjects,
        "transferjobstask" => Kind::TransferJobs,
        "transferloginstask" => Kind::TransferLogins,
        "transfererrormessagestask" => Kind::TransferErrorMessages,
        "transferstoredprocedurestask" => Kind::TransferStoredProcedures,
        "activexscripttask" => Kind::ActiveXScript,
        "exec80packagetask" => Kind::ExecuteDts2000Package,
        _ => return None,
    })
}

/// Families that are known by a part of the name.
fn by_family(name: &str) -> Kind {
    const AZURE: [&str; 8] =
        ["adlstask", "copyfromblobtask", "copytoblobtask", "createhdiclustertask", "deletehdiclustertask", "dwuploadtask", "hivetask", "pigtask"];
    const HADOOP: [&str; 3] = ["hadoopfilesystemtask", "hadoophivetask", "hadooppigtask"];
    if name.contains("dbmaintenance") {
        Kind::Maintenance
    } else if name.starts_with("attunity.") && name.contains("cdccontroltask") {
        Kind::CdcControl
    } else if HADOOP.contains(&name) {
        Kind::Hadoop
    } else if AZURE.contains(&name) {
        Kind::Azure
    } else {
        Kind::Other
    }
}

/// Canonical type of a Foreach enumerator.
pub(in crate::dtsx) fn enumerator_kind(written: &str) -> EnumeratorKind {
    let class = written.split(',').next().unwrap_or_default().trim();
    let name = without_version(class).rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    match name.as_str() {
        "foreachfileenumerator" => EnumeratorKind::File,
        "foreachitemenumerator" => EnumeratorKind::Item,
        "foreachadoenumerator" => EnumeratorKind::Ado,
        "foreachfromvarenumerator" => EnumeratorKind::FromVariable,
        "foreachnodelistenumerator" => EnumeratorKind::NodeList,
        "foreachsmoenumerator" => EnumeratorKind::Smo,
        "foreachschemarowsetenumerator" => EnumeratorKind::SchemaRowset,
        "foreachblobenumerator" | "foreachadlsfileenumerator" | "foreachhdfsenumerator" => EnumeratorKind::FeaturePack,
        _ => EnumeratorKind::Other,
    }
}

/// Canonical type of a log provider: `Microsoft.LogProviderTextFile` for `DTS.LogProviderTextFile.2`.
pub(in crate::dtsx) fn log_provider_kind<'a>(written: &Cow<'a, str>) -> Cow<'a, str> {
    match without_version(written).strip_prefix("DTS.LogProvider") {
        Some(name) => Cow::Owned(format!("Microsoft.LogProvider{name}")),
        None => written.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_generation_spells_the_same_task() {
        for written in [
            "Microsoft.ExecuteSQLTask",
            "STOCK:SQLTask",
            "Microsoft.SqlServer.Dts.Tasks.ExecuteSQLTask.ExecuteSQLTask, Microsoft.SqlServer.SQLTask, Version=10.0.0.0, Culture=neutral, PublicKeyToken=89845dcd8080cc91",
        ] {
            assert_eq!(executable_kind(written), Kind::ExecuteSql, "{written}");
        }
        for written in ["Microsoft.Pipeline", "DTS.Pipeline.1", "SSIS.Pipeline.3", "{5918251b-2970-45a4-ab5f-01c3c588fe5a}"] {
            assert_eq!(executable_kind(written), Kind::DataFlow, "{written}");
        }
        assert_eq!(executable_kind("Microsoft.DataTransformationServices.Tasks.DTSProcessingTask.ASExecuteDDLTask, X"), Kind::AsExecuteDdl);
        assert_eq!(executable_kind("Attunity.SqlServer.CDCControlTask.CdcControlTask, Attunity.SqlServer.CDCControlTask"), Kind::CdcControl);
        assert_eq!(executable_kind("Microsoft.DbMaintenanceBackupTask"), Kind::Maintenance);
        assert_eq!(executable_kind("CozyRoc.FileTransferTask"), Kind::Other);
        assert_eq!(executable_kind(""), Kind::Other);
    }

    #[test]
    fn enumerators_and_log_providers_lose_their_versions() {
        assert_eq!(enumerator_kind("DTS.ForEachFileEnumerator.2"), EnumeratorKind::File);
        assert_eq!(
            enumerator_kind("Microsoft.SqlServer.Dts.Runtime.Enumerators.ADO.ForEachADOEnumerator, Microsoft.SqlServer.ForEachADOEnumerator"),
            EnumeratorKind::Ado
        );
        assert_eq!(log_provider_kind(&Cow::Borrowed("DTS.LogProviderTextFile.2")), "Microsoft.LogProviderTextFile");
    }
}
