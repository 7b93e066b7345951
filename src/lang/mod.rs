//! The small languages inside a package: connection strings, Windows paths, T-SQL, and the secrets people write into them.
//!
//! Everything here works on plain text that comes from strangers: no function panics, none takes more than linear time, and every range is a
//! range of bytes that starts and ends on a character.

pub mod connection_string;
pub mod secret;
pub mod tsql;
pub mod windows_path;
