//! Where output goes, and how it looks there.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::interrupt::Undo;
use super::{CliError, ColorChoice};
use crate::report::{Format, Style};

/// The file of that name, or standard output.
pub(super) fn open(file: Option<&Path>) -> Result<Box<dyn Write>, CliError> {
    match file {
        Some(path) => Ok(Box::new(Draft::create(path).map_err(|error| CliError::OutputFile(path.display().to_string(), error))?)),
        None => Ok(Box::new(BufWriter::new(io::stdout().lock()))),
    }
}

/// A file that is removed again unless all of it is written: who finds a report must be able to trust that it is whole.
struct Draft {
    file: BufWriter<File>,
    /// Removes it; none once it is whole, and for a device or a pipe.
    discard: Option<Undo>,
}

impl Draft {
    fn create(path: &Path) -> io::Result<Self> {
        let file = File::create(path)?;
        let owned = path.to_path_buf();
        // Nothing can be done about a file that cannot be removed.
        let discard = file.metadata()?.is_file().then(|| Undo::new(move || _ = std::fs::remove_file(&owned)));
        Ok(Self { file: BufWriter::new(file), discard })
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    /// Nobody flushes before the end.
    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()?;
        if let Some(discard) = self.discard.take() {
            discard.forget();
        }
        Ok(())
    }
}

/// Which format goes where: files take the last formats, what is left goes to standard output.
pub(super) fn plan<'a>(formats: &[Format], files: &'a [PathBuf]) -> Result<Vec<(Format, Option<&'a Path>)>, CliError> {
    let formats = if formats.is_empty() { &[Format::Human][..] } else { formats };
    let to_stdout = formats.len().checked_sub(files.len());
    match to_stdout {
        Some(0 | 1) => {
            let places = std::iter::repeat_n(None, to_stdout.unwrap_or(0)).chain(files.iter().map(|file| Some(file.as_path())));
            Ok(formats.iter().copied().zip(places).collect())
        }
        Some(_) => Err(CliError::Usage("only one format can go to standard output: give the others an --output-file each".to_owned())),
        None => Err(CliError::Usage("there are more output files than formats: repeat --format".to_owned())),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_whole_or_gone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("report.sarif");
        let mut half = open(Some(&path)).expect("a file");
        half.write_all(b"{").expect("written");
        assert!(path.exists());
        drop(half);
        assert!(!path.exists());
        let mut whole = open(Some(&path)).expect("a file");
        whole.write_all(b"{}").and_then(|()| whole.flush()).expect("written");
        drop(whole);
        assert_eq!(std::fs::read(&path).expect("it stays"), b"{}");
    }

    #[test]
    fn files_take_the_last_formats() {
        let file = [PathBuf::from("x.sarif")];
        let places = |formats: &[Format], files: &'static [PathBuf]| plan(formats, files).ok().map(|plan| plan.len());
        assert_eq!(places(&[], &[]), Some(1));
        assert_eq!(places(&[Format::Json, Format::Sarif], &[]), None);
        let two = plan(&[Format::Human, Format::Sarif], &file).expect("a plan");
        assert_eq!(two, [(Format::Human, None), (Format::Sarif, Some(Path::new("x.sarif")))]);
        assert_eq!(plan(&[Format::Sarif], &file).expect("a plan"), [(Format::Sarif, Some(Path::new("x.sarif")))]);
        assert!(plan(&[Format::Sarif], &[PathBuf::from("a"), PathBuf::from("b")]).is_err());
    }
}
