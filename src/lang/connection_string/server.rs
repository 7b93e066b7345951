//! What the name of a server tells.

use std::net::IpAddr;

/// Whether a server name means the machine the package runs on: `.`, `(local)`, `localhost`, `127.0.0.1`, `::1`, `(localdb)\…`, `\\.\pipe\…`, with a
/// protocol before it (`tcp:`), an instance (`.\SQL2019`) or a port (`,1433`, `:2383`) behind it.
#[must_use]
pub fn server_is_loopback(server: &str) -> bool {
    let server = server.trim().to_lowercase();
    let server = without_protocol(&server);
    let server = server.trim_start_matches("http://").trim_start_matches("https://").trim_start_matches("\\\\");
    let host = server.split(['\\', ',', '/']).next().unwrap_or_default().trim();
    matches!(host, "." | "(local)" | "(localdb)") || is_loopback_address(without_port(host))
}

/// Whether a server name is that of a logical server of Azure SQL Database: one label before the domain, where a managed instance has two or more.
#[must_use]
pub fn server_is_azure_sql_database(server: &str) -> bool {
    let server = server.trim().to_lowercase();
    let host = without_protocol(&server).split(['\\', ',', ':']).next().unwrap_or_default().trim();
    let domains = [".database.windows.net", ".database.usgovcloudapi.net", ".database.chinacloudapi.cn"];
    domains.iter().find_map(|domain| host.strip_suffix(domain)).is_some_and(|name| !name.is_empty() && !name.contains('.'))
}

fn without_protocol(server: &str) -> &str {
    ["tcp:", "lpc:", "np:", "admin:"].iter().find_map(|protocol| server.strip_prefix(protocol)).unwrap_or(server)
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if !name.contains(':') && port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

fn is_loopback_address(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::{server_is_azure_sql_database, server_is_loopback};

    #[test]
    fn this_machine() {
        for server in [
            ".",
            "(local)",
            "(LOCAL)",
            " localhost ",
            "LocalHost\\SQL2019",
            ".\\SQLEXPRESS",
            "127.0.0.1",
            "127.0.0.1,1433",
            "::1",
            "[::1]",
            "(localdb)\\MSSQLLocalDB",
            "np:\\\\.\\pipe\\sql\\query",
            "\\\\.\\pipe\\x",
            "tcp:localhost,1433",
            "lpc:(local)",
            "localhost:2383",
            "\\\\localhost",
            "http://localhost/olap/msmdpump.dll",
            "127.1.2.3",
        ] {
            assert!(server_is_loopback(server), "{server}");
        }
    }

    #[test]
    fn another_machine() {
        for server in
            ["", "local", "localhost2", "sql.localhost.example", "10.0.0.1", "np:\\\\SRV\\pipe\\sql", "tcp:srv,1433", "@[User::S]", "..", "srv\\local"]
        {
            assert!(!server_is_loopback(server), "{server}");
        }
    }

    #[test]
    fn azure_sql_database() {
        for server in ["sales.database.windows.net", "tcp:Sales.Database.Windows.Net,1433", " sales.database.chinacloudapi.cn "] {
            assert!(server_is_azure_sql_database(server), "{server}");
        }
        for server in ["sales.a1b2c3d4.database.windows.net", "sales.public.a1b2c3d4.database.windows.net,3342", "database.windows.net", "sql01", ""] {
            assert!(!server_is_azure_sql_database(server), "{server}");
        }
    }
}
