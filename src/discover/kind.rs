//! What a file is, by its name or, for named files of other names, by its first bytes.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Kinds of files that SSIS reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// `.dtsx`
    Package,
    /// `.dtsxp`, a control-flow part.
    Part,
    /// `.ispac`
    Archive,
    /// `.dtproj`
    Project,
    /// `.conmgr`
    ConnectionManager,
    /// `.params`
    Parameters,
    /// `.dtsConfig`, or XML with its root element.
    Configuration,
}

/// The kind that a file's extension says.
pub(super) fn by_name(path: &Path) -> Option<FileKind> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    Some(match extension.as_str() {
        "dtsx" => FileKind::Package,
        "dtsxp" => FileKind::Part,
        "ispac" => FileKind::Archive,
        "dtproj" => FileKind::Project,
        "conmgr" => FileKind::ConnectionManager,
        "params" => FileKind::Parameters,
        "dtsconfig" => FileKind::Configuration,
        _ => return None,
    })
}

/// A configuration file that is called `.xml`. Files that cannot be opened are none: nobody named them.
pub(super) fn configuration_by_content(path: &Path) -> Option<FileKind> {
    let is_xml = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xml"));
    let head = is_xml.then(|| head(path).ok())??;
    contains(&head, "<DTSConfiguration").then_some(FileKind::Configuration)
}

/// The kind of a file that was named: by its extension, else by its beginning.
pub(super) fn of_named(path: &Path) -> io::Result<Option<FileKind>> {
    if let Some(kind) = by_name(path) {
        return Ok(Some(kind));
    }
    let head = head(path)?;
    if head.starts_with(b"PK\x03\x04") {
        return Ok(Some(FileKind::Archive));
    }
    const ROOTS: [(&str, FileKind); 6] = [
        ("<DTSConfiguration", FileKind::Configuration),
        ("Project.manifest", FileKind::Project),
        ("<DTS:Executable", FileKind::Package),
        ("<DTS:ConnectionManager", FileKind::ConnectionManager),
        ("<SSIS:Parameters", FileKind::Parameters),
        ("<SSIS:Project", FileKind::Project),
    ];
    Ok(ROOTS.iter().find(|(root, _)| contains(&head, root)).map(|(_, kind)| *kind))
}

fn head(path: &Path) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(4096);
    File::open(path)?.take(4096).read_to_end(&mut head)?;
    Ok(head)
}

/// Whether the bytes hold the text, in an 8-bit encoding or in UTF-16.
fn contains(bytes: &[u8], text: &str) -> bool {
    let wide: Vec<u8> = text.bytes().flat_map(|byte| [byte, 0]).collect();
    let found = |needle: &[u8]| memchr::memmem::find(bytes, needle).is_some();
    found(text.as_bytes()) || found(&wide) || found(&wide[..wide.len() - 1])
}
