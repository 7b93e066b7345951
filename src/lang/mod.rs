//! The small languages inside a package: SSIS expressions, connection strings, Windows paths, T-SQL, and what in any of them is a secret.

pub mod connection_string;
pub mod expression;
pub mod secret;
pub mod tsql;
pub mod windows_path;
