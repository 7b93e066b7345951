//! The texts of a project's documents.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::decode::decode;
use super::{Limits, Problem, ProblemKind, Source, archive};
use crate::discover::{FileKind, Group, GroupFile};
use crate::finding::{FileRef, InputError};

/// What could be read of a project, and what could not.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The texts, in the order of the project's files and of the members in an archive.
    pub sources: Vec<Source>,
    /// Documents that cannot be read as they should: findings.
    pub problems: Vec<Problem>,
    /// Files that could not be read at all: the run fails.
    pub errors: Vec<InputError>,
}

/// Reads every file of a project. `stdin` is the name of the file that standard input stands for, and its content.
#[must_use]
pub fn load(group: &Group, limits: &Limits, stdin: Option<&(String, Vec<u8>)>) -> Loaded {
    let mut loaded = Loaded::default();
    for file in &group.files {
        let given = stdin.filter(|(name, _)| *name == file.display).map(|(_, content)| content.clone());
        let content = match given {
            Some(content) => Ok(content),
            None => read_limited(&file.path, limits.file_bytes),
        };
        match content {
            Ok(content) => loaded.add(file, content, limits),
            Err(error) => loaded.errors.push(InputError { file: file.display.clone(), message: format!("cannot be read: {error}") }),
        }
    }
    loaded
}

/// The file's bytes, up to one more than the limit.
fn read_limited(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let size = file.metadata()?.len().min(limit);
    let mut content = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
    file.take(limit.saturating_add(1)).read_to_end(&mut content)?;
    Ok(content)
}

impl Loaded {
    fn add(&mut self, file: &GroupFile, content: Vec<u8>, limits: &Limits) {
        let name = FileRef { file: file.display.clone(), member: None };
        if content.len() as u64 > limits.file_bytes {
            let message = format!("the file is larger than the limit of {} bytes, so it was not read", limits.file_bytes);
            return self.problem(name, file.requested, ProblemKind::Limit, message, "raise the limit with `--limit file-size=BYTES`");
        }
        if file.kind == FileKind::Archive {
            return archive::read(file, content, limits, self);
        }
        self.add_text(name, file.requested, content);
    }

    /// Decodes a document and keeps its text.
    pub(super) fn add_text(&mut self, file: FileRef, requested: bool, content: Vec<u8>) {
        if content.is_empty() {
            let help = "restore the file from source control, or delete it";
            return self.problem(file, requested, ProblemKind::Malformed, "the file is empty (0 bytes)".to_owned(), help);
        }
        match decode(content) {
            Ok(text) => self.sources.push(Source { file, requested, text }),
            Err(error) => {
                let help = "save the file as UTF-8, or restore it from source control";
                self.problem(file, requested, ProblemKind::Malformed, format!("the file is no text: {error}"), help);
            }
        }
    }

    /// Keeps a problem.
    pub(super) fn problem(&mut self, file: FileRef, requested: bool, kind: ProblemKind, message: String, help: &str) {
        self.problems.push(Problem { file, requested, kind, message, help: help.to_owned() });
    }
}
