//! Which characters XML 1.0 allows, and which of them in names.

use crate::span::Span;

/// The production `Char`.
pub(super) const fn is_xml_char(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// The four characters that XML takes as white space.
pub(super) const fn is_white_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// The first character that XML does not allow anywhere.
pub(super) fn first_forbidden(text: &str) -> Option<(Span, char)> {
    // In blocks without an early exit, since that is what the compiler makes vector code from: the pass must cost next to nothing.
    const BLOCK: usize = 4096;
    let may_be_forbidden = |byte: u8| (byte < 0x20) & (byte != b'\t') & (byte != b'\n') & (byte != b'\r') | (byte == 0xEF);
    let suspicious = |block: &[u8]| block.iter().fold(false, |found, byte| found | may_be_forbidden(*byte));
    let block = text.as_bytes().chunks(BLOCK).position(suspicious)?;
    let start = (block * BLOCK..text.len()).find(|at| text.is_char_boundary(*at))?;
    // A character that straddles two blocks: the first byte of a forbidden one is suspicious, so it is never the part left out here.
    let (at, character) = text.get(start..)?.char_indices().find(|(_, character)| !is_xml_char(*character))?;
    let at = start + at;
    Some((Span::new(at as u32, (at + character.len_utf8()) as u32), character))
}

/// Length of the prefix of a qualified name, 0 when it has none; nothing when this is no qualified name.
pub(super) fn prefix_length(name: &str) -> Option<usize> {
    let (length, prefix) = leading_name(name.as_bytes());
    if length == name.len() { prefix } else { prefix_length_by_character(name) }
}

/// Length of the ASCII characters of names that come first, and of the prefix of the qualified name that they are, as [`prefix_length`] has it.
pub(super) fn leading_name(bytes: &[u8]) -> (usize, Option<usize>) {
    let (mut length, mut colons, mut colon) = (0, 0, 0);
    for byte in bytes {
        match KIND[usize::from(*byte)] {
            OTHER => break,
            COLON => (colons, colon) = (colons + 1, length),
            _ => {}
        }
        length += 1;
    }
    let is_name = match colons {
        0 => starts_name(bytes),
        1 => starts_name(bytes) && colon + 1 < length && starts_name(&bytes[colon + 1..]),
        _ => false,
    };
    (length, (is_name && length > 0).then_some(colon))
}

fn prefix_length_by_character(name: &str) -> Option<usize> {
    let is_plain = |part: &str| {
        let mut characters = part.chars();
        characters.next().is_some_and(is_name_start) && characters.all(is_name_char)
    };
    match name.split_once(':') {
        Some((prefix, local)) => (is_plain(prefix) && is_plain(local)).then_some(prefix.len()),
        None => is_plain(name).then_some(0),
    }
}

fn starts_name(bytes: &[u8]) -> bool {
    bytes.first().is_some_and(|byte| KIND[usize::from(*byte)] == 0)
}

/// May stand in a name but not begin it.
const LATER: u8 = 1;
const COLON: u8 = 2;
/// Not in any name, or not ASCII.
const OTHER: u8 = 4;

/// What each byte may be in a name; 0 for those that may begin one. By table, since every name is checked.
const KIND: [u8; 256] = {
    let mut kind = [OTHER; 256];
    let mut byte = 0;
    while byte < 128 {
        kind[byte] = match byte as u8 as char {
            ':' => COLON,
            character if is_name_start(character) => 0,
            character if is_name_char(character) => LATER,
            _ => OTHER,
        };
        byte += 1;
    }
    kind
};

/// The production `NameStartChar` without the colon.
const fn is_name_start(character: char) -> bool {
    matches!(character,
        'A'..='Z' | '_' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}'
        | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
}

/// The production `NameChar` without the colon.
const fn is_name_char(character: char) -> bool {
    is_name_start(character) || matches!(character, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}
