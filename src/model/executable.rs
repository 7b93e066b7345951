//! Executables: packages, containers, tasks and event handlers, and what orders and logs them.

use std::borrow::Cow;

use super::{ConnectionReference, PathValue, Properties, PropertyExpression, Task, Text, Variable};
use crate::span::Span;

/// Index of an executable in [`super::Package::executables`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExecutableId(pub u32);

impl ExecutableId {
    /// The package itself.
    pub const PACKAGE: Self = Self(0);
}

/// What an executable is, by its canonical type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ExecutableKind {
    /// The package (or package part).
    Package,
    /// An event handler: a container whose children run when the event is raised.
    EventHandler,
    /// Sequence container.
    Sequence,
    /// For Loop container.
    ForLoop,
    /// Foreach Loop container.
    ForEachLoop,
    /// Data Flow Task.
    DataFlow,
    /// Execute Package Task.
    ExecutePackage,
    /// Execute SQL Task.
    ExecuteSql,
    /// Script Task.
    Script,
    /// Execute Process Task.
    ExecuteProcess,
    /// File System Task.
    FileSystem,
    /// FTP Task.
    Ftp,
    /// Send Mail Task.
    SendMail,
    /// Expression Task.
    Expression,
    /// Bulk Insert Task.
    BulkInsert,
    /// Message Queue Task.
    MessageQueue,
    /// Web Service Task.
    WebService,
    /// WMI Data Reader Task.
    WmiDataReader,
    /// WMI Event Watcher Task.
    WmiEventWatcher,
    /// XML Task.
    Xml,
    /// Data Profiling Task.
    DataProfiling,
    /// Data Mining Query Task.
    DataMiningQuery,
    /// Analysis Services Execute DDL Task.
    AsExecuteDdl,
    /// Analysis Services Processing Task.
    AsProcessing,
    /// Transfer Database Task.
    TransferDatabase,
    /// Transfer SQL Server Objects Task.
    TransferObjects,
    /// Transfer Jobs Task.
    TransferJobs,
    /// Transfer Logins Task.
    TransferLogins,
    /// Transfer Error Messages Task.
    TransferErrorMessages,
    /// Transfer Master Stored Procedures Task.
    TransferStoredProcedures,
    /// ActiveX Script Task, removed in 2012.
    ActiveXScript,
    /// Execute DTS 2000 Package Task, removed in 2012.
    ExecuteDts2000Package,
    /// Placeholder that the designer saved for a task it could not load.
    Replacement,
    /// A maintenance-plan task.
    Maintenance,
    /// CDC Control Task.
    CdcControl,
    /// A Hadoop task.
    Hadoop,
    /// A task of the Azure Feature Pack.
    Azure,
    /// Any other task: third-party or unknown.
    #[default]
    Other,
}

impl ExecutableKind {
    /// The word used by `inspect` and in messages.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Package => "package",
            Self::EventHandler => "event-handler",
            Self::Sequence => "sequence",
            Self::ForLoop => "for-loop",
            Self::ForEachLoop => "foreach-loop",
            Self::DataFlow => "data-flow",
            Self::ExecutePackage => "execute-package",
            Self::ExecuteSql => "execute-sql",
            Self::Script => "script",
            Self::ExecuteProcess => "execute-process",
            Self::FileSystem => "file-system",
            Self::Ftp => "ftp",
            Self::SendMail => "send-mail",
            Self::Expression => "expression",
            Self::BulkInsert => "bulk-insert",
            Self::MessageQueue => "message-queue",
            Self::WebService => "web-service",
            Self::WmiDataReader => "wmi-data-reader",
            Self::WmiEventWatcher => "wmi-event-watcher",
            Self::Xml => "xml",
            Self::DataProfiling => "data-profiling",
            Self::DataMiningQuery => "data-mining-query",
            Self::AsExecuteDdl => "as-execute-ddl",
            Self::AsProcessing => "as-processing",
            Self::TransferDatabase => "transfer-database",
            Self::TransferObjects => "transfer-objects",
            Self::TransferJobs => "transfer-jobs",
            Self::TransferLogins => "transfer-logins",
            Self::TransferErrorMessages => "transfer-error-messages",
            Self::TransferStoredProcedures => "transfer-stored-procedures",
            Self::ActiveXScript => "activex-script",
            Self::ExecuteDts2000Package => "execute-dts-2000-package",
            Self::Replacement => "replacement",
            Self::Maintenance => "maintenance",
            Self::CdcControl => "cdc-control",
            Self::Hadoop => "hadoop",
            Self::Azure => "azure",
            Self::Other => "other",
        }
    }

    /// Whether it holds other executables.
    #[must_use]
    pub const fn is_container(self) -> bool {
        matches!(self, Self::Package | Self::EventHandler | Self::Sequence | Self::ForLoop | Self::ForEachLoop)
    }

    /// Whether it runs its children repeatedly.
    #[must_use]
    pub const fn is_loop(self) -> bool {
        matches!(self, Self::ForLoop | Self::ForEachLoop)
    }
}

