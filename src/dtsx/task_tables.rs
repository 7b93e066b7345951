//! Which settings of which task name a connection manager, and which hold a literal path.

use crate::model::{ExecutableKind as Kind, Properties};

/// A condition on another setting of the task.
#[derive(Clone, Copy)]
enum When {
    /// No condition.
    Always,
    /// The other setting is written and has that value.
    Is(&'static str, &'static str),
    /// The other setting is not true.
    Not(&'static str),
    /// The other setting has that value, or is not written.
    IsOrAbsent(&'static str, &'static str),
}

impl When {
    fn holds(self, settings: &Properties<'_>) -> bool {
        match self {
            Self::Always => true,
            Self::Is(name, value) => settings.text(name) == value,
            Self::Not(name) => !settings.flag(name, false),
            Self::IsOrAbsent(name, value) => settings.get(name).is_none_or(|text| text.value == value),
        }
    }
}

/// A setting that names a connection manager.
pub(super) struct ConnectionSetting {
    pub(super) setting: &'static str,
    when: When,
    /// Whether some files hold a literal path there instead.
    pub(super) may_be_path: bool,
}

impl ConnectionSetting {
    pub(super) fn applies(&self, settings: &Properties<'_>) -> bool {
        self.when.holds(settings)
    }
}

const fn reference(setting: &'static str) -> ConnectionSetting {
    ConnectionSetting { setting, when: When::Always, may_be_path: false }
}

const fn reference_when(setting: &'static str, when: When) -> ConnectionSetting {
    ConnectionSetting { setting, when, may_be_path: false }
}

const fn reference_or_path(setting: &'static str, when: When) -> ConnectionSetting {
    ConnectionSetting { setting, when, may_be_path: true }
}

/// Settings of a task kind that name connection managers.
pub(super) const fn connection_settings(kind: Kind) -> &'static [ConnectionSetting] {
    match kind {
        Kind::ExecuteSql => const { &[reference("Connection"), reference_when("SqlStatementSource", When::Is("SqlStmtSourceType", "FileConnection"))] },
        Kind::Maintenance => const { &[reference("Connection")] },
        Kind::SendMail => const { &[reference("SMTPServer"), reference_when("MessageSource", When::Is("MessageSourceType", "FileConnection"))] },
        Kind::FileSystem => {
            const {
                &[
                    reference_or_path("TaskSourcePath", When::Not("TaskIsSourceVariable")),
                    reference_or_path("TaskDestinationPath", When::Not("TaskIsDestinationVariable")),
                ]
            }
        }
        Kind::Ftp => const { &[reference("ConnectionName"), reference_or_path("TaskLocalPath", When::Not("TaskIsLocalPathVar"))] },
        Kind::BulkInsert => const { &[reference("SourceConnectionName"), reference("DestinationConnectionName")] },
        // A project reference may keep a stale connection that is never used.
        Kind::ExecutePackage => const { &[reference_when("Connection", When::Not("UseProjectReference"))] },
        Kind::WmiDataReader | Kind::WmiEventWatcher => {
            const {
                &[
                    reference("WMIConnectionName"),
                    reference_when("Destination", When::IsOrAbsent("DestinationType", "FileConnection")),
                    reference_when("WQLQuerySource", When::Is("WQLQuerySourceType", "FileConnection")),
                ]
            }
        }
        Kind::WebService => const { &[reference("ConnectionName"), reference_when("OutputLocation", When::IsOrAbsent("OutputType", "File"))] },
        Kind::MessageQueue => const { &[reference("QueuePath")] },
        Kind::Xml => {
            const {
                &[
                    reference_when("Source", When::IsOrAbsent("SourceType", "FileConnection")),
                    // Left out, its type is not that of the source: designers save XPath expressions here without one.
                    reference_when("SecondOperand", When::Is("SecondOperandType", "FileConnection")),
                    reference_when("Destination", When::IsOrAbsent("DestinationType", "FileConnection")),
                    reference_when("DiffGramDestination", When::IsOrAbsent("DiffGramDestinationType", "FileConnection")),
                    reference_when("XPathStringSource", When::Is("XPathStringSourceType", "FileConnection")),
                ]
            }
        }
        Kind::DataProfiling => const { &[reference_when("Destination", When::IsOrAbsent("DestinationType", "FileConnection"))] },
        Kind::AsExecuteDdl | Kind::AsProcessing => const { &[reference("ConnectionName")] },
        Kind::DataMiningQuery => const { &[reference("InputConnection")] },
        Kind::TransferDatabase => const { &[reference("SrcConn"), reference("DestConn")] },
        Kind::TransferJobs | Kind::TransferLogins | Kind::TransferObjects | Kind::TransferErrorMessages | Kind::TransferStoredProcedures => {
            const { &[reference("SourceConnection"), reference("DestinationConnection")] }
        }
        Kind::CdcControl => const { &[reference("Connection"), reference("StateConnection")] },
        Kind::Azure | Kind::Hadoop => {
            const {
                &[
                    reference("ConnectionId"),
                    reference("DwConnectionId"),
                    reference("AzureResourceManagerConnectionId"),
                    reference("HDInsightConnectionId"),
                    reference("HadoopConnectionId"),
                    reference("LocalFilePathId"),
                ]
            }
        }
        _ => &[],
    }
}

