//! What the XML formats share. quick-xml escapes markup; [`escape::line`](super::escape::line) has replaced what XML 1.0 forbids before.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::escape::line;

/// An XML document on its way out.
pub(super) struct Xml<'o>(Writer<&'o mut dyn Write>);

impl<'o> Xml<'o> {
    /// Begins a document.
    pub(super) fn new(out: &'o mut dyn Write) -> io::Result<Self> {
        let mut writer = Writer::new_with_indent(out, b' ', 2);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        Ok(Self(writer))
    }

    /// Opens an element.
    pub(super) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.0.write_event(Event::Start(element(name, attributes)))
    }

    /// Closes the element of that name.
    pub(super) fn close(&mut self, name: &str) -> io::Result<()> {
        self.0.write_event(Event::End(BytesEnd::new(name)))
    }

    /// Writes an element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.0.write_event(Event::Empty(element(name, attributes)))
    }

    /// Writes an element that holds lines of text.
    pub(super) fn text(&mut self, name: &str, attributes: &[(&str, &str)], lines: &[String]) -> io::Result<()> {
        let lines: Vec<String> = lines.iter().map(|text| legal(text)).collect();
        self.open(name, attributes)?;
        self.0.write_event(Event::Text(BytesText::new(&lines.join("\n"))))?;
        self.close(name)
    }

    /// Ends the document with a line break.
    pub(super) fn finish(self) -> io::Result<()> {
        writeln!(self.0.into_inner())
    }
}

fn element<'e>(name: &'e str, attributes: &[(&str, &str)]) -> BytesStart<'e> {
    let mut element = BytesStart::new(name);
    for (key, value) in attributes {
        element.push_attribute((*key, legal(value).as_str()));
    }
    element
}

/// Harmless on a line, and without the two characters that are neither controls nor allowed in XML 1.0.
fn legal(text: &str) -> String {
    line(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_text_is_well_formed(text in "(\\PC|\\x{0}|\\x{1b}|\\x{fffe}|\\x{ffff}|\\x{85}|[\r\n\t]|\\]\\]>|&#0;|\")*") {
            let mut bytes = Vec::new();
            let mut xml = Xml::new(&mut bytes)?;
            xml.text("a", &[("b", &text)], std::slice::from_ref(&text))?;
            xml.finish()?;
            let read = roxmltree::Document::parse(std::str::from_utf8(&bytes)?)?;
            let element = read.root_element();
            let expected = legal(&text);
            prop_assert_eq!(element.attribute("b"), Some(expected.as_str()));
            prop_assert_eq!(element.text().unwrap_or_default(), expected);
        }
    }
}
