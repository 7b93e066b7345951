//! Where output goes, and how it looks there.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

use super::{CliError, ColorChoice};
use crate::report::Style;

/// The file of that name, or standard output.
pub(super) fn open(file: Option<&Path>) -> Result<Box<dyn Write>, CliError> {
    match file {
        Some(path) => {
            let file = File::create(path).map_err(|error| CliError::OutputFile(path.display().to_string(), error))?;
            Ok(Box::new(BufWriter::new(file)))
        }
        None => Ok(Box::new(BufWriter::new(io::stdout().lock()))),
    }
}

/// Whether to colour standard output or, when there is a file, that.
pub(super) fn style(choice: ColorChoice, to_file: bool) -> Style {
    let terminal = !to_file && io::stdout().is_terminal();
    let wanted = match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    };
    Style { color: wanted, width: width(terminal), links: false, summary: true, template: None }
}

/// Columns of the terminal by its `COLUMNS`; 100 where output is no terminal, so that it does not depend on the place.
fn width(terminal: bool) -> usize {
    let columns = std::env::var("COLUMNS").ok().filter(|_| terminal).and_then(|columns| columns.parse().ok());
    columns.unwrap_or(if terminal { 80 } else { 100 }).clamp(40, 200)
}
