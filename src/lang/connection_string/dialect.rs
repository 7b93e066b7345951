//! Which grammar a connection manager's string follows.

/// The grammar of a connection string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// OLE DB and ADO: quotes `"` and `'`, doubled inside; `==` in a keyword; the last duplicate wins, the first `Provider`.
    DataLink,
    /// The ADO.NET provider for SQL Server: as data link, without a provider.
    SqlClient,
    /// Any other ADO.NET provider.
    AdoNet,
    /// ODBC: braces, the first duplicate wins.
    Odbc,
    /// Managers of SSIS and third parties that keep settings as `keyword=value;`: SMTP, WMI, SMO, Azure, Oracle.
    Plain,
}

/// Types whose connection string is a path, a URL or a host.
const WITHOUT_PAIRS: [&str; 9] = ["FLATFILE", "FILE", "MULTIFLATFILE", "MULTIFILE", "CACHE", "FTP", "HTTP", "MSMQ", "DQS"];

impl Dialect {
    /// The dialect for a connection manager by its creation name (`OLEDB`, `ADO.NET:System.Data.Odbc.OdbcConnection, …`), None where the connection
    /// string is a path, a URL or a host and no list of pairs.
    #[must_use]
    pub fn of(creation_name: &str) -> Option<Self> {
        let (kind, class) = creation_name.split_once(':').unwrap_or((creation_name, ""));
        let kind = kind.trim().to_ascii_uppercase();
        match kind.as_str() {
            "OLEDB" | "ADO" | "EXCEL" => Some(Self::DataLink),
            "ADO.NET" => Some(Self::of_class(class)),
            "ODBC" => Some(Self::Odbc),
            _ if kind.starts_with("MSOLAP") => Some(Self::DataLink),
            _ if WITHOUT_PAIRS.contains(&kind.as_str()) => None,
            _ => Some(Self::Plain),
        }
    }

    /// For the class behind `ADO.NET:`; none means SQL Server.
    fn of_class(class: &str) -> Self {
        let class = class.split(',').next().unwrap_or_default().trim().to_ascii_lowercase();
        if class.is_empty() || class == "sql" || class.contains(".sqlclient.") {
            Self::SqlClient
        } else if class == "oledb" || class.contains(".oledb.") {
            Self::DataLink
        } else if class == "odbc" || class.contains(".odbc.") {
            Self::Odbc
        } else {
            Self::AdoNet
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Dialect::{self, *};

    #[test]
    fn of_creation_names() {
        for (name, dialect) in [
            ("OLEDB", Some(DataLink)),
            ("Excel", Some(DataLink)),
            ("MSOLAP100", Some(DataLink)),
            ("ADO.NET", Some(SqlClient)),
            ("ADO.NET:SQL", Some(SqlClient)),
            ("ADO.NET:System.Data.SqlClient.SqlConnection, System.Data, Version=4.0.0.0", Some(SqlClient)),
            ("ADO.NET:Microsoft.Data.SqlClient.SqlConnection, X", Some(SqlClient)),
            ("ADO.NET:System.Data.OleDb.OleDbConnection, System.Data", Some(DataLink)),
            ("ADO.NET:System.Data.Odbc.OdbcConnection, System.Data", Some(Odbc)),
            ("ADO.NET:System.Data.OracleClient.OracleConnection, X", Some(AdoNet)),
            ("ODBC", Some(Odbc)),
            ("SMTP", Some(Plain)),
            ("FLATFILE", None),
            ("Ftp", None),
        ] {
            assert_eq!(Dialect::of(name), dialect, "{name}");
        }
    }
}
