//! What the keywords of a connection string say.

use super::{ConnectionString, Dialect};

/// How a connection proves who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Authentication {
    /// As the Windows account that runs the package: `Integrated Security`, `Trusted_Connection`, `UseWindowsAuthentication`.
    Integrated,
    /// A login of the server itself, with user name and password.
    Sql,
    /// `ActiveDirectoryPassword`: an Entra user name and password.
    EntraPassword,
    /// `ActiveDirectoryIntegrated`.
    EntraIntegrated,
    /// `ActiveDirectoryInteractive` and the device code flow: someone has to sit there.
    Interactive,
    /// `ActiveDirectoryMSI`, `ActiveDirectoryManagedIdentity`.
    ManagedIdentity,
    /// `ActiveDirectoryServicePrincipal`.
    ServicePrincipal,
    /// The string does not say, or says something we do not know.
    Unknown,
}

/// What `Encrypt` or `Use Encryption for Data` asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// `False`, `No`, `Optional`.
    Optional,
    /// `True`, `Yes`, `Mandatory`.
    Mandatory,
    /// `Strict`: TDS 8.
    Strict,
}

impl ConnectionString<'_> {
    /// `Provider`, of OLE DB.
    #[must_use]
    pub fn provider(&self) -> Option<&str> {
        self.filled("Provider")
    }

    /// `Driver`, of ODBC.
    #[must_use]
    pub fn driver(&self) -> Option<&str> {
        self.filled("Driver")
    }

    /// The server: `Data Source`, `Server` and synonyms. None for Jet and ACE, whose data source is a file.
    #[must_use]
    pub fn server(&self) -> Option<&str> {
        if self.is_ace_or_jet() { None } else { self.filled("Data Source") }
    }

    /// `Initial Catalog` or `Database`.
    #[must_use]
    pub fn database(&self) -> Option<&str> {
        self.filled("Initial Catalog")
    }

    /// The user name; see [`Self::authentication`] for whether it counts.
    #[must_use]
    pub fn user(&self) -> Option<&str> {
        self.filled("User ID")
    }

    /// The file or folder it opens: `Data Source` of Jet and ACE, `DBQ`, `DefaultDir`, `AttachDbFilename`.
    #[must_use]
    pub fn file(&self) -> Option<&str> {
        let source = if self.is_ace_or_jet() { self.filled("Data Source") } else { None };
        source.or_else(|| ["DBQ", "DefaultDir", "AttachDbFilename"].iter().find_map(|key| self.filled(key)))
    }

    /// How it logs in. `Authentication` goes before `Integrated Security`, and that before a user name.
    #[must_use]
    pub fn authentication(&self) -> Authentication {
        if let Some(method) = self.filled("Authentication") {
            return method_named(method);
        }
        if self.get("Integrated Security").is_some_and(|value| value.eq_ignore_ascii_case("sspi") || is_yes(value)) {
            Authentication::Integrated
        } else if self.user().is_some() || self.filled("Password").is_some() {
            Authentication::Sql
        } else {
            Authentication::Unknown
        }
    }

    /// `Packet Size` in bytes, if it is a number.
    #[must_use]
    pub fn packet_size(&self) -> Option<u32> {
        self.get("Packet Size")?.trim().parse().ok()
    }

    /// Whether several result sets may be open at once.
    #[must_use]
    pub fn mars(&self) -> bool {
        self.get("MultipleActiveResultSets").is_some_and(is_yes)
    }

    /// What it says about encryption, None if nothing or nothing known: the default differs by provider.
    #[must_use]
    pub fn encrypt(&self) -> Option<Encryption> {
        match self.get("Encrypt")?.trim().to_ascii_lowercase().as_str() {
            "strict" => Some(Encryption::Strict),
            "optional" => Some(Encryption::Optional),
            "mandatory" => Some(Encryption::Mandatory),
            value if is_yes(value) => Some(Encryption::Mandatory),
            value if is_no(value) => Some(Encryption::Optional),
            _ => None,
        }
    }

    /// Whether the server's certificate is taken unseen.
    #[must_use]
    pub fn trust_server_certificate(&self) -> bool {
        self.get("TrustServerCertificate").is_some_and(is_yes)
    }

    /// `Extended Properties`, a list of its own. Ranges count in its value; the name of the format (`EXCEL 12.0 XML`) is listed as a fault,
    /// for it has no `=`.
    #[must_use]
    pub fn extended_properties(&self) -> Option<ConnectionString<'_>> {
        self.get("Extended Properties").map(|text| ConnectionString::parse(text, Dialect::Plain))
    }

    /// Whether it opens a workbook: Jet or ACE with `Excel` in the extended properties.
    #[must_use]
    pub fn is_excel(&self) -> bool {
        self.is_ace_or_jet() && self.get("Extended Properties").is_some_and(|text| starts_with(text.trim_start(), "excel"))
    }

    /// Whether the provider is Jet or ACE, which read files.
    #[must_use]
    pub fn is_ace_or_jet(&self) -> bool {
        self.provider().is_some_and(|provider| starts_with(provider, "Microsoft.Jet.OLEDB") || starts_with(provider, "Microsoft.ACE.OLEDB"))
    }

    /// Whether it goes to SQL Server: by OLE DB provider, ODBC driver, or as the ADO.NET provider for it.
    #[must_use]
    pub fn is_sql_server(&self) -> bool {
        match self.dialect() {
            Dialect::SqlClient => true,
            Dialect::DataLink => self.provider().is_some_and(|provider| ["SQLNCLI", "SQLOLEDB", "MSOLEDBSQL"].iter().any(|name| starts_with(provider, name))),
            Dialect::Odbc => self.driver().is_some_and(is_sql_server_driver),
            Dialect::AdoNet | Dialect::Plain => false,
        }
    }

    /// Whether the provider is one of that name in any version: `SQLNCLI` names `SQLNCLI11.1` too.
    #[must_use]
    pub fn provider_starts_with(&self, name: &str) -> bool {
        self.provider().is_some_and(|provider| starts_with(provider, name))
    }

    /// Whether the driver encrypts when the string does not say: OLE DB Driver 19 and ODBC Driver 18 are the first that do. For ADO.NET the string does
    /// not tell the provider.
    #[must_use]
    pub fn encrypts_by_default(&self) -> bool {
        self.provider_starts_with("MSOLEDBSQL19") || self.driver().is_some_and(|driver| starts_with(driver, "ODBC Driver 18 for SQL Server"))
    }

    /// Whether the login sends a password: as an account of the server or of Entra, or as a service principal.
    #[must_use]
    pub fn logs_in_by_password(&self) -> bool {
        matches!(self.authentication(), Authentication::Sql | Authentication::EntraPassword | Authentication::ServicePrincipal) && self.user().is_some()
    }

    fn filled(&self, key: &str) -> Option<&str> {
        self.get(key).map(str::trim).filter(|value| !value.is_empty())
    }
}

