//! What SSIS files say, in one shape for all generations: the types every rule sees.
//!
//! The model borrows from the text of its documents and knows neither XML nor files. Every value keeps the span it was read from.

mod configuration;
mod connection;
mod data_flow;
mod executable;
mod package;
mod project;
mod property;
mod protection;
mod targets;
mod task;
mod variable;

pub use configuration::{Configuration, ConfigurationFile, ConfigurationKind, ConfiguredValue};
pub use connection::{ConnectionManager, ConnectionReference, ReferenceKind};
pub use data_flow::{Column, Component, ComponentConnection, DataFlow, DataPath, Port};
pub use executable::{EvalOp, Executable, ExecutableId, ExecutableKind, LogProvider, LoggingOptions, Outcome, PrecedenceConstraint};
pub use package::{Enabled, EncryptionScope, Generation, Package};
pub use project::{DeploymentModel, Document, DocumentKind, Project, ProjectFile, ProjectPackage, ProjectSetting};
pub use property::{Properties, Property, PropertyExpression, Text, flag};
pub use protection::{Cipher, ProtectedValue, Protection, ProtectionLevel};
pub use targets::ByTarget;
pub use task::{
    Enumerator, EnumeratorKind, ExecutePackage, ExecuteSql, ForEachLoop, ForLoop, LoopMapping, ParameterAssignment, ParameterBinding, PathValue, ResultBinding,
    Script, ScriptItem, StatementSource, Task,
};
pub use variable::{Parameter, Variable};