/// A package, container, task or event handler.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Executable<'a> {
    /// Object path, in refId form for all generations.
    pub path: Cow<'a, str>,
    /// The name in the designer; for an event handler the event's name.
    pub name: Text<'a>,
    /// DTSID with braces; compare without regard to case.
    pub id: Cow<'a, str>,
    /// Type as written.
    pub creation_name: Cow<'a, str>,
    /// Type, canonical.
    pub kind: ExecutableKind,
    /// The container, or for an event handler its owner; none for the package.
    pub parent: Option<ExecutableId>,
    /// Executables directly inside, in file order.
    pub children: Vec<ExecutableId>,
    /// Event handlers on it.
    pub event_handlers: Vec<ExecutableId>,
    /// Its properties.
    pub properties: Properties<'a>,
    /// Property expressions.
    pub expressions: Vec<PropertyExpression<'a>>,
    /// Variables it owns.
    pub variables: Vec<Variable<'a>>,
    /// Precedence constraints between its children.
    pub constraints: Vec<PrecedenceConstraint<'a>>,
    /// Logging options.
    pub logging: Option<LoggingOptions<'a>>,
    /// What it does.
    pub task: Task<'a>,
    /// Settings of the task as written: attributes and elements of its data.
    pub settings: Properties<'a>,
    /// Connection managers it names (components of a data flow have their own).
    pub connections: Vec<ConnectionReference<'a>>,
    /// Literal paths in its settings.
    pub paths: Vec<PathValue<'a>>,
    /// The start tag: where to point when the whole object is meant.
    pub span: Span,
}

impl<'a> Executable<'a> {
    /// `Disabled` on the object itself; ancestors count too, see [`super::Package::is_enabled`].
    #[must_use]
    pub fn disabled(&self) -> bool {
        self.properties.flag("Disabled", false)
    }

    /// The expression on a property, by documented name.
    #[must_use]
    pub fn expression(&self, property: &str) -> Option<&Text<'a>> {
        self.expressions.iter().find(|expression| expression.property.eq_ignore_ascii_case(property)).map(|expression| &expression.expression)
    }

    /// Its own script, or the scripts of its data flow's components, each with the object path of its owner.
    pub fn scripts(&self) -> impl Iterator<Item = (&str, &super::Script<'a>)> {
        let own = match &self.task {
            Task::Script(script) => Some((&*self.path, &**script)),
            _ => None,
        };
        let components = self.data_flow().into_iter().flat_map(|flow| &flow.components);
        own.into_iter().chain(components.filter_map(|component| Some((&*component.path, component.script.as_ref()?))))
    }

    /// The data flow, when it is a Data Flow Task.
    #[must_use]
    pub fn data_flow(&self) -> Option<&super::DataFlow<'a>> {
        match &self.task {
            Task::DataFlow(flow) => Some(flow),
            _ => None,
        }
    }
}

/// What a precedence constraint asks of the executable it comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// 0, the default.
    #[default]
    Success,
    /// 1.
    Failure,
    /// 2: either.
    Completion,
    /// 3.
    Canceled,
}

impl Outcome {
    /// The word used by `inspect`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Completion => "completion",
            Self::Canceled => "canceled",
        }
    }
}

/// How a precedence constraint combines outcome and expression.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum EvalOp {
    /// 1: the expression alone.
    Expression,
    /// 2, the default: the outcome alone.
    #[default]
    Constraint,
    /// 3: both.
    ExpressionAndConstraint,
    /// 4: either.
    ExpressionOrConstraint,
}

impl EvalOp {
    /// The word used by `inspect`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Expression => "expression",
            Self::Constraint => "constraint",
            Self::ExpressionAndConstraint => "expression-and-constraint",
            Self::ExpressionOrConstraint => "expression-or-constraint",
        }
    }
}

/// An arrow between two executables of one container.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrecedenceConstraint<'a> {
    /// Object path.
    pub path: Cow<'a, str>,
    /// Its name.
    pub name: Cow<'a, str>,
    /// Where it starts; none when the file names an executable that is not in the container.
    pub from: Option<ExecutableId>,
    /// Where it ends.
    pub to: Option<ExecutableId>,
    /// The outcome it asks for.
    pub value: Outcome,
    /// How outcome and expression combine.
    pub eval_op: EvalOp,
    /// Whether all incoming constraints of the target must hold (AND), else one suffices (OR). Absent in 2012 and later files means OR.
    pub logical_and: bool,
    /// The expression, used or not.
    pub expression: Option<Text<'a>>,
    /// Its description.
    pub description: Option<Text<'a>>,
    /// The whole object.
    pub span: Span,
}

/// What an executable logs, and where to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LoggingOptions<'a> {
    /// `LoggingMode`, `FilterKind`, `EventFilter` …
    pub properties: Properties<'a>,
    /// DTSIDs of the selected log providers.
    pub providers: Vec<Cow<'a, str>>,
}

/// A log provider of a package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogProvider<'a> {
    /// Object path: `Package.LogProviders[Name]`.
    pub path: String,
    /// Its name.
    pub name: Text<'a>,
    /// DTSID with braces.
    pub id: Cow<'a, str>,
    /// Type as written.
    pub creation_name: Cow<'a, str>,
    /// Canonical type: `Microsoft.LogProviderTextFile`; as written when unknown.
    pub kind: Cow<'a, str>,
    /// Name of the connection manager it writes through.
    pub config_string: Option<Text<'a>>,
    /// Property expressions.
    pub expressions: Vec<PropertyExpression<'a>>,
    /// Its description.
    pub description: Option<Text<'a>>,
    /// The whole object.
    pub span: Span,
}
