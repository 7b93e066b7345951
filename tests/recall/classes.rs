//! What files call the tasks that are planted.

/// Class of a task as old and as new files call it.
pub(crate) type Class = (&'static str, &'static str);

pub(crate) const SQL: Class = (
    "Microsoft.SqlServer.Dts.Tasks.ExecuteSQLTask.ExecuteSQLTask, Microsoft.SqlServer.SQLTask, Version=10.0.0.0, Culture=neutral, PublicKeyToken=89845dcd8080cc91",
    "Microsoft.ExecuteSQLTask",
);
pub(crate) const PROCESS: Class = (
    "Microsoft.SqlServer.Dts.Tasks.ExecuteProcess.ExecuteProcess, Microsoft.SqlServer.ExecProcTask, Version=10.0.0.0, Culture=neutral, PublicKeyToken=89845dcd8080cc91",
    "Microsoft.ExecuteProcess",
);
pub(crate) const FILE_SYSTEM: Class = (
    "Microsoft.SqlServer.Dts.Tasks.FileSystemTask.FileSystemTask, Microsoft.SqlServer.FileSystemTask, Version=10.0.0.0, Culture=neutral, PublicKeyToken=89845dcd8080cc91",
    "Microsoft.FileSystemTask",
);
pub(crate) const SEND_MAIL: Class = (
    "Microsoft.SqlServer.Dts.Tasks.SendMailTask.SendMailTask, Microsoft.SqlServer.SendMailTask, Version=10.0.0.0, Culture=neutral, PublicKeyToken=89845dcd8080cc91",
    "Microsoft.SendMailTask",
);
pub(crate) const SCRIPT: Class = (
    "Microsoft.SqlServer.Dts.Tasks.ScriptTask.ScriptTask, Microsoft.SqlServer.ScriptTask, Version=10.0.0.0, Culture=neutral, PublicKeyToken=89845dcd8080cc91",
    "Microsoft.ScriptTask",
);
pub(crate) const DATA_FLOW: Class = ("SSIS.Pipeline.2", "Microsoft.Pipeline");
pub(crate) const SEQUENCE: Class = ("STOCK:SEQUENCE", "STOCK:SEQUENCE");
pub(crate) const FOR_LOOP: Class = ("STOCK:FORLOOP", "STOCK:FORLOOP");
