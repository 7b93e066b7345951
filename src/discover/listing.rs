//! What a `.dtproj` lists, read without its model: enough to know which files belong to it.

use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Project files above this size list nothing here; they are still read with their own limits.
const MAX_BYTES: u64 = 64 << 20;

/// Paths of the files that a project lists, below its folder or relative to it. Empty when it cannot be read: reading it later says why.
pub(super) fn listed_files(project: &Path) -> Vec<PathBuf> {
    let mut bytes = Vec::new();
    let read = File::open(project).and_then(|file| file.take(MAX_BYTES).read_to_end(&mut bytes));
    let folder = project.parent().unwrap_or(Path::new(""));
    match read {
        Ok(_) => names(&text(bytes)).iter().filter_map(|name| resolve(folder, name)).collect(),
        Err(_) => Vec::new(),
    }
}

/// Bytes that are no UTF-8 cost a copy.
fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// `SSIS:Package` and `SSIS:ConnectionManager` by their name, packages of the old model and parts by `FullPath`.
fn names(text: &str) -> Vec<String> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut names = Vec::new();
    let mut in_path = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                let local = tag.local_name();
                let local: &str = local.as_ref();
                in_path = local == "FullPath";
                if matches!(local, "Package" | "ConnectionManager") {
                    names.extend(name_attribute(&tag));
                }
            }
            Ok(Event::Text(text)) if in_path => names.push(text.to_string()),
            Ok(Event::End(_)) => in_path = false,
            Ok(Event::Eof) | Err(_) => return names,
            Ok(_) => {}
        }
    }
}

fn name_attribute(tag: &BytesStart<'_>) -> Option<String> {
    let attribute = tag.attributes().flatten().find(|attribute| {
        let local = attribute.key.local_name();
        let local: &str = local.as_ref();
        local == "Name"
    })?;
    quick_xml::escape::unescape(&attribute.value).ok().map(|value| value.into_owned())
}

/// A listed path seen from the project's folder, `..` folded. Absolute paths are of another machine.
fn resolve(folder: &Path, name: &str) -> Option<PathBuf> {
    let name = name.trim().replace('\\', "/");
    if name.is_empty() || name.starts_with('/') || name.as_bytes().get(1) == Some(&b':') {
        return None;
    }
    let mut path = folder.to_owned();
    for part in Path::new(&name).components() {
        match part {
            Component::Normal(part) => path.push(part),
            Component::ParentDir => {
                let _ = path.pop();
            }
            _ => {}
        }
    }
    Some(path)
}
