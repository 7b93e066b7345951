//! `.ispac` archives: read in memory, member by member, never extracted.
//!
//! Members of an archive are labels, not paths: nothing is written, whatever their names say. A name that two tools may read differently is reported.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::read::ZipFile;

use super::load::Loaded;
use super::{Limits, ProblemKind};
use crate::discover::GroupFile;
use crate::finding::FileRef;

const MANIFEST: &str = "@Project.manifest";
const REBUILD: &str = "build the project again and deploy that archive";
/// Members below this size may be packed as tightly as they like.
const RATIO_MATTERS_ABOVE: u64 = 1 << 20;

type Archive = ZipArchive<Cursor<Vec<u8>>>;

/// Reads every member that SSIS knows.
pub(super) fn read(file: &GroupFile, content: Vec<u8>, limits: &Limits, loaded: &mut Loaded) {
    let mut reading = Reading { file, limits, loaded, names: BTreeSet::new(), unpacked: 0 };
    match ZipArchive::new(Cursor::new(content)) {
        Ok(archive) => reading.read(archive),
        Err(error) => reading.archive_problem(None, format!("the file is no archive that can be opened: {error}")),
    }
}

struct Reading<'r> {
    file: &'r GroupFile,
    limits: &'r Limits,
    loaded: &'r mut Loaded,
    /// Decoded names in lower case, for duplicates.
    names: BTreeSet<String>,
    /// Bytes unpacked so far.
    unpacked: u64,
}

impl Reading<'_> {
    fn read(&mut self, mut archive: Archive) {
        if archive.len() > self.limits.members {
            let message = format!("the archive has {} members, more than the limit of {}, so it was not read", archive.len(), self.limits.members);
            return self.limit_problem(None, message, "members=NUMBER");
        }
        if archive.has_overlapping_entries().unwrap_or(true) {
            return self.archive_problem(None, "members of the archive overlap, as in a decompression bomb; it was not read".to_owned());
        }
        for index in 0..archive.len() {
            self.member(&mut archive, index);
        }
        if !self.names.contains(&MANIFEST.to_ascii_lowercase()) {
            self.archive_problem(None, format!("the archive has no `{MANIFEST}`: the catalog refuses to deploy it"));
        }
    }

    fn member(&mut self, archive: &mut Archive, index: usize) {
        let label = archive.name_for_index(index).and_then(Result::ok).map(|name| decode_name(&name));
        let member = match archive.by_index(index) {
            Ok(member) => member,
            Err(error) => return self.archive_problem(label, format!("the member cannot be opened: {error}")),
        };
        if member.is_dir() {
            return;
        }
        let name = label.unwrap_or_else(|| format!("member {}", index + 1));
        if let Some(fault) = name_fault(&name) {
            self.archive_problem(Some(name.clone()), format!("the member's name {fault}"));
        }
        if !self.names.insert(name.to_lowercase()) {
            return self.archive_problem(Some(name), "two members have this name; which of them is deployed depends on the tool".to_owned());
        }
        if member.is_symlink() {
            return self.archive_problem(Some(name), "the member is a symbolic link".to_owned());
        }
        if is_known(&name) {
            self.unpack(member, name);
        }
    }

    fn unpack<R: Read + std::io::Seek>(&mut self, member: ZipFile<'_, R>, name: String) {
        let (packed, declared) = (member.compressed_size().max(1), member.size());
        let limit = self.limits.member_bytes.min(self.limits.archive_bytes.saturating_sub(self.unpacked));
        if declared > limit {
            return self.too_large(name);
        }
        if declared > RATIO_MATTERS_ABOVE && declared / packed > self.limits.ratio {
            let message = format!("the member unpacks to more than {} times its size, so it was not read", self.limits.ratio);
            return self.limit_problem(Some(name), message, "ratio=NUMBER");
        }
        let mut content = Vec::with_capacity(usize::try_from(declared).unwrap_or(0));
        if let Err(error) = member.take(limit + 1).read_to_end(&mut content) {
            return self.archive_problem(Some(name), format!("the member is damaged: {error}"));
        }
        if content.len() as u64 > limit {
            return self.too_large(name);
        }
        self.unpacked += content.len() as u64;
        let reference = FileRef { file: self.file.display.clone(), member: Some(name) };
        self.loaded.add_text(reference, self.file.requested, content);
    }

    fn too_large(&mut self, name: String) {
        let message = format!(
            "the member is larger than the limit of {} bytes for one member or {} for all, so it was not read",
            self.limits.member_bytes, self.limits.archive_bytes
        );
        self.limit_problem(Some(name), message, "member-size=BYTES` or `--limit archive-size=BYTES");
    }

    fn limit_problem(&mut self, member: Option<String>, message: String, option: &str) {
        self.problem(member, ProblemKind::Limit, message, &format!("raise the limit with `--limit {option}`"));
    }

    fn archive_problem(&mut self, member: Option<String>, message: String) {
        self.problem(member, ProblemKind::Archive, message, REBUILD);
    }

    fn problem(&mut self, member: Option<String>, kind: ProblemKind, message: String, help: &str) {
        let file = FileRef { file: self.file.display.clone(), member };
        self.loaded.problem(file, self.file.requested, kind, message, help);
    }
}

/// Packages, parts, connection managers, parameters and the manifest; anything else in an archive is not deployed.
fn is_known(name: &str) -> bool {
    const EXTENSIONS: [&str; 4] = [".dtsx", ".dtsxp", ".conmgr", ".params"];
    let lower = name.to_ascii_lowercase();
    lower == MANIFEST.to_ascii_lowercase() || EXTENSIONS.iter().any(|extension| lower.ends_with(extension))
}

/// Undoes the percent encoding of part names: `Flat%20File.conmgr`.
fn decode_name(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = tail.get(..2).and_then(|digits| std::str::from_utf8(digits).ok()).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match code.filter(|_| *first == b'%') {
            Some(code) => {
                bytes.push(code);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| name.to_owned())
}

/// What is wrong with a member's name; members stand at the root of the archive.
fn name_fault(name: &str) -> Option<&'static str> {
    if name.contains('\0') || name.chars().any(char::is_control) {
        Some("holds control characters")
    } else if name.split(['/', '\\']).any(|part| part == "..") {
        Some("leads out of the archive (`..`)")
    } else if name.starts_with(['/', '\\']) || name.as_bytes().get(1) == Some(&b':') {
        Some("is an absolute path")
    } else if name.contains(['/', '\\']) {
        Some("holds a folder, and SSIS keeps all members at the root")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_decoded_as_utf_8() {
        assert_eq!(decode_name("Flat%20File%C3%A7.conmgr"), "Flat Fileç.conmgr");
        assert_eq!(decode_name("50%.dtsx"), "50%.dtsx");
        assert_eq!(decode_name("%FF.dtsx"), "%FF.dtsx");
    }

    #[test]
    fn names_that_lead_elsewhere_are_faults() {
        for name in ["../x.dtsx", "a\\..\\x.dtsx", "/x.dtsx", "C:x.dtsx", "a/x.dtsx", "a\nb.dtsx"] {
            assert!(name_fault(name).is_some(), "{name}");
        }
        assert_eq!(name_fault("XmlToJson(v1.0).dtsx"), None);
    }
}
