//! What tasks and loops do: the settings that rules and analyses ask for by name. All others are in [`super::Executable::settings`].

use std::borrow::Cow;

use super::{DataFlow, Properties, PropertyExpression, Text};
use crate::span::Span;

/// The work of an executable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Task<'a> {
    /// Nothing of its own, or only raw settings.
    #[default]
    None,
    /// Data Flow Task.
    DataFlow(Box<DataFlow<'a>>),
    /// Execute SQL Task.
    ExecuteSql(Box<ExecuteSql<'a>>),
    /// Execute Package Task.
    ExecutePackage(Box<ExecutePackage<'a>>),
    /// Script Task.
    Script(Box<Script<'a>>),
    /// Expression Task: its expression.
    Expression(Text<'a>),
    /// For Loop container.
    ForLoop(Box<ForLoop<'a>>),
    /// Foreach Loop container.
    ForEachLoop(Box<ForEachLoop<'a>>),
}

/// A literal path in the settings of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathValue<'a> {
    /// Documented name of the setting, as `Executable` or `WorkingDirectory`; an expression on that property replaces the path.
    pub property: &'static str,
    /// The path.
    pub path: Text<'a>,
}

/// Where an Execute SQL Task takes its statement from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StatementSource {
    /// The statement stands in the task. The default.
    #[default]
    DirectInput,
    /// A file connection manager, by name.
    FileConnection,
    /// A variable, by name.
    Variable,
}

/// Settings of an Execute SQL Task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExecuteSql<'a> {
    /// The statement, or what names it.
    pub statement: Text<'a>,
    /// What [`ExecuteSql::statement`] is.
    pub source: StatementSource,
    /// `ResultSetType_None`, `…_SingleRow`, `…_Rowset`, `…_XML`.
    pub result_type: Cow<'a, str>,
    /// Whether the statement is the name of a procedure (ADO.NET).
    pub is_stored_procedure: bool,
    /// Parameters.
    pub parameters: Vec<ParameterBinding<'a>>,
    /// Results.
    pub results: Vec<ResultBinding<'a>>,
}

/// A parameter of a statement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ParameterBinding<'a> {
    /// Number or name in the statement.
    pub name: Text<'a>,
    /// The variable or parameter.
    pub variable: Text<'a>,
    /// `Input`, `Output` or `ReturnValue`.
    pub direction: Cow<'a, str>,
    /// Number of the data type.
    pub data_type: Cow<'a, str>,
}

/// A result that goes into a variable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResultBinding<'a> {
    /// Number or name of the result.
    pub name: Text<'a>,
    /// The variable.
    pub variable: Text<'a>,
}

/// Settings of an Execute Package Task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExecutePackage<'a> {
    /// Whether the child is a package of the same project.
    pub use_project_reference: bool,
    /// Whether the child runs in a process of its own.
    pub execute_out_of_process: bool,
    /// `Child.dtsx` of the project, or the path in msdb or the package store.
    pub package_name: Option<Text<'a>>,
    /// DTSID, refId or name of the FILE or OLEDB connection manager to the child.
    pub connection: Option<Text<'a>>,
    /// Values for the child's parameters.
    pub assignments: Vec<ParameterAssignment<'a>>,
}

/// A value for a parameter of a child package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ParameterAssignment<'a> {
    /// The child's parameter.
    pub parameter: Text<'a>,
    /// The caller's variable or parameter.
    pub source: Text<'a>,
}

/// A Script Task or Script Component.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Script<'a> {
    /// `CSharp`, `VisualBasic`, as written.
    pub language: Cow<'a, str>,
    /// Version of the script tools (VSTA) that saved it: 2, 3, 14, 15, 16 …
    pub vsta_version: Option<u32>,
    /// Variables it may read, comma-separated.
    pub read_only_variables: Option<Text<'a>>,
    /// Variables it may write, comma-separated.
    pub read_write_variables: Option<Text<'a>>,
    /// Source and project files.
    pub items: Vec<ScriptItem<'a>>,
    /// Whether the compiled assembly is stored.
    pub has_binary: bool,
}

/// A file of a script project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScriptItem<'a> {
    /// Its name, as `ScriptMain.cs`.
    pub name: Cow<'a, str>,
    /// Its text; line ends may be `\r\n` or `\n`.
    pub source: Text<'a>,
}

impl ScriptItem<'_> {
    /// Whether it holds code that runs: C# or Visual Basic, not generated settings or resources.
    #[must_use]
    pub fn is_code(&self) -> bool {
        let name = self.name.to_ascii_lowercase();
        let code = [".cs", ".vb", ".vsaitem"].iter().any(|end| name.ends_with(end));
        code && !["designer.", "assemblyinfo."].iter().any(|part| name.contains(part))
    }
}

/// Settings of a For Loop container.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ForLoop<'a> {
    /// Assignment before the first iteration.
    pub init: Option<Text<'a>>,
    /// Condition of each iteration.
    pub eval: Option<Text<'a>>,
    /// Assignment after each iteration.
    pub assign: Option<Text<'a>>,
}

/// Settings of a Foreach Loop container.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ForEachLoop<'a> {
    /// What it runs over.
    pub enumerator: Option<Enumerator<'a>>,
    /// Which variables take the current value.
    pub mappings: Vec<LoopMapping<'a>>,
}

/// What a Foreach Loop runs over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum EnumeratorKind {
    /// Files of a folder.
    File,
    /// Items of a list.
    Item,
    /// Rows of a recordset.
    Ado,
    /// Elements of a variable.
    FromVariable,
    /// Nodes of an XML document.
    NodeList,
    /// SMO objects.
    Smo,
    /// An ADO.NET schema rowset.
    SchemaRowset,
    /// Files in Azure or Hadoop.
    FeaturePack,
    /// Anything else.
    #[default]
    Other,
}

/// The enumerator of a Foreach Loop.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Enumerator<'a> {
    /// Type as written.
    pub creation_name: Cow<'a, str>,
    /// Type, canonical.
    pub kind: EnumeratorKind,
    /// Its settings (`Folder`, `FileSpec`, `Recurse`, `VarName` …).
    pub settings: Properties<'a>,
    /// Property expressions (`Directory`, `FileSpec`).
    pub expressions: Vec<PropertyExpression<'a>>,
    /// The whole object.
    pub span: Span,
}

/// A variable that takes a part of the loop's current value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LoopMapping<'a> {
    /// The variable.
    pub variable: Text<'a>,
    /// Index of the part.
    pub index: Cow<'a, str>,
}
