//! The small languages inside a package: SSIS expressions, connection strings, Windows paths, T-SQL, scripts, and what in any of them is a secret.

pub mod connection_string;
pub mod expression;
pub mod pattern;
pub mod script;
pub mod secret;
pub mod tsql;
pub mod windows_path;
