//! What SSIS is made of and where each part is to be had: which edition, which download, which version removed it, what Azure-SSIS has.
//!
//! All facts stand, with their sources, in `matrix.toml`: one row per group of classes that share their lot, the products of others, and the
//! providers and drivers. It is read when first asked. A name that is in no row is [`Standing::Custom`] only where it cannot be Microsoft's; a GUID,
//! an empty name or an unknown name of Microsoft's is [`Standing::Unknown`], of which no rule may conclude anything.

mod table;

use std::sync::LazyLock;

use foldhash::HashMap;
use table::Matrix;
pub use table::{Class, ClassKind, Product, Provider, ProviderKind};

static MATRIX: LazyLock<Index> = LazyLock::new(Index::read);

/// What is known of a class.
#[derive(Clone, Copy, Debug)]
pub enum Standing {
    /// Microsoft's: a row of the matrix.
    Microsoft(&'static Class),
    /// Part of a product of somebody else.
    Product(&'static Product),
    /// Neither Microsoft's nor of a known product: written by somebody.
    Custom,
    /// The name does not tell.
    Unknown,
}

/// What is known of the class of that name, in any generation's spelling.
#[must_use]
pub fn class(kind: ClassKind, written: &str) -> Standing {
    let written = written.trim();
    if written.is_empty() || written.starts_with('{') {
        return Standing::Unknown;
    }
    let key = key(kind, written);
    let product = || MATRIX.matrix.product.iter().find(|product| product.makes(written)).map(Standing::Product);
    let family = || MATRIX.family(kind, &key).map(Standing::Microsoft);
    let known = MATRIX.class(kind, &key).map(Standing::Microsoft).or_else(product).or_else(family);
    let tells = kind != ClassKind::Enumerator && !is_microsoft(written);
    known.unwrap_or(if tells { Standing::Custom } else { Standing::Unknown })
}

/// What is known of a provider or driver of that name; none when no row names it.
#[must_use]
pub fn provider(kind: ProviderKind, written: &str) -> Option<&'static Provider> {
    let name = match kind {
        ProviderKind::OleDb => without_versions(written.trim()),
        ProviderKind::AdoNet | ProviderKind::Odbc => written.trim(),
    };
    let is_named = |row: &&Provider| row.names.iter().any(|own| own.eq_ignore_ascii_case(name)) || row.prefixes.iter().any(|prefix| starts_with(name, prefix));
    MATRIX.matrix.provider.iter().filter(|row| row.kind == kind).find(is_named)
}

/// The page behind a key of `sources`.
#[must_use]
pub fn source(key: &str) -> Option<&'static str> {
    MATRIX.matrix.sources.get(key).map(String::as_str)
}

/// The matrix with its names in a table.
struct Index {
    matrix: Matrix,
    by_name: HashMap<(ClassKind, String), usize>,
}

impl Index {
    fn read() -> Self {
        let matrix: Matrix =
            toml::from_str(include_str!("matrix.toml")).expect("internal error: the support matrix does not parse, which a test would have found");
        let rows = matrix.class.iter().enumerate();
        let by_name = rows.flat_map(|(row, class)| class.names.iter().map(move |name| ((class.kind, key(class.kind, name)), row))).collect();
        Self { matrix, by_name }
    }

    fn class(&self, kind: ClassKind, key: &str) -> Option<&Class> {
        self.by_name.get(&(kind, key.to_owned())).and_then(|row| self.matrix.class.get(*row))
    }

    /// The class whose exact name was not seen, but a part of it.
    fn family(&self, kind: ClassKind, key: &str) -> Option<&Class> {
        let mut of_kind = self.matrix.class.iter().filter(|class| class.kind == kind);
        of_kind.find(|class| class.fragments.iter().any(|fragment| key.contains(fragment)))
    }
}

impl Product {
    fn makes(&self, written: &str) -> bool {
        let name = written.split(',').next().unwrap_or_default().trim();
        self.names.iter().any(|own| own.eq_ignore_ascii_case(name))
            || self.prefixes.iter().any(|prefix| starts_with(name, prefix))
            || self.suffixes.iter().any(|suffix| ends_with(name, suffix))
    }
}

/// One spelling for all of a class: small letters, no assembly, no version, and of Microsoft's names only family and last part.
fn key(kind: ClassKind, written: &str) -> String {
    let class = written.split(',').next().unwrap_or_default().trim().to_ascii_lowercase();
    if kind == ClassKind::Connection {
        return class.split(':').next().unwrap_or_default().to_owned();
    }
    let name = without_versions(&class);
    let last = name.rsplit('.').next().unwrap_or_default();
    match name.split('.').next() {
        Some("microsoft" | "dts" | "ssis" | "msdts") => format!("microsoft.{last}"),
        Some("attunity") => format!("attunity.{last}"),
        _ => name.to_owned(),
    }
}

/// Whether the name or its assembly says that it is Microsoft's.
fn is_microsoft(written: &str) -> bool {
    written
        .split(',')
        .take(2)
        .any(|part| ["Microsoft.", "STOCK:", "DTS.", "SSIS.", "DTSTransform.", "DTSAdapter."].iter().any(|family| starts_with(part.trim(), family)))
}

/// The name without the numbers that ProgIDs end in: `SQLNCLI11.1`, `Microsoft.ACE.OLEDB.12.0`.
fn without_versions(name: &str) -> &str {
    let mut rest = name;
    while let Some((stem, version)) = rest.rsplit_once('.') {
        if version.is_empty() || !version.bytes().all(|byte| byte.is_ascii_digit()) {
            break;
        }
        rest = stem;
    }
    rest
}

