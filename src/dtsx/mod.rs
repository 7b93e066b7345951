//! XML tree → model: the only place that knows how each generation writes things. One file per document kind, and one per kind of object.

mod configuration;
mod connection;
mod constraint;
mod data_flow;
mod dpapi;
mod dts_config;
mod executable;
mod names;
mod object;
mod package;
mod parameters;
mod paths;
mod project;
mod protection;
mod script;
mod task;
mod task_tables;
mod variable;

use crate::finding::FileRef;
use crate::model::{Document, DocumentKind};
use crate::span::Span;
use crate::xml::{Limits, Malformed, Namespace, Tree};

/// Namespaces of SSIS files; the constants below are their numbers, in this order.
const NAMESPACES: [&str; 12] = [
    "www.microsoft.com/SqlServer/Dts",
    "www.microsoft.com/SqlServer/SSIS",
    "http://www.w3.org/2001/04/xmlenc#",
    "www.microsoft.com/sqlserver/dts/tasks/sqltask",
    "www.microsoft.com/sqlserver/dts/tasks/sendmailtask",
    "www.microsoft.com/sqlserver/dts/tasks/bulkinserttask",
    "www.microsoft.com/sqlserver/dts/tasks/messagequeuetask",
    "www.microsoft.com/sqlserver/dts/tasks/webservicetask",
    "www.microsoft.com/sqlserver/dts/tasks/activexscripttask",
    "www.microsoft.com/sqlserver/dts/tasks/exec80packagetask",
    "http://www.w3.org/2001/XMLSchema-instance",
    "http://schemas.microsoft.com/SqlServer/Dts",
];
const DTS: Namespace = Namespace(1);
const SSIS: Namespace = Namespace(2);
const XENC: Namespace = Namespace(3);
const SQL_TASK: Namespace = Namespace(4);
const NONE: Namespace = Namespace::NONE;

/// Why a document that is well-formed XML is not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind}")]
pub struct Unread {
    /// What is wrong there.
    pub kind: UnreadKind,
    /// The start tag at fault.
    pub span: Span,
}

/// What can be wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnreadKind {
    /// SSIS writes nothing with this root element, given by its local name.
    #[error("its root element is `{0}`, which is no SSIS document")]
    NotSsis(String),
    /// The names of an object and of all that it is in make a path that is longer than the limit.
    #[error("the path of this object is longer than the limit of {} bytes", paths::LONGEST)]
    LongPath,
}

impl UnreadKind {
    /// What to do about it.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::NotSsis(_) => "lint .dtsx, .dtsxp, .ispac, .dtproj, .conmgr, Project.params and .dtsConfig files; exclude others",
            Self::LongPath => "shorten its name, or the names of the containers that it is in; there is no option that raises this limit",
        }
    }
}

/// Parses the text of an SSIS document.
///
/// # Errors
///
/// When the text is not well-formed, or exceeds a limit.
pub fn parse<'a>(text: &'a str, limits: &Limits) -> Result<Tree<'a>, Malformed> {
    Tree::parse(text, &NAMESPACES, limits)
}

/// Reads the model of a document, of whatever kind its root element says.
///
/// # Errors
///
/// When the root element is none of an SSIS document, or an object path is too long.
pub fn read<'a>(tree: &Tree<'a>, file: FileRef, requested: bool) -> Result<Document<'a>, Unread> {
    let root = tree.root();
    let mut protected_values = Vec::new();
    let kind = if root.is(DTS, "Executable") || root.is(XENC, "EncryptedData") {
        DocumentKind::Package(Box::new(package::read(tree)?))
    } else if root.is(DTS, "ConnectionManager") {
        DocumentKind::ConnectionManager(Box::new(connection::read_project_connection(tree, &mut protected_values)?))
    } else if root.is(SSIS, "Parameters") {
        DocumentKind::Parameters(parameters::read_project_parameters(tree, &mut protected_values))
    } else if root.is(SSIS, "Project") {
        DocumentKind::Project(Box::new(project::read_manifest(tree, &mut protected_values)))
    } else if root.local_name() == "Project" && project::is_integration_services(root) {
        DocumentKind::Project(Box::new(project::read_dtproj(tree, &mut protected_values)))
    } else if root.local_name() == "DTSConfiguration" {
        DocumentKind::ConfigurationFile(dts_config::read(tree))
    } else {
        return Err(Unread { kind: UnreadKind::NotSsis(root.local_name().to_owned()), span: root.tag_span() });
    };
    paths::check_all(&kind)?;
    Ok(Document { file, requested, kind, protected_values })
}
