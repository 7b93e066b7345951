//! The system variables. Source: learn.microsoft.com/sql/integration-services/system-variables.

/// All of them, sorted. Which ones exist depends on the executable; that is not looked at.
const NAMES: [&str; 52] = [
    "Cancel",
    "CancelEvent",
    "ContainerStartTime",
    "CreationDate",
    "CreationName",
    "CreatorComputerName",
    "CreatorName",
    "ErrorCode",
    "ErrorDescription",
    "EventHandlerStartTime",
    "ExecutionInstanceGUID",
    "ExecutionStatus",
    "ExecutionValue",
    "FailedConfigurations",
    "IgnoreConfigurationsOnLoad",
    "InteractiveMode",
    "LastModifiedProductVersion",
    "LocaleID",
    "LocaleId",
    "MachineName",
    "OfflineMode",
    "PackageID",
    "PackageName",
    "ParentContainerGUID",
    "PercentComplete",
    "ProductVersion",
    "ProgressCountHigh",
    "ProgressCountLow",
    "ProgressDescription",
    "Propagate",
    "ServerExecutionID",
    "ServerName",
    "SourceDescription",
    "SourceID",
    "SourceName",
    "SourceParentGUID",
    "StartTime",
    "TaskID",
    "TaskName",
    "TaskTransactionOption",
    "UserName",
    "VariableDescription",
    "VariableID",
    "VariableName",
    "VariableValue",
    "VersionBuild",
    "VersionComments",
    "VersionGUID",
    "VersionMajor",
    "VersionMinor",
    "WMIEventWatcherEventOccurred",
    "WMIEventWatcherEventTimedout",
];

/// Whether that is the name of a system variable, without namespace.
pub(super) fn is_known(name: &str) -> bool {
    NAMES.binary_search(&name).is_ok()
}

/// The system variable whose name differs in letter case only.
pub(super) fn similar(name: &str) -> Option<&'static str> {
    NAMES.iter().copied().find(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_sorted_for_the_search() {
        assert!(NAMES.is_sorted());
        assert!(is_known("PackageName") && !is_known("Packagename"));
        assert_eq!(similar("Packagename"), Some("PackageName"));
    }
}