fn starts_with(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

fn ends_with(text: &str, suffix: &str) -> bool {
    let start = text.len().checked_sub(suffix.len());
    start.and_then(|start| text.get(start..)).is_some_and(|end| end.eq_ignore_ascii_case(suffix))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_microsofts(kind: ClassKind, written: &str) -> bool {
        matches!(class(kind, written), Standing::Microsoft(_))
    }

    #[test]
    fn every_row_names_sources_that_exist() {
        let matrix = &MATRIX.matrix;
        let classes = matrix.class.iter().flat_map(|row| &row.sources);
        let providers = matrix.provider.iter().flat_map(|row| &row.sources);
        for source in classes.chain(providers) {
            assert!(super::source(source).is_some(), "{source}");
        }
        assert!(matrix.class.iter().all(|row| !row.sources.is_empty()) && matrix.provider.iter().all(|row| !row.sources.is_empty()));
    }

    #[test]
    fn no_name_stands_in_two_rows() {
        let names = MATRIX.matrix.class.iter().map(|row| row.names.len()).sum::<usize>();
        assert_eq!(MATRIX.by_name.len(), names);
    }

    #[test]
    fn every_generation_spells_the_same_class() {
        for written in [
            "Microsoft.FtpTask",
            "Microsoft.SqlServer.Dts.Tasks.FtpTask.FtpTask, Microsoft.SqlServer.FtpTask, Version=10.0.0.0, Culture=neutral",
            "DTS.Pipeline.1",
            "STOCK:sequence",
            "Microsoft.DataTransformationServices.Tasks.DTSProcessingTask.ASExecuteDDLTask, Microsoft.SqlServer.ASTasks",
            "Microsoft.SqlServer.Management.DatabaseMaintenance.DbMaintenanceReindexTask, Microsoft.SqlServer.MaintenancePlanTasks",
        ] {
            assert!(is_microsofts(ClassKind::Task, written), "{written}");
        }
        for written in ["Microsoft.SqlServer.Dts.Pipeline.XmlSourceAdapter", "Attunity.SSISODBCSrc", "microsoft.lookup", "Microsoft.ODataSource"] {
            assert!(is_microsofts(ClassKind::Component, written), "{written}");
        }
        for written in ["ADO.NET:System.Data.SqlClient.SqlConnection, System.Data", "MSOLAP100", "AzureStorage", "FlatFile"] {
            assert!(is_microsofts(ClassKind::Connection, written), "{written}");
        }
        assert!(is_microsofts(ClassKind::LogProvider, "DTS.LogProviderTextFile.2"));
        assert!(is_microsofts(ClassKind::Enumerator, "DTS.ForEachFileEnumerator.1"));
    }

    #[test]
    fn what_is_not_microsofts() {
        for (kind, written, product) in [
            (ClassKind::Component, "KingswaySoft.IntegrationToolkit.Salesforce.SalesforceSourceComponent", "KingswaySoft SSIS Integration Toolkit"),
            (ClassKind::Connection, "Salesforce (KingswaySoft)", "KingswaySoft SSIS Integration Toolkit"),
            (ClassKind::Connection, "SALESFORCE TF", "Task Factory"),
            (ClassKind::Connection, "Azure Blob Storage (KingswaySoft)", "KingswaySoft SSIS Integration Toolkit"),
            (ClassKind::Task, "CozyRoc.FileTransferTask", "CozyRoc SSIS+"),
        ] {
            assert!(matches!(class(kind, written), Standing::Product(found) if found.name == product), "{written}");
        }
        assert!(matches!(class(ClassKind::Task, "Acme.Transfer, Acme.Tasks, Version=1.0.0.0"), Standing::Custom));
    }

    #[test]
    fn what_a_name_does_not_tell() {
        for written in ["", "{49EB1DDB-8127-47C6-8B28-B97F7685DD59}", "Microsoft.NewSource", "Acme.X, Microsoft.SqlServer.Something"] {
            assert!(matches!(class(ClassKind::Component, written), Standing::Unknown), "{written}");
        }
        assert!(matches!(class(ClassKind::Enumerator, "ForEachThingEnumerator"), Standing::Unknown));
    }

    #[test]
    fn providers_of_azure_ssis() {
        let on_azure = |kind, name| provider(kind, name).is_some_and(|row| row.on_azure);
        for name in ["SQLNCLI11.1", "SQLNCLI11.1.1", "MSOLEDBSQL", "Microsoft.ACE.OLEDB.12.0", "MSOLAP.8", "SQLOLEDB.1"] {
            assert!(on_azure(ProviderKind::OleDb, name), "{name}");
        }
        for name in ["MSOLEDBSQL19.1", "SQLNCLI10.1", "SQLNCLI.1", "OraOLEDB.Oracle.1"] {
            assert!(!on_azure(ProviderKind::OleDb, name), "{name}");
        }
        assert!(on_azure(ProviderKind::AdoNet, "System.Data.SqlClient.SqlConnection"));
        assert!(provider(ProviderKind::AdoNet, "Npgsql.NpgsqlConnection").is_some_and(|row| !row.on_azure));
        assert!(provider(ProviderKind::AdoNet, "Acme.Data.AcmeConnection").is_none());
        assert!(on_azure(ProviderKind::Odbc, "ODBC Driver 13 for SQL Server") && !on_azure(ProviderKind::Odbc, "ODBC Driver 17 for SQL Server"));
    }
}
