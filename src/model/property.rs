//! Values with the place they were read from, and the property bags of objects.

use std::borrow::Cow;

use crate::span::Span;

/// A value as the runtime sees it (entities resolved), with the span of its raw form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text<'a> {
    /// The value.
    pub value: Cow<'a, str>,
    /// Where it stands: an attribute's value without the quotes, or an element's content.
    pub span: Span,
}

impl Text<'_> {
    /// The value as a string slice.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.value
    }

    /// The place in the document of a part of the value; the whole when entities in the file make the two differ.
    #[must_use]
    pub fn span_of(&self, part: Span) -> Span {
        let whole = self.span;
        let as_written = matches!(self.value, Cow::Borrowed(_)) && self.value.len() == whole.len() as usize;
        if as_written && part.end <= whole.len() && part.start < part.end { Span::new(whole.start + part.start, whole.start + part.end) } else { whole }
    }

    /// Whether the value is empty or white space only.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.value.trim().is_empty()
    }
}

/// Reads a boolean in any spelling SSIS files use: `True`/`true`/`1`/`-1` and their opposites.
#[must_use]
pub fn flag(text: &str) -> Option<bool> {
    let text = text.trim();
    if text.eq_ignore_ascii_case("true") || text == "-1" || text == "1" {
        Some(true)
    } else if text.eq_ignore_ascii_case("false") || text == "0" {
        Some(false)
    } else {
        None
    }
}

/// One property as written in the file, under its XML name (`Disabled`, `Retain`; not `Disable`, `RetainSameConnection`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property<'a> {
    /// XML name, without namespace; [`Property::NESTED`] for what stands inside the elements of a task's data.
    pub name: Cow<'a, str>,
    /// The value.
    pub value: Text<'a>,
}

impl Property<'_> {
    /// The name of what a task keeps deeper in its data. Nothing asks for it by name, and a path for each would cost as much as depth times breadth.
    pub const NESTED: Cow<'static, str> = Cow::Borrowed("");
}

/// The properties that the file writes for one object, in file order. What the file leaves out is absent here: callers know the default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Properties<'a>(pub Vec<Property<'a>>);

impl<'a> Properties<'a> {
    /// The first property of that XML name (exact spelling).
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Text<'a>> {
        self.0.iter().find(|property| property.name == name).map(|property| &property.value)
    }

    /// Its text, or the empty string when it is not written.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.get(name).map_or("", Text::as_str)
    }

    /// Its value as a boolean; `default` when it is not written or not a boolean.
    #[must_use]
    pub fn flag(&self, name: &str, default: bool) -> bool {
        self.get(name).and_then(|text| flag(text.as_str())).unwrap_or(default)
    }

    /// Its value as an integer; none when it is not written or not a number.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<i64> {
        self.get(name)?.value.trim().parse().ok()
    }

    /// All properties in file order.
    pub fn iter(&self) -> std::slice::Iter<'_, Property<'a>> {
        self.0.iter()
    }
}

/// A property expression: at run time the value of the expression replaces the written one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PropertyExpression<'a> {
    /// Documented name of the property (`ConnectionString`, `Disable`, `[OLE DB Source].[SqlCommand]`).
    pub property: Cow<'a, str>,
    /// The expression.
    pub expression: Text<'a>,
}
