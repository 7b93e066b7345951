//! All limits on the sizes of what is read.

/// How much is read at most. Each is raised by `--limit NAME=VALUE`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// `file-size`: bytes of a file on disk.
    pub file_bytes: u64,
    /// `member-size`: bytes of an archive's member, unpacked.
    pub member_bytes: u64,
    /// `archive-size`: bytes of all members of an archive, unpacked.
    pub archive_bytes: u64,
    /// `ratio`: unpacked bytes for each packed one, of members above one MiB.
    pub ratio: u64,
    /// `members`: entries of an archive.
    pub members: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { file_bytes: 256 << 20, member_bytes: 256 << 20, archive_bytes: 1 << 30, ratio: 1000, members: 10_000 }
    }
}
