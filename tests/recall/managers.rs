//! Writes connection managers.

use super::plant::{Plant, Property};

pub(crate) const SQL_SERVER: &str =
    "Data Source=sql01.corp.example.com;Initial Catalog=Sales;Provider=MSOLEDBSQL.1;Integrated Security=SSPI;Auto Translate=False;";

impl Plant<'_> {
    /// A connection manager of the package; gives its id.
    pub(crate) fn connection(&mut self, name: &str, kind: &str, string: &str) -> String {
        self.connection_with(name, kind, &[("ConnectionString", string)], "")
    }

    pub(crate) fn connection_with(&mut self, name: &str, kind: &str, inner: &[Property<'_>], inside: &str) -> String {
        let inner = self.object("ConnectionManager", inner, inside);
        self.manager(name, kind, "", &inner)
    }

    /// A connection manager with an expression on one of its properties.
    pub(crate) fn computed_connection(&mut self, name: &str, kind: &str, (property, expression): (&str, &str), inner: &[Property<'_>]) -> String {
        let inner = self.object("ConnectionManager", inner, "");
        self.manager(name, kind, &Self::property_expression(property, expression), &inner)
    }

    /// A connection manager whose data are written in full.
    pub(crate) fn manager(&mut self, name: &str, kind: &str, expressions: &str, data: &str) -> String {
        let id = self.guid();
        let path = format!("Package.ConnectionManagers[{name}]");
        let data = format!("{expressions}<DTS:ObjectData>{data}</DTS:ObjectData>");
        let object = self.named("ConnectionManager", &path, &id, name, &[("CreationName", kind)], &data);
        self.in_package.push(("ConnectionManagers", object));
        id
    }

    /// An OLE DB connection to a server that is as it should be.
    pub(crate) fn database(&mut self) -> String {
        self.connection("Planted Database", "OLEDB", SQL_SERVER)
    }
}
