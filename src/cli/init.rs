//! `ssislint init`: a configuration to start from.

use std::io::Write;

use super::{CLEAN, CliError};
use crate::config::FILE_NAMES;

const STARTER: &str = include_str!("init.toml");

/// Writes the file into the working directory; one that is there is never touched.
pub(super) fn run() -> Result<u8, CliError> {
    let name = FILE_NAMES[0];
    let file = std::fs::File::create_new(name);
    let mut file = file.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => CliError::Usage(format!("`{name}` exists already and is left as it is")),
        _ => CliError::OutputFile(name.to_owned(), error),
    })?;
    file.write_all(STARTER.as_bytes())?;
    writeln!(std::io::stderr(), "ssislint: wrote {name}")?;
    Ok(CLEAN)
}
