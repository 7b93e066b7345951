//! Bytes to UTF-8 text.

use std::borrow::Cow;

use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Why bytes are not the text of a document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum DecodeError {
    #[error("the file is empty")]
    Empty,
    #[error("the file is not text: byte {offset} is not valid {encoding}")]
    Invalid { encoding: &'static str, offset: usize },
    #[error("the file is not text: it holds a NUL character")]
    Nul,
    #[error("the text does not fit into 4 GiB")]
    TooLong,
}

/// Bytes of a text in which a NUL says that it is none.
const HEAD: usize = 1 << 16;

/// The byte order mark of UTF-8.
pub(super) const MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];

/// Decodes a document whose byte order mark, that of UTF-8, was taken away.
pub(super) fn decode_marked(bytes: Vec<u8>) -> Result<String, DecodeError> {
    checked(utf8(bytes, MARK.len())?)
}

/// Decodes a document: byte order mark, then UTF-16 without one, then the XML declaration, then UTF-8.
///
/// UTF-8 is taken over without a copy.
pub(super) fn decode(mut bytes: Vec<u8>) -> Result<String, DecodeError> {
    let (encoding, mark) = encoding_of(&bytes);
    let text = if encoding == UTF_8 {
        bytes.drain(..mark);
        utf8(bytes, mark)?
    } else {
        transcode(encoding, bytes.get(mark..).unwrap_or_default(), mark)?
    };
    checked(text)
}

/// The first part of a document, decoded as well as a cut in the middle of a character allows: only for looking at its root element.
#[must_use]
pub fn head(bytes: &[u8]) -> Cow<'_, str> {
    let (encoding, mark) = encoding_of(bytes);
    encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0
}

/// The encoding and the length of the byte order mark.
fn encoding_of(bytes: &[u8]) -> (&'static Encoding, usize) {
    if let Some(marked) = Encoding::for_bom(bytes) {
        return marked;
    }
    let encoding = match bytes {
        [b'<', 0, ..] => UTF_16LE,
        [0, b'<', ..] => UTF_16BE,
        _ => declared(bytes).unwrap_or(UTF_8),
    };
    (encoding, 0)
}

/// The encoding that the XML declaration names.
///
/// A declaration that is readable byte by byte cannot stand in UTF-16: text that .NET wrote from a string claims so all the same, and is UTF-8.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.strip_prefix(b"<?xml")?;
    let end = memchr::memmem::find(start.get(..1024).unwrap_or(start), b"?>")?;
    let declaration = std::str::from_utf8(start.get(..end)?).ok()?;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let label = value.get(1..)?.split(quote).next()?;
    Encoding::for_label_no_replacement(label.as_bytes()).filter(|encoding| *encoding != UTF_16LE && *encoding != UTF_16BE)
}

fn utf8(bytes: Vec<u8>, skipped: usize) -> Result<String, DecodeError> {
    String::from_utf8(bytes).map_err(|error| DecodeError::Invalid { encoding: "UTF-8", offset: skipped + error.utf8_error().valid_up_to() })
}

fn transcode(encoding: &'static Encoding, bytes: &[u8], skipped: usize) -> Result<String, DecodeError> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let capacity = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).ok_or(DecodeError::TooLong)?;
    let mut text = String::with_capacity(capacity);
    match decoder.decode_to_string_without_replacement(bytes, &mut text, true) {
        (DecoderResult::InputEmpty, _) => Ok(text),
        (DecoderResult::OutputFull, _) => Err(DecodeError::TooLong),
        (DecoderResult::Malformed(bad, after), read) => {
            let before = usize::from(bad) + usize::from(after);
            Err(DecodeError::Invalid { encoding: encoding.name(), offset: skipped + read.saturating_sub(before) })
        }
    }
}

fn checked(text: String) -> Result<String, DecodeError> {
    if text.len() as u64 > super::Limits::MAX_TEXT {
        return Err(DecodeError::TooLong);
    }
    if text.trim_ascii().is_empty() {
        return Err(DecodeError::Empty);
    }
    // What is no text shows it early. Further on the reader of XML reports it, like other characters that must not be there.
    if memchr::memchr(0, text.as_bytes().get(..HEAD).unwrap_or(text.as_bytes())).is_some() {
        return Err(DecodeError::Nul);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn all_encodings_give_the_same_text() {
        let text = "<a b=\"é€😀\"/>";
        let samples = [
            text.as_bytes().to_vec(),
            ["\u{feff}", text].concat().into_bytes(),
            utf16(text, u16::to_le_bytes),
            utf16(text, u16::to_be_bytes),
            utf16(&["\u{feff}", text].concat(), u16::to_le_bytes),
            utf16(&["\u{feff}", text].concat(), u16::to_be_bytes),
        ];
        for bytes in samples {
            assert_eq!(decode(bytes.clone()).as_deref(), Ok(text), "{bytes:x?}");
        }
    }

    #[test]
    fn the_declaration_names_the_encoding() {
        let latin = b"<?xml version='1.0' encoding = 'windows-1252'?><a b='\xe9\x80'/>".to_vec();
        assert!(decode(latin).expect("windows-1252").contains("é€"));
        for declared in ["utf-16", "utf-8", "x-unknown"] {
            let text = format!("<?xml version=\"1.0\" encoding=\"{declared}\"?><a>é</a>");
            assert_eq!(decode(text.clone().into_bytes()), Ok(text));
        }
    }

    #[test]
    fn the_first_bad_byte_is_named() {
        let invalid = |encoding, offset| Err(DecodeError::Invalid { encoding, offset });
        assert_eq!(decode(b"<a>\xff</a>".to_vec()), invalid("UTF-8", 3));
        assert_eq!(decode(b"\xef\xbb\xbf<a>\xff</a>".to_vec()), invalid("UTF-8", 6));
        assert_eq!(decode(b"<\0a\0\0\xd8>\0".to_vec()), invalid("UTF-16LE", 4));
    }

    #[test]
    fn what_is_not_text_is_refused() {
        for bytes in ["", "\u{feff}", " \r\n"] {
            assert_eq!(decode(bytes.into()), Err(DecodeError::Empty));
        }
        assert_eq!(decode(b"<a>\0</a>".to_vec()), Err(DecodeError::Nul));
    }

    #[test]
    fn a_head_may_end_inside_a_character() {
        assert!(head("<aé".as_bytes().get(..3).expect("three bytes")).starts_with("<a"));
        assert!(head(b"<\0a\0b").starts_with("<a"));
    }
}
