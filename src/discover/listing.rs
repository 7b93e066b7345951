//! What a project file lists, read as cheaply as finding its files allows.

use std::io::Read;
use std::path::Path;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::source;

/// Bytes of a project file that are read here; the largest one seen has 1.5 MB.
const MAX_BYTES: u64 = 64 << 20;
/// Files that are looked up for one project.
const MAX_FILES: usize = 10_000;

/// The files of a project, as relative paths with `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Listing {
    /// In the order of the project file.
    pub(super) files: Vec<String>,
    /// Whether the whole list was read.
    pub(super) complete: bool,
}

impl Listing {
    /// Reads a project file; what cannot be read is reported when the file is loaded.
    pub(super) fn of_file(path: &Path) -> Self {
        let mut bytes = Vec::new();
        let read = std::fs::File::open(path).and_then(|file| file.take(MAX_BYTES).read_to_end(&mut bytes));
        if read.is_ok() { Self::of_text(&source::head(&bytes)) } else { Self::default() }
    }

    fn of_text(text: &str) -> Self {
        let mut listing = Self::default();
        let mut reader = Reader::from_str(text);
        let mut state = State::default();
        while listing.files.len() < MAX_FILES {
            match reader.read_event() {
                Ok(Event::Start(start)) => {
                    listing.element(&start);
                    state.open(start.name().as_ref());
                }
                Ok(Event::Empty(start)) => listing.element(&start),
                Ok(Event::Text(content)) => state.text.push_str(&content.into_inner()),
                Ok(Event::GeneralRef(reference)) => state.reference(&reference),
                Ok(Event::End(end)) => listing.add(state.close(end.name().as_ref())),
                Ok(Event::Eof) => {
                    listing.complete = state.depth == 0 && state.opened;
                    break;
                }
                Ok(_) => {}
                Err(_) => break,
            }
        }
        listing
    }

    /// `SSIS:Package` and `SSIS:ConnectionManager` carry the file's name in an attribute.
    fn element(&mut self, start: &BytesStart<'_>) {
        if matches!(start.name().as_ref(), "SSIS:Package" | "SSIS:ConnectionManager") {
            let name = start.try_get_attribute("SSIS:Name").ok().flatten();
            self.add(name.and_then(|name| name.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)));
        }
    }

    /// Keeps relative paths only: a project has no business with a file on another drive.
    fn add(&mut self, name: Option<String>) {
        let Some(name) = name.map(|name| name.trim().replace('\\', "/")) else { return };
        let absolute = name.starts_with('/') || name.contains([':', '\0']);
        if !absolute && !name.is_empty() {
            self.files.push(name);
        }
    }
}

/// Where reading stands: `DtsPackage/FullPath` and `ControlFlowParts//FullPath` carry a file's name as text.
#[derive(Default)]
struct State {
    depth: usize,
    /// Whether any element was seen.
    opened: bool,
    /// Number of open elements whose `FullPath` counts.
    holders: usize,
    /// Text since the last start or end of an element.
    text: String,
}

impl State {
    fn open(&mut self, name: &str) {
        self.depth += 1;
        self.opened = true;
        self.holders += usize::from(Self::holds(name));
        self.text.clear();
    }

    fn close(&mut self, name: &str) -> Option<String> {
        self.depth = self.depth.saturating_sub(1);
        self.holders = self.holders.saturating_sub(usize::from(Self::holds(name)));
        let is_path = name == "FullPath" && self.holders > 0;
        let text = is_path.then(|| std::mem::take(&mut self.text));
        self.text.clear();
        text
    }

    fn holds(name: &str) -> bool {
        matches!(name, "DtsPackage" | "ControlFlowParts")
    }

    fn reference(&mut self, reference: &BytesRef<'_>) {
        match reference.resolve_char_ref() {
            Ok(Some(character)) => self.text.push(character),
            _ => self.text.push_str(quick_xml::escape::resolve_predefined_entity(reference).unwrap_or_default()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_places_of_names_are_read() {
        let text = r#"<Project><SSIS:Packages><SSIS:Package SSIS:Name="A &amp; B.dtsx" SSIS:EntryPoint="1"/></SSIS:Packages>
            <SSIS:ConnectionManagers><SSIS:ConnectionManager SSIS:Name="DW.conmgr"></SSIS:ConnectionManager></SSIS:ConnectionManagers>
            <DTSPackages><DtsPackage><Name>C</Name><FullPath> Sub\C &amp; &#68;.dtsx
            </FullPath></DtsPackage></DTSPackages>
            <ControlFlowParts><ProjectItem><Name>n</Name><FullPath>P.dtsxp</FullPath></ProjectItem></ControlFlowParts>
            <Miscellaneous><ProjectItem><FullPath>notes.txt</FullPath></ProjectItem></Miscellaneous></Project>"#
            .replace("\\\\", "\\");
        let listing = Listing::of_text(&text);
        assert_eq!(listing.files, ["A & B.dtsx", "DW.conmgr", "Sub/C & D.dtsx", "P.dtsxp"]);
        assert!(listing.complete);
    }

    #[test]
    fn absolute_paths_are_left_out() {
        for name in ["/etc/x.dtsx", "C:\\x.dtsx", "\\\\server\\x.dtsx", " "] {
            let text = format!("<a><DtsPackage><FullPath>{name}</FullPath></DtsPackage></a>");
            assert_eq!(Listing::of_text(&text).files, [""; 0], "{name}");
        }
    }

    #[test]
    fn a_broken_list_is_not_complete() {
        for text in ["", "text", "<a><b>", "<a></b>", "<a b=></a><"] {
            assert!(!Listing::of_text(text).complete, "{text}");
        }
    }
}
