//! Data flows: components, their ports and the paths between them.

use std::borrow::Cow;

use super::{Properties, ReferenceKind, Text};
use crate::span::Span;

/// The pipeline of a Data Flow Task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DataFlow<'a> {
    /// Attributes of the pipeline (`engineThreads`, `bufferTempStoragePath` …).
    pub properties: Properties<'a>,
    /// Sources, transformations, destinations.
    pub components: Vec<Component<'a>>,
    /// Paths from outputs to inputs.
    pub paths: Vec<DataPath<'a>>,
}

/// A component of a data flow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Component<'a> {
    /// Object path: `Package\DFT\Excel Source`.
    pub path: Cow<'a, str>,
    /// refId, or the number of the component in 2005 and 2008 files.
    pub id: Cow<'a, str>,
    /// The name in the designer.
    pub name: Text<'a>,
    /// Canonical class: `Microsoft.ExcelSource`; the type name for managed components; as written when unknown.
    pub class: Cow<'a, str>,
    /// `componentClassID` as written.
    pub class_id: Text<'a>,
    /// Its description.
    pub description: Option<Text<'a>>,
    /// Its locale; none when it follows the package.
    pub locale: Option<u32>,
    /// Whether it checks its columns against the outside at validation.
    pub validate_external_metadata: bool,
    /// Its custom properties, by name; array properties are joined by line feeds.
    pub properties: Properties<'a>,
    /// Its connection slots.
    pub connections: Vec<ComponentConnection<'a>>,
    /// Its inputs.
    pub inputs: Vec<Port<'a>>,
    /// Its outputs, error outputs included.
    pub outputs: Vec<Port<'a>>,
    /// Source files of a Script Component, in the shape of a Script Task's.
    pub script: Option<super::Script<'a>>,
    /// The whole component.
    pub span: Span,
}

impl<'a> Component<'a> {
    /// Whether it is of that canonical class (`ExcelSource` and `Microsoft.ExcelSource` both do), without regard to case. Managed components are known by
    /// the name of 2014 and later: `DataReaderSourceAdapter`.
    #[must_use]
    pub fn is(&self, class: &str) -> bool {
        short_class(&self.class).eq_ignore_ascii_case(short_class(class))
    }

    /// The property `AccessMode`: how an adapter names its table or statement.
    #[must_use]
    pub fn access_mode(&self) -> Option<i64> {
        self.properties.number("AccessMode")
    }
}

/// The class without the namespace of Microsoft's components; up to 2012 the managed ones have a longer one.
fn short_class(class: &str) -> &str {
    let managed = class.strip_prefix("Microsoft.SqlServer.Dts.Pipeline.");
    managed.or_else(|| class.strip_prefix("Microsoft.")).unwrap_or(class)
}

/// A component's slot for a connection manager.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComponentConnection<'a> {
    /// Name of the slot, as `OleDbConnection`.
    pub name: Cow<'a, str>,
    /// DTSID, refId or name of the connection manager; empty when nothing was selected.
    pub target: Text<'a>,
    /// The refId that stands beside the id in 2012 and later files.
    pub reference: Cow<'a, str>,
    /// The form of the reference.
    pub kind: ReferenceKind,
    /// The whole slot.
    pub span: Span,
}

/// An input or output of a component.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Port<'a> {
    /// refId, or the number of the port in 2005 and 2008 files: what paths name.
    pub id: Cow<'a, str>,
    /// Its name.
    pub name: Cow<'a, str>,
    /// Whether it is an error output.
    pub is_error: bool,
    /// refId or number of the input it is synchronous with; empty when asynchronous.
    pub synchronous_input: Cow<'a, str>,
    /// What happens to a row that fails: `NotUsed`, `FailComponent`, `RedirectRow`, `IgnoreFailure`.
    pub error_disposition: Cow<'a, str>,
    /// What happens to a row that would be truncated.
    pub truncation_disposition: Cow<'a, str>,
    /// Whether the rows are declared to be sorted.
    pub is_sorted: bool,
    /// Whether it is one of the spare inputs that need no path.
    pub is_dangling: bool,
    /// Custom properties of the port (`Expression` of a Conditional Split's output).
    pub properties: Properties<'a>,
    /// Its columns.
    pub columns: Vec<Column<'a>>,
    /// What the outside has: columns of the table, file or sheet.
    pub external_columns: Vec<Column<'a>>,
    /// Whether the port's columns are mapped to those of the outside.
    pub uses_external_columns: bool,
    /// The whole port.
    pub span: Span,
}

impl Port<'_> {
    /// The id of the input that an output is synchronous with; none when it is asynchronous.
    #[must_use]
    pub fn synchronous_input(&self) -> Option<&str> {
        // Old files write 0.
        Some(&*self.synchronous_input).filter(|id| !id.is_empty() && *id != "0")
    }
}

/// A column of an input, an output or the outside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column<'a> {
    /// refId or number.
    pub id: Cow<'a, str>,
    /// Its name; `cachedName` for input columns.
    pub name: Cow<'a, str>,
    /// Type: `wstr`, `i4`, `dbTimeStamp` …
    pub data_type: Cow<'a, str>,
    /// The column upstream that it carries, by refId or number.
    pub lineage: Cow<'a, str>,
    /// The external column it is mapped to, by refId or number.
    pub external: Cow<'a, str>,
    /// What happens to a row that fails on it.
    pub error_disposition: Cow<'a, str>,
    /// What happens to a value that would be truncated.
    pub truncation_disposition: Cow<'a, str>,
    /// Length in characters or bytes; 0 when it has none.
    pub length: u32,
    /// Digits of a numeric type.
    pub precision: u32,
    /// Decimal digits of a numeric type.
    pub scale: u32,
    /// Code page of a `str`.
    pub code_page: u32,
    /// Its place among the sort keys, from 1, negative when descending; 0 when it is none.
    pub sort_key: i32,
    /// How a sort key of a string type is compared.
    pub comparison_flags: u32,
    /// Whether the component writes to it (input columns).
    pub read_write: bool,
    /// Custom properties (`Expression`, `FriendlyExpression`).
    pub properties: Properties<'a>,
    /// The whole column.
    pub span: Span,
}

/// A path from an output to an input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DataPath<'a> {
    /// refId or number.
    pub id: Cow<'a, str>,
    /// Its name.
    pub name: Cow<'a, str>,
    /// refId or number of the output.
    pub start: Cow<'a, str>,
    /// refId or number of the input.
    pub end: Cow<'a, str>,
    /// The whole path.
    pub span: Span,
}
