//! How much is read before reading stops.

use super::{Problem, ProblemKind};
use crate::finding::FileRef;

const MIB: u64 = 1 << 20;

/// Bounds on what is read. Each has the name by which `--limit NAME=VALUE` changes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// `file-size`: bytes of one file on disk.
    pub file_bytes: u64,
    /// `member-size`: unpacked bytes of one member of an archive.
    pub member_bytes: u64,
    /// `archive-size`: unpacked bytes of all members of one archive together.
    pub archive_bytes: u64,
    /// `ratio`: unpacked bytes per packed byte of one member; applied above [`Limits::RATIO_FLOOR`] only.
    pub ratio: u64,
    /// `members`: entries of one archive.
    pub members: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { file_bytes: 256 * MIB, member_bytes: 256 * MIB, archive_bytes: 1024 * MIB, ratio: 1000, members: 10_000 }
    }
}

/// A `NAME=VALUE` that names no limit, or holds no usable number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LimitError {
    /// No limit has this name.
    #[error("unknown limit `{0}`; known here: {known}", known = Limits::NAMES.join(", "))]
    Unknown(String),
    /// Not a whole number from 1 up to the highest allowed.
    #[error("limit `{name}` takes a whole number from 1 to {max}")]
    Value {
        /// The limit.
        name: &'static str,
        /// The highest allowed value.
        max: u64,
    },
}

impl Limits {
    /// Names of all limits, in the order of the fields.
    pub const NAMES: [&'static str; 5] = ["file-size", "member-size", "archive-size", "ratio", "members"];

    /// Members that unpack to no more than this many bytes may be packed as tightly as they like: an empty layout compresses very well.
    pub const RATIO_FLOOR: u64 = 8 * MIB;

    /// Sets the limit called `name`.
    ///
    /// # Errors
    /// When there is no such limit, when the value is not a number, is 0, or when a document could outgrow the 32 bits of a span.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), LimitError> {
        let known = Self::NAMES.into_iter().find(|known| *known == name).ok_or_else(|| LimitError::Unknown(name.to_owned()))?;
        let (field, max) = match known {
            "file-size" => (&mut self.file_bytes, Self::MAX_TEXT),
            "member-size" => (&mut self.member_bytes, Self::MAX_TEXT),
            "archive-size" => (&mut self.archive_bytes, u64::MAX),
            "ratio" => (&mut self.ratio, u64::MAX),
            _ => (&mut self.members, u64::MAX),
        };
        *field = value.parse().ok().filter(|number| (1..=max).contains(number)).ok_or(LimitError::Value { name: known, max })?;
        Ok(())
    }

    /// The longest text, in bytes: offsets are 32 bits wide.
    pub(super) const MAX_TEXT: u64 = u32::MAX as u64 - 1;

    /// The problem of a file beyond the limit called `name`.
    pub(super) fn exceeded(file: FileRef, requested: bool, message: String, name: &str) -> Problem {
        let help = format!("If the file is meant to be that large, raise the limit with --limit {name}=VALUE.");
        Problem { file, requested, kind: ProblemKind::Limit, message, help }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_sets_its_own_field() {
        let mut limits = Limits::default();
        for (value, name) in (1u64..).zip(Limits::NAMES) {
            limits.set(name, &value.to_string()).expect("a known name");
        }
        assert_eq!(limits, Limits { file_bytes: 1, member_bytes: 2, archive_bytes: 3, ratio: 4, members: 5 });
    }

    #[test]
    fn bad_names_and_values_are_refused() {
        let mut limits = Limits::default();
        assert_eq!(limits.set("depth", "3"), Err(LimitError::Unknown("depth".into())));
        for value in ["", "0", "-1", "many", "4294967295"] {
            assert!(limits.set("file-size", value).is_err(), "{value}");
        }
        assert_eq!(limits, Limits::default());
    }
}
