//! From the files of a group to their texts.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::decode::{self, DecodeError};
use super::{Limits, Problem, ProblemKind, Source, archive};
use crate::discover::{FileKind, Group, GroupFile};
use crate::finding::{FileRef, InputError};

/// The texts of a group, and what stood in the way of others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// The documents, in the order of the group; members in the order of their archive.
    pub sources: Vec<Source>,
    /// What was read and is not usable; findings.
    pub problems: Vec<Problem>,
    /// What could not be read at all.
    pub errors: Vec<InputError>,
}

/// Reads all files of a group. `stdin` is what standard input held, for the one file that stands for it.
#[must_use]
pub fn load(group: &Group, limits: &Limits, stdin: Option<&[u8]>) -> Loaded {
    let mut loaded = Loaded::default();
    for file in &group.files {
        loaded.file(file, limits, stdin);
    }
    loaded
}

impl Loaded {
    fn file(&mut self, file: &GroupFile, limits: &Limits, stdin: Option<&[u8]>) {
        let read = match stdin.filter(|_| file.stdin) {
            Some(bytes) => bounded(bytes, bytes.len() as u64, limits.file_bytes),
            None => read(&file.path, limits.file_bytes),
        };
        match read {
            Ok(Some(content)) => self.content(file, content, limits),
            Ok(None) => {
                let message = format!("the file is larger than {} bytes", limits.file_bytes);
                self.problems.push(Limits::exceeded(name(file), file.requested, message, "file-size"));
            }
            Err(error) => self.errors.push(InputError { file: file.display.clone(), message: format!("cannot be read: {error}") }),
        }
    }

    fn content(&mut self, file: &GroupFile, Content { bytes, marked }: Content, limits: &Limits) {
        let kind = kind(file, &bytes);
        if kind == FileKind::Archive {
            let Self { sources, problems, errors } = archive::load(&file.display, file.requested, &bytes, limits);
            self.sources.extend(sources);
            self.problems.extend(problems);
            self.errors.extend(errors);
            return;
        }
        match if marked { decode::decode_marked(bytes) } else { decode::decode(bytes) } {
            Ok(text) => self.sources.push(Source { file: name(file), requested: file.requested, kind, text }),
            Err(error) => self.problems.push(error.problem(name(file), file.requested)),
        }
    }
}

impl DecodeError {
    pub(super) fn problem(&self, file: FileRef, requested: bool) -> Problem {
        if *self == Self::TooLong {
            return Limits::exceeded(file, requested, self.to_string(), "file-size");
        }
        let help = "Restore the file from source control, or save it again in the designer.".into();
        Problem { file, requested, kind: ProblemKind::Malformed, message: self.to_string(), help }
    }
}

/// Standard input without a telling name is known by its content only.
fn kind(file: &GroupFile, bytes: &[u8]) -> FileKind {
    let unnamed = file.stdin && FileKind::of_name(&file.path).is_none();
    Some(bytes).filter(|_| unnamed).and_then(FileKind::of_content).unwrap_or(file.kind)
}

fn name(file: &GroupFile) -> FileRef {
    FileRef { file: file.display.clone(), member: None }
}

/// What a file holds.
struct Content {
    /// The bytes behind the byte order mark of UTF-8: most packages have one, and to take it away later means to move the whole text.
    bytes: Vec<u8>,
    /// Whether there was one.
    marked: bool,
}

/// The content of a regular file; none when there are more than `limit` bytes.
fn read(path: &Path, limit: u64) -> io::Result<Option<Content>> {
    // Asked before opening, since opening a pipe waits for its writer.
    let metadata = std::fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
    }
    if metadata.len() > limit { Ok(None) } else { bounded(File::open(path)?, metadata.len(), limit) }
}

/// The content of a reader, about `expected` bytes; none when there are more than `limit`, since a file may grow while it is read.
fn bounded(mut reader: impl Read, expected: u64, limit: u64) -> io::Result<Option<Content>> {
    // One more than expected, so that the end is seen without growing.
    let mut bytes = Vec::with_capacity(usize::try_from(expected.min(limit)).map_or(0, |expected| expected + 1));
    let mut rest = limit.saturating_add(1);
    rest -= reader.by_ref().take(rest.min(decode::MARK.len() as u64)).read_to_end(&mut bytes)? as u64;
    let marked = bytes == decode::MARK;
    if marked {
        bytes.clear();
    }
    rest -= reader.take(rest).read_to_end(&mut bytes)? as u64;
    Ok((rest > 0).then_some(Content { bytes, marked }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn group(path: PathBuf, kind: FileKind) -> Group {
        let file = GroupFile { path, display: "x/A.dtsx".into(), requested: true, kind, stdin: false };
        Group { root: PathBuf::new(), files: vec![file], complete: false }
    }

    fn load_bytes(bytes: &[u8], limits: &Limits) -> Loaded {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("A.dtsx");
        std::fs::write(&path, bytes).expect("written");
        load(&group(path, FileKind::Package), limits, None)
    }

    #[test]
    fn a_file_becomes_a_source() {
        let loaded = load_bytes(b"\xef\xbb\xbf<a/>", &Limits::default());
        let source = loaded.sources.first().expect("one source");
        assert_eq!((source.text.as_str(), source.file.file.as_str(), source.kind), ("<a/>", "x/A.dtsx", FileKind::Package));
        assert!(loaded.problems.is_empty() && loaded.errors.is_empty());
    }

    #[test]
    fn empty_and_binary_files_are_problems() {
        for bytes in [&b""[..], b"\xff\xfe\x00", b"PK\x03\x04\0\0"] {
            let loaded = load_bytes(bytes, &Limits::default());
            assert_eq!(loaded.problems.first().map(|problem| problem.kind), Some(ProblemKind::Malformed), "{bytes:?}");
            assert!(loaded.sources.is_empty());
        }
    }

    #[test]
    fn the_size_limit_holds_to_the_byte() {
        let limits = Limits { file_bytes: 4, ..Limits::default() };
        assert_eq!(load_bytes(b"<a/>", &limits).sources.len(), 1);
        let problem = load_bytes(b"<a/>\n", &limits).problems.pop().expect("a problem");
        assert_eq!(problem.kind, ProblemKind::Limit);
        assert!(problem.help.contains("--limit file-size="));
        assert!(matches!(bounded(&b"12345"[..], 5, 4), Ok(None)));
    }

    #[test]
    fn what_cannot_be_read_is_an_error() {
        let folder = tempfile::tempdir().expect("a folder");
        for path in [folder.path().to_path_buf(), folder.path().join("gone.dtsx")] {
            let loaded = load(&group(path, FileKind::Package), &Limits::default(), None);
            assert_eq!(loaded.errors.len(), 1);
        }
    }

    #[test]
    fn standard_input_takes_the_place_of_the_file() {
        let mut group = group(PathBuf::from("nowhere"), FileKind::Package);
        for file in &mut group.files {
            file.stdin = true;
        }
        let loaded = load(&group, &Limits::default(), Some(b"<stdin/>"));
        assert_eq!(loaded.sources.first().map(|source| source.text.as_str()), Some("<stdin/>"));
    }
}
