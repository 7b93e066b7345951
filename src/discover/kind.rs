//! Kinds of files, by name and by content.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::source;

/// What a file is expected to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// `.dtsx`.
    Package,
    /// `.dtsxp`: a control-flow part.
    Part,
    /// `.ispac`.
    Archive,
    /// `.dtproj`, `@Project.manifest`.
    Project,
    /// `.conmgr`.
    ConnectionManager,
    /// `.params`.
    Parameters,
    /// `.dtsConfig`, or an `.xml` with its root.
    Configuration,
}

/// Bytes at the start of a file in which its root element must begin to be recognized.
const HEAD: u64 = 4096;

impl FileKind {
    /// The kind that a file's extension tells.
    #[must_use]
    pub fn of_name(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match extension.as_str() {
            "dtsx" => Self::Package,
            "dtsxp" => Self::Part,
            "ispac" => Self::Archive,
            "dtproj" => Self::Project,
            "conmgr" => Self::ConnectionManager,
            "params" => Self::Parameters,
            "dtsconfig" => Self::Configuration,
            _ => return None,
        })
    }

    /// The kind of an archive's member; none for what the runtime does not read.
    #[must_use]
    pub fn of_member(name: &str) -> Option<Self> {
        if name.eq_ignore_ascii_case("@Project.manifest") {
            return Some(Self::Project);
        }
        // The name may hold `\`, which is no separator here; only what follows the last dot counts.
        let (_, extension) = name.rsplit_once('.')?;
        let kind = Self::of_name(Path::new(&format!("x.{extension}")))?;
        matches!(kind, Self::Package | Self::Part | Self::ConnectionManager | Self::Parameters).then_some(kind)
    }

    /// The kind that a file's first bytes tell.
    #[must_use]
    pub fn of_content(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"PK\x03\x04") {
            return Some(Self::Archive);
        }
        Some(match root(&source::head(bytes))? {
            "DTS:Executable" => Self::Package,
            "DTS:ConnectionManager" => Self::ConnectionManager,
            "SSIS:Project" => Self::Project,
            "SSIS:Parameters" => Self::Parameters,
            "DTSConfiguration" => Self::Configuration,
            _ => return None,
        })
    }

    /// The kind by name and, for an `.xml`, by its root element. An `.xml` that cannot be opened is taken for none of ours.
    pub(super) fn in_folder(path: &Path) -> Option<Self> {
        let is_xml = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xml"));
        if !is_xml {
            return Self::of_name(path);
        }
        Self::of_file(path).ok().flatten().filter(|kind| *kind == Self::Configuration)
    }

    /// The kind of an existing regular file by its content.
    pub(super) fn of_file(path: &Path) -> io::Result<Option<Self>> {
        let mut bytes = Vec::new();
        File::open(path)?.take(HEAD).read_to_end(&mut bytes)?;
        Ok(Self::of_content(&bytes))
    }
}

/// Name of the root element, behind declarations, comments and white space.
fn root(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    loop {
        let (skipped, end) = match rest {
            _ if rest.starts_with("<!--") => (4, "-->"),
            _ if rest.starts_with("<?") => (2, "?>"),
            _ if rest.starts_with("<!") => (2, ">"),
            _ => break,
        };
        rest = rest.get(skipped..)?.split_once(end)?.1.trim_start();
    }
    rest.strip_prefix('<')?.split([' ', '\t', '\r', '\n', '/', '>']).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_kind_without_regard_to_case() {
        for (name, kind) in [("a.DTSX", FileKind::Package), ("b.dtsConfig", FileKind::Configuration), ("Project.params", FileKind::Parameters)] {
            assert_eq!(FileKind::of_name(Path::new(name)), Some(kind));
        }
        for name in ["x.dtproj.user", "x.xml", "dtsx", "x.dtsx.bak"] {
            assert_eq!(FileKind::of_name(Path::new(name)), None, "{name}");
        }
        assert_eq!(FileKind::of_member("@project.Manifest"), Some(FileKind::Project));
        assert_eq!(FileKind::of_member("[Content_Types].xml"), None);
        assert_eq!(FileKind::of_member("nested.ispac"), None);
    }

    #[test]
    fn content_tells_the_kind() {
        let package = "\u{feff}<?xml version=\"1.0\"?>\r\n<!-- <DTSConfiguration> -->\n<DTS:Executable\r\n x=\"\">";
        assert_eq!(FileKind::of_content(package.as_bytes()), Some(FileKind::Package));
        let utf16: Vec<u8> = "<DTSConfiguration>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(FileKind::of_content(&utf16), Some(FileKind::Configuration));
        assert_eq!(FileKind::of_content(b"PK\x03\x04"), Some(FileKind::Archive));
        for other in ["", "<", "<!--", "<Project/>", "text DTS:Executable"] {
            assert_eq!(FileKind::of_content(other.as_bytes()), None, "{other}");
        }
    }
}