fn method_named(method: &str) -> Authentication {
    let method: String = method.chars().filter(|character| !character.is_whitespace()).flat_map(char::to_lowercase).collect();
    match method.as_str() {
        "sqlpassword" => Authentication::Sql,
        "activedirectorypassword" => Authentication::EntraPassword,
        "activedirectoryintegrated" => Authentication::EntraIntegrated,
        "activedirectoryinteractive" | "activedirectorydevicecodeflow" => Authentication::Interactive,
        "activedirectorymsi" | "activedirectorymanagedidentity" => Authentication::ManagedIdentity,
        "activedirectoryserviceprincipal" => Authentication::ServicePrincipal,
        _ => Authentication::Unknown,
    }
}

/// `SQL Server`, `SQL Server Native Client 11.0`, `ODBC Driver 17 for SQL Server`.
fn is_sql_server_driver(driver: &str) -> bool {
    let driver = driver.trim().to_ascii_lowercase();
    driver == "sql server"
        || driver.starts_with("sql server native client")
        || driver == "sql native client"
        || (driver.starts_with("odbc driver ") && driver.ends_with("for sql server"))
}

fn is_yes(value: &str) -> bool {
    ["true", "yes", "1", "-1"].iter().any(|yes| value.trim().eq_ignore_ascii_case(yes))
}

