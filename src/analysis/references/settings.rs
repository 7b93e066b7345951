//! Which settings of which task or enumerator hold the name of a variable.

use super::Access::{self, Read, Write};
use crate::model::{EnumeratorKind, ExecutableKind as Kind, Properties};

/// When a setting holds the name of a variable.
#[derive(Clone, Copy)]
enum When {
    Always,
    /// The other setting is true.
    Flag(&'static str),
    /// The other setting is `Variable`.
    Variable(&'static str),
}

/// A setting that may hold the name of a variable.
pub(super) struct Setting {
    pub(super) name: &'static str,
    /// Documented name of the property, which an expression may set.
    pub(super) property: &'static str,
    pub(super) access: Access,
    when: When,
    /// Operations of the task that use it; any when empty.
    operations: &'static [&'static str],
}

impl Setting {
    pub(super) fn applies(&self, settings: &Properties<'_>) -> bool {
        let named = match self.when {
            When::Always => true,
            When::Flag(name) => settings.flag(name, false),
            When::Variable(name) => settings.text(name) == "Variable",
        };
        named && (self.operations.is_empty() || self.operations.contains(&settings.text("TaskOperationType")))
    }
}

const fn always(name: &'static str, access: Access) -> Setting {
    Setting { name, property: name, access, when: When::Always, operations: &[] }
}

const fn flagged(name: &'static str, property: &'static str, flag: &'static str, operations: &'static [&'static str]) -> Setting {
    Setting { name, property, access: Read, when: When::Flag(flag), operations }
}

const fn typed(name: &'static str, access: Access, kind: &'static str) -> Setting {
    Setting { name, property: name, access, when: When::Variable(kind), operations: &[] }
}

/// Operations of a File System Task that have a destination; copying a file is the default and is left out.
const WITH_DESTINATION: &[&str] = &["", "CopyFile", "MoveFile", "RenameFile", "CopyDirectory", "MoveDirectory"];
/// Operations of an FTP Task on this side; sending is the default and is left out.
const LOCAL: &[&str] = &["", "Send", "Receive", "DeleteLocal", "MakeDirLocal", "RemoveDirLocal"];
/// Operations of an FTP Task on the other side.
const REMOTE: &[&str] = &["", "Send", "Receive", "DeleteRemote", "MakeDirRemote", "RemoveDirRemote"];

/// Settings of a task kind that may hold the name of a variable.
pub(super) const fn of_task(kind: Kind) -> &'static [Setting] {
    match kind {
        Kind::ExecuteProcess => {
            const { &[always("StandardInputVariable", Read), always("StandardOutputVariable", Write), always("StandardErrorVariable", Write)] }
        }
        Kind::FileSystem => {
            const {
                &[
                    flagged("TaskSourcePath", "Source", "TaskIsSourceVariable", &[]),
                    flagged("TaskDestinationPath", "Destination", "TaskIsDestinationVariable", WITH_DESTINATION),
                ]
            }
        }
        Kind::Ftp => {
            const { &[flagged("TaskLocalPath", "LocalPath", "TaskIsLocalPathVar", LOCAL), flagged("TaskRemotePath", "RemotePath", "TaskIsRemotePathVar", REMOTE)] }
        }
        Kind::Xml => {
            const {
                &[
                    typed("Source", Read, "SourceType"),
                    typed("SecondOperand", Read, "SecondOperandType"),
                    typed("XPathStringSource", Read, "XPathStringSourceType"),
                    typed("Destination", Write, "DestinationType"),
                    typed("DiffGramDestination", Write, "DiffGramDestinationType"),
                ]
            }
        }
        Kind::WmiDataReader => const { &[typed("WQLQuerySource", Read, "WQLQuerySourceType"), typed("Destination", Write, "DestinationType")] },
        Kind::WmiEventWatcher => const { &[typed("WQLQuerySource", Read, "WQLQuerySourceType")] },
        Kind::WebService => const { &[typed("OutputLocation", Write, "OutputType")] },
        Kind::SendMail => const { &[typed("MessageSource", Read, "MessageSourceType")] },
        Kind::AsExecuteDdl => const { &[typed("Source", Read, "SourceType")] },
        Kind::DataProfiling => const { &[typed("Destination", Write, "DestinationType")] },
        _ => &[],
    }
}

/// Settings of an enumerator that may hold the name of a variable.
pub(super) const fn of_enumerator(kind: EnumeratorKind) -> &'static [Setting] {
    match kind {
        EnumeratorKind::Ado => const { &[always("VarName", Read)] },
        EnumeratorKind::FromVariable => const { &[always("VariableName", Read)] },
        EnumeratorKind::NodeList => {
            const {
                &[
                    typed("SourceDocument", Read, "SourceType"),
                    typed("OuterXPathString", Read, "OuterXPathSourceType"),
                    typed("InnerXPathString", Read, "InnerXPathSourceType"),
                ]
            }
        }
        _ => &[],
    }
}
