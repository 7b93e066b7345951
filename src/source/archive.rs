//! The `.ispac` archive: a zip whose members are read into memory and never written anywhere.

use std::io::{Cursor, Read};

use zip::read::ZipFileEntry;
use zip::{CompressionMethod, ZipArchive, ZipReadOptions};

use super::member::{self, Labels};
use super::{Limits, Loaded, Problem, ProblemKind, Source, decode};
use crate::discover::FileKind;
use crate::finding::FileRef;

/// Entries that a zip can have without the ZIP64 extension.
const PLAIN_ENTRIES: u64 = 0xffff;
/// How many times its packed size a package hardly ever has.
const USUAL_RATIO: u64 = 32;
const REBUILD: &str = "Build the project again and deploy the new .ispac; do not deploy this one.";

/// Reads every member of a known kind. A bad member never stops the others.
pub(super) fn load(file: &str, requested: bool, bytes: &[u8], limits: &Limits) -> Loaded {
    let mut reader = Reader { file, requested, limits, unpacked: 0, labels: Labels::default(), loaded: Loaded::default() };
    // The index of a zip is built before its entries can be counted, so count the records of one that may be huge.
    if memchr::memmem::find_iter(bytes, b"PK\x01\x02").count() as u64 > limits.members.max(PLAIN_ENTRIES) {
        reader.too_many();
        return reader.loaded;
    }
    match ZipArchive::new(Cursor::new(bytes)) {
        Ok(archive) if archive.len() as u64 > limits.members => reader.too_many(),
        Ok(archive) => reader.archive(archive),
        Err(error) => reader.suspicious(None, format!("the file is not a readable zip archive: {error}")),
    }
    reader.loaded
}

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

struct Reader<'a> {
    file: &'a str,
    requested: bool,
    limits: &'a Limits,
    /// Bytes unpacked so far.
    unpacked: u64,
    labels: Labels,
    loaded: Loaded,
}

