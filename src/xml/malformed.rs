//! What makes a text unreadable as XML.

use thiserror::Error;

use crate::span::Span;

/// Why a text could not be read, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{kind}")]
pub struct Malformed {
    /// The place to look at; where nothing narrower is at fault, the tag or the line.
    pub span: Span,
    /// What is wrong there.
    pub kind: MalformedKind,
}

impl Malformed {
    pub(super) const fn new(span: Span, kind: MalformedKind) -> Self {
        Self { span, kind }
    }

    pub(super) fn syntax(span: Span, what: &str) -> Self {
        Self::new(span, MalformedKind::Syntax(what.to_owned()))
    }

    /// What to do about it.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        self.kind.help()
    }
}

/// What can be wrong with a text. Messages hold names of elements, attributes and prefixes but never values, which may be secret.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum MalformedKind {
    /// Nothing but white space.
    #[error("the file is empty")]
    Empty,
    /// It does not begin with `<`.
    #[error("the file is not XML: it does not begin with `<`")]
    NotXml,
    /// There are only comments and the like.
    #[error("the file holds no element")]
    NoElement,
    /// The end of the text stands inside a tag, a comment or the like.
    #[error("the file ends in the middle of the markup that begins here")]
    Truncated,
    /// The end of the text stands inside an element; the span is its start tag, innermost first.
    #[error("the element `{name}` is never closed")]
    Unclosed {
        /// With its prefix.
        name: String,
    },
    /// An end tag closes another element than the one that is open.
    #[error("the end tag `{found}` stands where the element `{open}` should be closed")]
    Mismatched {
        /// The open element, with its prefix.
        open: String,
        /// Its start tag.
        opened: Span,
        /// The name in the end tag.
        found: String,
    },
    /// The same attribute twice in one tag, also by way of two prefixes for one namespace.
    #[error("the attribute `{name}` is given twice in the same tag")]
    DuplicateAttribute {
        /// With its prefix.
        name: String,
    },
    /// There is a document type declaration.
    #[error("the file has a document type declaration (`<!DOCTYPE`)")]
    Doctype,
    /// A line begins with `<<<<<<< ` or `>>>>>>> ` in a text that is not well-formed.
    #[error("the file holds an unresolved merge conflict")]
    MergeConflict,
    /// `&name;` with a name that XML does not define.
    #[error("the reference `&…;` names an entity that XML does not know")]
    UnknownEntity,
    /// `&` that no reference follows.
    #[error("an `&` stands by itself")]
    BareAmpersand,
    /// `&#…;` with a number that is no character of XML.
    #[error("the character reference `&#…;` stands for no character that XML allows")]
    BadCharacterReference,
    /// A character that XML does not allow, not even as a reference.
    #[error("the character U+{:04X} is not allowed in XML", u32::from(*character))]
    ForbiddenCharacter {
        /// The character.
        character: char,
    },
    /// A prefix without a declaration in force.
    #[error("the prefix `{prefix}` is not declared (`xmlns:{prefix}` is missing)")]
    UndeclaredPrefix {
        /// Without the colon.
        prefix: String,
    },
    /// Something follows the end of the outermost element.
    #[error("there is more after the end of the outermost element")]
    TrailingContent,
    /// More elements inside each other than the limit.
    #[error("elements are nested deeper than the limit of {0}")]
    TooDeep(u32),
    /// More attributes in a tag than the limit.
    #[error("the tag has more attributes than the limit of {0}")]
    TooManyAttributes(u32),
    /// More elements than the limit.
    #[error("the file has more elements than the limit of {0}")]
    TooManyElements(u32),
    /// More namespaces than numbers for them.
    #[error("the file has more namespaces than the limit of {0}")]
    TooManyNamespaces(u32),
    /// More bytes than offsets can count.
    #[error("the file has more than {0} bytes")]
    TooLarge(u32),
    /// Anything else that XML forbids, in a sentence.
    #[error("{0}")]
    Syntax(String),
}

impl MalformedKind {
    /// The limit that was exceeded; none when the text is not well-formed.
    #[must_use]
    pub const fn limit(&self) -> Option<u32> {
        match self {
            Self::TooDeep(limit) | Self::TooManyAttributes(limit) | Self::TooManyElements(limit) | Self::TooManyNamespaces(limit) | Self::TooLarge(limit) => {
                Some(*limit)
            }
            _ => None,
        }
    }

    /// What to do about it.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::Empty | Self::Truncated | Self::Unclosed { .. } => {
                "the file was probably cut off while it was saved or copied: take it again from its source"
            }
            Self::NotXml | Self::NoElement => "check that this is the file you meant; SSIS files are XML",
            Self::MergeConflict => "merge the two versions in version control, or take one of them whole: packages hardly survive a merge by hand",
            Self::Doctype => "SSIS never writes one, and it is refused because it can pull in other files: remove it",
            Self::UnknownEntity | Self::BareAmpersand => "write `&` as `&amp;`; the only names are amp, lt, gt, quot and apos",
            Self::BadCharacterReference | Self::ForbiddenCharacter { .. } => "remove the character; SSIS cannot load the file with it",
            Self::UndeclaredPrefix { .. } => "declare the prefix on the outermost element, as in a file saved by the designer",
            Self::TrailingContent => "remove what follows the last end tag, often a remnant of a merge",
            Self::Mismatched { .. } | Self::DuplicateAttribute { .. } | Self::Syntax(_) => {
                "correct the place, or restore a version that the designer opens: SSIS cannot load the file as it is"
            }
            Self::TooDeep(_) => "SSIS does not write such files. If this one is sound, raise the limit with --limit depth=VALUE.",
            Self::TooManyAttributes(_) => "SSIS does not write such files. If this one is sound, raise the limit with --limit attributes=VALUE.",
            Self::TooManyElements(_) => "If the project is meant to be that large, raise the limit with --limit elements=VALUE.",
            Self::TooManyNamespaces(_) | Self::TooLarge(_) => "SSIS does not write such files, and there is no option that raises this limit.",
        }
    }
}
