//! Reading properties the same way from every generation: a `DTS:` attribute, or a child `DTS:Property` of that name.

use std::borrow::Cow;

use super::{DTS, NONE};
use crate::model::{Properties, Property, PropertyExpression, Text};
use crate::xml::{Attribute, Element};

/// The value of an attribute.
pub(super) fn attribute_text<'a>(attribute: Attribute<'_, 'a>) -> Text<'a> {
    Text { value: attribute.value(), span: attribute.span() }
}

/// The content of an element.
pub(super) fn element_text<'a>(element: Element<'_, 'a>) -> Text<'a> {
    Text { value: element.text(), span: element.text_span() }
}

/// The name that a `DTS:Property`-like element carries.
pub(super) fn name_of<'a>(element: Element<'_, 'a>) -> Cow<'a, str> {
    element.attribute(DTS, "Name").map_or(Cow::Borrowed(element.local_name()), Attribute::value)
}

/// A property of the object, however its generation writes it.
pub(super) fn property<'a>(object: Element<'_, 'a>, name: &str) -> Option<Text<'a>> {
    if let Some(attribute) = object.attribute(DTS, name) {
        return Some(attribute_text(attribute));
    }
    object.children_named(DTS, "Property").find(|child| name_of(*child) == name).map(element_text)
}

/// A property's value; the empty string when it is not written.
pub(super) fn value<'a>(object: Element<'_, 'a>, name: &str) -> Cow<'a, str> {
    property(object, name).map(|text| text.value).unwrap_or_default()
}

/// A boolean property.
pub(super) fn flag(object: Element<'_, '_>, name: &str, default: bool) -> bool {
    property(object, name).and_then(|text| crate::model::flag(text.as_str())).unwrap_or(default)
}

/// A numeric property.
pub(super) fn number(object: Element<'_, '_>, name: &str) -> Option<i64> {
    property(object, name)?.value.trim().parse().ok()
}

/// All properties of the object, identifying ones included. Values marked sensitive are left out: they have a list of their own.
pub(super) fn properties<'a>(object: Element<'_, 'a>) -> Properties<'a> {
    let attributes = object
        .attributes()
        .filter(|attribute| attribute.namespace() == DTS)
        .map(|attribute| Property { name: Cow::Borrowed(attribute.local_name()), value: attribute_text(attribute) });
    let children =
        object.children_named(DTS, "Property").filter(|child| !is_sensitive(*child)).map(|child| Property { name: name_of(child), value: element_text(child) });
    Properties(attributes.chain(children).collect())
}

/// Whether the element carries the unprefixed mark `Sensitive`.
pub(super) fn is_sensitive(element: Element<'_, '_>) -> bool {
    element.attribute(NONE, "Sensitive").is_some_and(|mark| crate::model::flag(&mark.value()) == Some(true))
}

/// Children of the object inside the collection that new files wrap them in, or directly where old files put them.
pub(super) fn members<'t, 'a>(object: Element<'t, 'a>, collection: &'static str, member: &'static str) -> impl Iterator<Item = Element<'t, 'a>> {
    let wrapped = object.children_named(DTS, collection).flat_map(move |wrapper| wrapper.children_named(DTS, member));
    object.children_named(DTS, member).chain(wrapped)
}

/// Property expressions of the object.
pub(super) fn expressions<'a>(object: Element<'_, 'a>) -> Vec<PropertyExpression<'a>> {
    object.children_named(DTS, "PropertyExpression").map(|child| PropertyExpression { property: name_of(child), expression: element_text(child) }).collect()
}

/// `}` is the one character that refIds escape.
pub(super) fn escape_name(name: &str) -> Cow<'_, str> {
    if name.contains('}') { Cow::Owned(name.replace('}', "\\}")) } else { Cow::Borrowed(name) }
}

/// The object's refId, or the same path built for files that have none: `owner` + `.Collection[Name]`.
pub(super) fn path<'a>(object: Element<'_, 'a>, owner: &str, collection: &str, name: &str) -> Cow<'a, str> {
    match object.attribute(DTS, "refId") {
        Some(id) => id.value(),
        None => Cow::Owned(format!("{owner}.{collection}[{}]", escape_name(name))),
    }
}
