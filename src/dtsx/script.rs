//! Script Tasks and Script Components.

use std::borrow::Cow;

use super::{NONE, object};
use crate::model::{Script, ScriptItem, Text};
use crate::xml::Element;

/// Reads the `ScriptProject` of a Script Task.
pub(super) fn read_task<'a>(project: Element<'_, 'a>) -> Script<'a> {
    let attribute = |name| project.attribute(NONE, name);
    Script {
        language: attribute("Language").map(|language| language.value()).unwrap_or_default(),
        vsta_version: attribute("VSTAMajorVersion").and_then(|version| version.value().trim().parse().ok()),
        read_only_variables: attribute("ReadOnlyVariables").map(object::attribute_text),
        read_write_variables: attribute("ReadWriteVariables").map(object::attribute_text),
        items: project.children_named(NONE, "ProjectItem").map(read_item).collect(),
        has_binary: project.children_named(NONE, "BinaryItem").any(|item| item.has_text()),
    }
}

fn read_item<'a>(item: Element<'_, 'a>) -> ScriptItem<'a> {
    ScriptItem { name: item.attribute(NONE, "Name").map(|name| name.value()).unwrap_or_default(), source: source(item) }
}

/// A source in a CDATA section keeps its line ends, and the white space that SQL Server 2005 and 2008 write around the section is none of it: so each place
/// in the source is one in the file.
fn source<'a>(element: Element<'_, 'a>) -> Text<'a> {
    element.cdata().map_or_else(|| object::element_text(element), |(value, span)| Text { value: value.into(), span })
}

/// Reads the script of a Script Component from its properties; none for other components.
///
/// `SourceCode` is an array: name, encoding, content since 2008; name, content in 2005.
pub(super) fn read_component<'a>(properties: &[Element<'_, 'a>]) -> Option<Script<'a>> {
    let find = |name: &str| properties.iter().copied().find(|property| property.attribute(NONE, "name").is_some_and(|candidate| candidate.value() == name));
    let source = find("SourceCode")?;
    let text = |name| find(name).map(object::element_text);
    Some(Script {
        language: text("ScriptLanguage").map(|language| language.value).unwrap_or_default(),
        vsta_version: text("VSTAMajorVersion").and_then(|version| version.value.trim().parse().ok()),
        read_only_variables: text("ReadOnlyVariables"),
        read_write_variables: text("ReadWriteVariables"),
        items: component_items(&array(source)),
        has_binary: find("BinaryCode").is_some_and(|binary| array(binary).iter().any(|element| element.value.len() > 64)),
    })
}

/// The elements of an array property.
pub(super) fn array<'a>(property: Element<'_, 'a>) -> Vec<Text<'a>> {
    property.children_named(NONE, "arrayElements").flat_map(|elements| elements.children_named(NONE, "arrayElement")).map(source).collect()
}

fn component_items<'a>(parts: &[Text<'a>]) -> Vec<ScriptItem<'a>> {
    let step = if parts.len().is_multiple_of(3) && is_encoding(parts.get(1)) { 3 } else { 2 };
    parts
        .chunks_exact(step)
        .map(|chunk| ScriptItem { name: chunk[0].value.clone(), source: chunk[step - 1].clone() })
        .filter(|item| !matches!(&item.name, Cow::Borrowed("")))
        .collect()
}

fn is_encoding(part: Option<&Text<'_>>) -> bool {
    part.is_some_and(|part| part.value.len() < 16 && !part.value.contains(['\\', '/', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;
    use crate::xml::Limits;

    #[test]
    fn each_place_in_a_source_is_one_in_the_file() {
        let text = "<ScriptProject><ProjectItem Name='ScriptMain.vb'>\r\n<![CDATA[Sub Main()\r\n  MsgBox(1)\r\nEnd Sub]]>\r\n</ProjectItem></ScriptProject>";
        let tree = crate::dtsx::parse(text, &Limits::default()).expect("well-formed");
        let item = read_item(tree.root().children().next().expect("an item"));
        let call = item.source.value.find("MsgBox").expect("a call");
        let place = item.source.span_of(Span::new(call as u32, call as u32 + 6));
        assert_eq!(text.get(place.start as usize..place.end as usize), Some("MsgBox"));
    }
}
