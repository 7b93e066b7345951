//! What a project file lists, read as cheaply as finding its files allows.
//!
//! Only the few tags that name files are looked at. Whether the file is XML at all is seen when its document is read: then a broken one is reported, and
//! its project is not taken for complete.

use std::borrow::Cow;
use std::io::Read;
use std::path::Path;

use quick_xml::events::Event;
use quick_xml::{Reader, XmlVersion, escape};

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
        let Ok(bytes) = read(path) else { return Self::default() };
        let mut listing = Self::of_text(&source::head(&bytes));
        listing.complete &= (bytes.len() as u64) < MAX_BYTES;
        listing
    }

    fn of_text(text: &str) -> Self {
        let mut scanner = Scanner { rest: text, holders: 0 };
        let files: Vec<String> = std::iter::from_fn(|| scanner.next_name()).filter_map(|name| relative(&name)).take(MAX_FILES).collect();
        Self { complete: files.len() < MAX_FILES, files }
    }
}

fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let file = std::fs::File::open(path)?;
    let mut bytes = Vec::with_capacity(file.metadata().map_or(0, |metadata| metadata.len().min(MAX_BYTES) as usize + 1));
    file.take(MAX_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Relative paths only: a project has no business with a file on another drive.
fn relative(name: &str) -> Option<String> {
    let name = name.trim().replace('\\', "/");
    let absolute = name.starts_with('/') || name.contains([':', '\0']);
    (!absolute && !name.is_empty()).then_some(name)
}

/// Goes from tag to tag. `SSIS:Package` and `SSIS:ConnectionManager` carry a file's name in an attribute, `DtsPackage/FullPath` and
/// `ControlFlowParts//FullPath` as text.
struct Scanner<'t> {
    /// What is still to be read.
    rest: &'t str,
    /// Number of open elements whose `FullPath` counts.
    holders: usize,
}

impl<'t> Scanner<'t> {
    /// The next name of a file; none at the end.
    fn next_name(&mut self) -> Option<Cow<'t, str>> {
        loop {
            let tag = self.rest.get(memchr::memchr(b'<', self.rest.as_bytes())?..)?;
            self.rest = tag.get(1..)?;
            if !may_matter(self.rest) {
                continue;
            }
            let found = match tag_name(self.rest) {
                "SSIS:Package" | "SSIS:ConnectionManager" => name_attribute(tag),
                "FullPath" if self.holders > 0 => text_of(tag),
                "DtsPackage" | "ControlFlowParts" => self.open(),
                "/DtsPackage" | "/ControlFlowParts" => self.close(),
                name => self.skip_literal(name),
            };
            if found.is_some() {
                return found;
            }
        }
    }

    fn open(&mut self) -> Option<Cow<'t, str>> {
        let end = memchr::memchr(b'>', self.rest.as_bytes())?;
        self.holders += usize::from(!self.rest.get(..end)?.ends_with('/'));
        None
    }

    fn close(&mut self) -> Option<Cow<'t, str>> {
        self.holders = self.holders.saturating_sub(1);
        None
    }

    /// In comments and CDATA a `<` begins no tag.
    fn skip_literal(&mut self, name: &str) -> Option<Cow<'t, str>> {
        let end = match name {
            _ if name.starts_with("!--") => "-->",
            _ if name.starts_with("![CDATA[") => "]]>",
            _ => return None,
        };
        self.rest = self.rest.split_once(end).map_or("", |(_, behind)| behind);
        None
    }
}

/// Whether what follows a `<` may be one of the few tags; of most, two bytes tell.
fn may_matter(tag: &str) -> bool {
    match tag.as_bytes() {
        [b'S', _, _, _, _, b'P', ..] => tag.starts_with("SSIS:Package"),
        [b'S', _, _, _, _, b'C', ..] => tag.starts_with("SSIS:ConnectionManager"),
        [b'/', next, ..] => matches!(next, b'D' | b'C'),
        [first, ..] => matches!(first, b'F' | b'D' | b'C' | b'!'),
        [] => false,
    }
}

/// The name behind a `<`, with the `/` of an end tag.
fn tag_name(tag: &str) -> &str {
    let end = tag.bytes().skip(1).position(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'/' | b'>' | b'<'));
    end.and_then(|end| tag.get(..=end)).unwrap_or(tag)
}

fn name_attribute(tag: &str) -> Option<Cow<'_, str>> {
    let (Event::Start(start) | Event::Empty(start)) = Reader::from_str(tag).read_event().ok()? else { return None };
    let name = start.try_get_attribute("SSIS:Name").ok()??;
    Some(Cow::Owned(name.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned()))
}

fn text_of(tag: &str) -> Option<Cow<'_, str>> {
    let (_, behind) = tag.split_once('>')?;
    let (text, end) = behind.split_once('<')?;
    end.starts_with("/FullPath").then(|| escape::unescape(text).ok())?
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
    fn comments_and_cdata_list_nothing() {
        let text = "<a><!-- <DtsPackage><FullPath>A.dtsx</FullPath> --><DtsPackage/><![CDATA[<DtsPackage>]]><FullPath>B.dtsx</FullPath></a>";
        assert_eq!(Listing::of_text(text).files, [""; 0]);
    }

    #[test]
    fn a_broken_list_is_read_as_far_as_it_goes() {
        for text in ["", "text", "<", "<a><b", "<DtsPackage", "<DtsPackage><FullPath>A", "<SSIS:Package SSIS:Name=", "<!--", "<DtsPackage><FullPath>é<é"] {
            assert_eq!(Listing::of_text(text).files, [""; 0], "{text}");
        }
    }
}
