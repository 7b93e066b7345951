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

/// The document is well-formed XML, but nothing that SSIS writes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("its root element is `{root}`, which is no SSIS document")]
pub struct NotSsis {
    /// Local name of the root element.
    pub root: String,
    /// Its start tag.
    pub span: Span,
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
/// When the root element is none of an SSIS document.
pub fn read<'a>(tree: &Tree<'a>, file: FileRef, requested: bool) -> Result<Document<'a>, NotSsis> {
    let root = tree.root();
    let mut protected_values = Vec::new();
    let kind = if root.is(DTS, "Executable") || root.is(XENC, "EncryptedData") {
        DocumentKind::Package(Box::new(package::read(tree)))
    } else if root.is(DTS, "ConnectionManager") {
        DocumentKind::ConnectionManager(Box::new(connection::read_project_connection(tree, &mut protected_values)))
    } else if root.is(SSIS, "Parameters") {
        DocumentKind::Parameters(parameters::read_project_parameters(tree, &mut protected_values))
    } else if root.is(SSIS, "Project") {
        DocumentKind::Project(Box::new(project::read_manifest(tree, &mut protected_values)))
    } else if root.local_name() == "Project" && project::is_integration_services(root) {
        DocumentKind::Project(Box::new(project::read_dtproj(tree, &mut protected_values)))
    } else if root.local_name() == "DTSConfiguration" {
        DocumentKind::ConfigurationFile(dts_config::read(tree))
    } else {
        return Err(NotSsis { root: root.local_name().to_owned(), span: root.tag_span() });
    };
    Ok(Document { file, requested, kind, protected_values })
}