impl Reader<'_> {
    fn archive(&mut self, mut archive: Archive<'_>) {
        if archive.has_duplicate_names() {
            self.suspicious(None, "several members have the same name, and only the last of them can be read".into());
        }
        if overlapping(&mut archive) {
            self.suspicious(None, "members of the archive overlap".into());
        }
        let mut manifest = false;
        for index in 0..archive.len() {
            manifest |= self.entry(&mut archive, index) == Some(FileKind::Project);
        }
        if !manifest {
            self.suspicious(None, "the archive has no @Project.manifest, so it is not an SSIS project".into());
        }
    }

    /// Reads one entry, and gives its kind when it is one of ours.
    fn entry(&mut self, archive: &mut Archive<'_>, index: usize) -> Option<FileKind> {
        let entry = archive.by_index_data(index).ok()?;
        if entry.is_dir() {
            return None;
        }
        let raw = entry.name().map_or_else(|_| String::from_utf8_lossy(entry.name_raw()).into_owned(), std::borrow::Cow::into_owned);
        let name = member::decoded(&raw);
        let (label, duplicate) = self.labels.take(member::label(&name));
        if let Some(reason) = member::suspicion(&name).or_else(|| member::suspicion(&raw)) {
            self.suspicious(Some(&label), format!("the name of this member {reason}; other tools may write it outside their folder"));
        }
        if duplicate {
            self.suspicious(Some(&label), "another member has the same name once case and percent-encoding are set aside".into());
        }
        let kind = FileKind::of_member(&name)?;
        match self.refusal(&entry, &label) {
            Some(problem) => self.loaded.problems.push(problem),
            None => self.member(archive, index, kind, &label),
        }
        Some(kind)
    }

    /// Why a member is not unpacked, as far as the archive's index tells.
    fn refusal(&self, entry: &ZipFileEntry<'_>, label: &str) -> Option<Problem> {
        let archive = |message: &str| Some(self.problem(Some(label), ProblemKind::Archive, message.into(), REBUILD));
        if entry.is_symlink() {
            return archive("the member is a symbolic link, which no SSIS project holds");
        }
        if entry.encrypted() {
            return archive("the member is encrypted by the zip format; SSIS cannot read it");
        }
        if !matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
            return archive("the member is compressed by a method that SSIS does not use");
        }
        self.oversize(label, entry.size(), entry.compressed_size())
    }

    /// The limit that a member of this size breaks.
    fn oversize(&self, label: &str, size: u64, packed: u64) -> Option<Problem> {
        let exceeded = |message: String, name| Some(Limits::exceeded(self.name(Some(label)), self.requested, message, name));
        let limits = self.limits;
        if size > limits.member_bytes {
            return exceeded(format!("the member unpacks to more than {} bytes", limits.member_bytes), "member-size");
        }
        if size > Limits::RATIO_FLOOR && size / packed.max(1) > limits.ratio {
            return exceeded(format!("the member unpacks to more than {} times its size, as a decompression bomb does", limits.ratio), "ratio");
        }
        if size > limits.archive_bytes.saturating_sub(self.unpacked) {
            return exceeded(format!("the members unpack to more than {} bytes together", limits.archive_bytes), "archive-size");
        }
        None
    }

    fn member(&mut self, archive: &mut Archive<'_>, index: usize, kind: FileKind, label: &str) {
        let allowed = self.limits.member_bytes.min(self.limits.archive_bytes.saturating_sub(self.unpacked));
        let unpacked = match unpack(archive, index, allowed) {
            Ok(unpacked) => unpacked,
            Err(error) => return self.suspicious(Some(label), format!("the member cannot be unpacked: {error}")),
        };
        let size = unpacked.bytes.len() as u64;
        if let Some(problem) = self.oversize(label, size, unpacked.packed) {
            return self.loaded.problems.push(problem);
        }
        self.unpacked = self.unpacked.saturating_add(size);
        if size != unpacked.declared {
            self.suspicious(Some(label), format!("the archive declares {} bytes for the member, which has {size}", unpacked.declared));
        }
        let (file, requested) = (self.name(Some(label)), self.requested);
        match decode::decode(unpacked.bytes) {
            Ok(text) => self.loaded.sources.push(Source { file, requested, kind, text }),
            Err(error) => self.loaded.problems.push(error.problem(file, requested)),
        }
    }

    fn too_many(&mut self) {
        let message = format!("the archive has more than {} members", self.limits.members);
        self.loaded.problems.push(Limits::exceeded(self.name(None), self.requested, message, "members"));
    }

    fn suspicious(&mut self, label: Option<&str>, message: String) {
        let problem = self.problem(label, ProblemKind::Archive, message, REBUILD);
        self.loaded.problems.push(problem);
    }

    fn problem(&self, label: Option<&str>, kind: ProblemKind, message: String, help: &str) -> Problem {
        Problem { file: self.name(label), requested: self.requested, kind, message, help: help.into() }
    }

    fn name(&self, label: Option<&str>) -> FileRef {
        FileRef { file: self.file.to_owned(), member: label.map(str::to_owned) }
    }
}

struct Unpacked {
    bytes: Vec<u8>,
    /// Size that the archive's index declares.
    declared: u64,
    /// Size in the archive.
    packed: u64,
}

/// Unpacks a member, up to one byte more than is allowed. The checksum is verified by the zip crate.
fn unpack(archive: &mut Archive<'_>, index: usize, allowed: u64) -> Result<Unpacked, String> {
    let entry = archive.by_index_with_options(index, ZipReadOptions::new()).map_err(|error| error.to_string())?;
    let (declared, packed) = (entry.size(), entry.compressed_size());
    // The declared size may lie, so it decides over the first allocation only, and within what XML gets smaller by.
    let expected = declared.min(packed.saturating_mul(USUAL_RATIO)).min(Limits::RATIO_FLOOR);
    let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or_default());
    entry.take(allowed.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    Ok(Unpacked { bytes, declared, packed })
}

/// Whether two members share bytes. A member without a readable header shares nothing; unpacking it reports the fault.
fn overlapping(archive: &mut Archive<'_>) -> bool {
    let end = archive.central_directory_start();
    let mut ranges: Vec<(u64, u64)> = (0..archive.len()).filter_map(|index| range(archive, index)).collect();
    ranges.sort_unstable();
    ranges.iter().any(|(_, last)| *last > end) || ranges.windows(2).any(|pair| matches!(pair, [(_, last), (next, _)] if last > next))
}

fn range(archive: &mut Archive<'_>, index: usize) -> Option<(u64, u64)> {
    let entry = archive.by_index_raw(index).ok()?;
    Some((entry.header_start(), entry.data_start()?.checked_add(entry.compressed_size())?))
}

#[cfg(test)]
#[path = "archive_tests.rs"]
mod tests;