/// A setting that holds a literal path.
pub(super) struct PathSetting {
    pub(super) setting: &'static str,
    /// Documented name of the property, which an expression may set.
    pub(super) property: &'static str,
    when: When,
    /// Whether the same setting may name a connection manager, so that only what looks like a path counts.
    pub(super) may_be_connection: bool,
}

impl PathSetting {
    pub(super) fn applies(&self, settings: &Properties<'_>) -> bool {
        self.when.holds(settings)
    }
}

const fn path(setting: &'static str, property: &'static str) -> PathSetting {
    PathSetting { setting, property, when: When::Always, may_be_connection: false }
}

const fn path_or_connection(setting: &'static str, property: &'static str, when: When) -> PathSetting {
    PathSetting { setting, property, when, may_be_connection: true }
}

/// Settings of a task kind that hold literal paths.
pub(super) const fn path_settings(kind: Kind) -> &'static [PathSetting] {
    match kind {
        Kind::ExecuteProcess => const { &[path("Executable", "Executable"), path("WorkingDirectory", "WorkingDirectory")] },
        Kind::FileSystem => {
            const {
                &[
                    path_or_connection("TaskSourcePath", "Source", When::Not("TaskIsSourceVariable")),
                    path_or_connection("TaskDestinationPath", "Destination", When::Not("TaskIsDestinationVariable")),
                ]
            }
        }
        Kind::Ftp => const { &[path_or_connection("TaskLocalPath", "LocalPath", When::Not("TaskIsLocalPathVar"))] },
        Kind::BulkInsert => const { &[path("FormatFile", "FormatFile")] },
        Kind::WebService => const { &[path("WSDLFile", "WsdlFile")] },
        Kind::ExecuteDts2000Package => const { &[path("Filename", "FileName")] },
        Kind::SendMail => const { &[path("Attachments", "FileAttachments")] },
        Kind::Maintenance => {
            const { &[path("BackupDestinationAutoFolderPath", "DestinationAutoFolderPath"), path("FolderPath", "FolderPath"), path("FilePath", "FilePath")] }
        }
        _ => &[],
    }
}

/// Whether a setting that may hold either looks like a path, not like the name or DTSID of a connection manager.
pub(super) fn looks_like_path(text: &str) -> bool {
    let bytes = text.trim().as_bytes();
    let drive = matches!(bytes, [letter, b':', b'\\' | b'/', ..] if letter.is_ascii_alphabetic());
    drive || bytes.starts_with(b"\\\\") || bytes.starts_with(b"//")
}
