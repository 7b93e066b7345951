//! Bytes → UTF-8, by byte order mark, by looks, or by the encoding that the XML declaration names.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// The bytes are no text in the encoding that they should be in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the bytes from offset {offset} on are not valid {encoding}")]
pub(super) struct NotText {
    /// Offset of the first bad byte; for encodings other than UTF-8 only the start of the text is known.
    pub(super) offset: usize,
    /// Name of the encoding.
    pub(super) encoding: &'static str,
}

/// The text of the bytes, without a byte order mark. Nothing is copied when they are UTF-8 already.
pub(super) fn decode(mut bytes: Vec<u8>) -> Result<String, NotText> {
    let (encoding, mark) = encoding_of(&bytes);
    if encoding == UTF_8 {
        bytes.drain(..mark);
        return String::from_utf8(bytes).map_err(|error| NotText { offset: mark + error.utf8_error().valid_up_to(), encoding: "UTF-8" });
    }
    match encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]) {
        Some(text) => Ok(text.into_owned()),
        None => Err(NotText { offset: mark, encoding: encoding.name() }),
    }
}

/// The encoding, and the length of the byte order mark.
fn encoding_of(bytes: &[u8]) -> (&'static Encoding, usize) {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return (encoding, length);
    }
    match bytes {
        [b'<', 0, ..] => (UTF_16LE, 0),
        [0, b'<', ..] => (UTF_16BE, 0),
        _ => (declared(bytes).unwrap_or(UTF_8), 0),
    }
}

/// The encoding that an XML declaration names. A declared UTF-16 in bytes that are readable as ASCII is a lie: some tools keep the declaration of a
/// string in memory.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(256))?;
    let rest = head.strip_prefix(b"<?xml")?;
    let declaration = &rest[..memchr::memmem::find(rest, b"?>")?];
    let name = &declaration[memchr::memmem::find(declaration, b"encoding")? + "encoding".len()..];
    let quote = name.iter().position(|byte| matches!(byte, b'"' | b'\''))?;
    let name = &name[quote + 1..];
    let end = name.iter().position(|byte| matches!(byte, b'"' | b'\''))?;
    Encoding::for_label(&name[..end]).filter(|encoding| *encoding != UTF_16LE && *encoding != UTF_16BE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    }

    #[test]
    fn marks_looks_and_declarations_tell_the_encoding() {
        assert_eq!(decode(b"\xEF\xBB\xBF<a/>".to_vec()), Ok("<a/>".into()));
        assert_eq!(decode(utf16("\u{FEFF}<é/>", true)), Ok("<é/>".into()));
        assert_eq!(decode(utf16("\u{FEFF}<é/>", false)), Ok("<é/>".into()));
        assert_eq!(decode(utf16("<é/>", true)), Ok("<é/>".into()));
        assert_eq!(decode(utf16("<é/>", false)), Ok("<é/>".into()));
        let latin = b"<?xml version='1.0' encoding='windows-1252'?><a b='\xE9'/>".to_vec();
        assert!(decode(latin).is_ok_and(|text| text.contains('é')));
        let lie = b"<?xml version=\"1.0\" encoding=\"utf-16\"?><a/>".to_vec();
        assert!(decode(lie).is_ok_and(|text| text.ends_with("<a/>")));
    }

    #[test]
    fn bytes_that_are_no_text_say_where() {
        assert_eq!(decode(b"\xEF\xBB\xBF<a\xFF/>".to_vec()), Err(NotText { offset: 5, encoding: "UTF-8" }));
        assert!(decode(vec![0xFF, 0xFE, 0x00, 0xD8]).is_err());
    }
}