fn is_no(value: &str) -> bool {
    ["false", "no", "0"].iter().any(|no| value.trim().eq_ignore_ascii_case(no))
}

fn starts_with(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(text: &str) -> ConnectionString<'_> {
        ConnectionString::parse(text, Dialect::DataLink)
    }

    #[test]
    fn sql_server() {
        let string = link(
            "Data Source=srv\\a,1433;User ID=etl;Initial Catalog=Dw;Provider=MSOLEDBSQL19.1;Packet Size=32767;MARS Connection=True;Use Encryption for Data=Optional;Trust Server Certificate=True",
        );
        assert!(string.is_sql_server() && string.mars() && string.trust_server_certificate());
        assert_eq!((string.server(), string.database(), string.user()), (Some("srv\\a,1433"), Some("Dw"), Some("etl")));
        assert_eq!((string.packet_size(), string.encrypt(), string.authentication()), (Some(32767), Some(Encryption::Optional), Authentication::Sql));
        assert!(ConnectionString::parse("Driver={ODBC Driver 17 for SQL Server};Server=x", Dialect::Odbc).is_sql_server());
        assert!(!ConnectionString::parse("Driver={MySQL ODBC 8.0};Server=x", Dialect::Odbc).is_sql_server());
    }

    #[test]
    fn excel() {
        let string = link("Provider=Microsoft.ACE.OLEDB.12.0;Data Source=C:\\a.xlsx;Extended Properties=\"EXCEL 12.0 XML;HDR=YES;IMEX=1\";");
        assert!(string.is_excel() && !string.is_sql_server());
        assert_eq!((string.file(), string.server()), (Some("C:\\a.xlsx"), None));
        assert_eq!(string.extended_properties().and_then(|list| list.get("imex").map(str::to_owned)).as_deref(), Some("1"));
        assert!(!link("Provider=Microsoft.Jet.OLEDB.4.0;Data Source=a.mdb").is_excel());
    }

    #[test]
    fn drivers() {
        assert!(link("Provider=sqlncli11.1").provider_starts_with("SQLNCLI") && !link("Provider=MSOLEDBSQL.1").encrypts_by_default());
        assert!(link("Provider=MSOLEDBSQL19.1").encrypts_by_default());
        assert!(ConnectionString::parse("Driver={ODBC Driver 18 for SQL Server}", Dialect::Odbc).encrypts_by_default());
        assert!(link("User ID=etl").logs_in_by_password() && !link("User ID=etl;Integrated Security=SSPI").logs_in_by_password());
    }

    #[test]
    fn files() {
        assert_eq!(ConnectionString::parse("Driver={Microsoft Access Driver (*.mdb)};DBQ=C:\\x.mdb;DefaultDir=C:\\", Dialect::Odbc).file(), Some("C:\\x.mdb"));
        assert_eq!(ConnectionString::parse("Server=.;AttachDbFilename=C:\\a.mdf", Dialect::SqlClient).file(), Some("C:\\a.mdf"));
    }

    #[test]
    fn authentication() {
        for (text, expected) in [
            ("Integrated Security=SSPI", Authentication::Integrated),
            ("Trusted_Connection=yes;User ID=", Authentication::Integrated),
            ("Integrated Security=False;UID=a", Authentication::Sql),
            ("Authentication=\"\";Integrated Security=SSPI", Authentication::Integrated),
            ("Authentication=Active Directory Interactive;User ID=a", Authentication::Interactive),
            ("Authentication=ActiveDirectoryMSI", Authentication::ManagedIdentity),
            ("Data Source=x", Authentication::Unknown),
            ("SmtpServer=x;UseWindowsAuthentication=True", Authentication::Integrated),
        ] {
            assert_eq!(link(text).authentication(), expected, "{text}");
        }
    }
}
