//! What a medium obeys, made harmless: one function per medium.
//!
//! Names and values in a package are anybody's: they can hold terminal escapes, line breaks, marks that turn the direction of text, commands
//! of build servers, markup.

use std::fmt::Write as _;
use std::io;

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// Whether a character steers the display instead of showing itself.
///
/// Controls (C0, DEL, C1), line and paragraph separators, directional marks, embeddings, overrides and isolates, invisible fillers, and
/// the tag characters that can smuggle text past a reader. The joiners U+200C and U+200D are part of ordinary words and stay.
fn is_steering(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Appends one character so that it can be seen: `␛` for an escape, `<U+202E>` for what has no picture, everything else as it is.
pub(super) fn push_visible(text: &mut String, c: char) {
    match c {
        '\0'..='\x1f' => text.extend(char::from_u32(0x2400 + u32::from(c))),
        '\x7f' => text.push('␡'),
        c if is_steering(c) => text.push_str(&format!("<U+{:04X}>", u32::from(c))),
        c => text.push(c),
    }
}

/// For one line of a terminal or a build log: nothing in it moves the cursor, breaks the line, turns the text or starts a command.
///
/// Build servers look for `##vso[`, `##[` and `##teamcity[` anywhere in a line, and for `::error` where a line starts, blanks
/// aside; a wrapped line can start at any word.
pub(crate) fn line(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        push_visible(&mut safe, c);
        let opens = c == ':' && before.is_whitespace() && characters.peek() == Some(&':');
        if opens || (c == '#' && characters.peek() == Some(&'#')) {
            safe.push(' ');
        }
        before = c;
    }
    safe
}

/// For what follows the `::` of a workflow command of GitHub Actions.
pub(super) fn github_message(text: &str) -> String {
    line(text).replace('%', "%25")
}

/// For a property of a workflow command of GitHub Actions.
pub(super) fn github_property(text: &str) -> String {
    github_message(text).replace(':', "%3A").replace(',', "%2C")
}

/// For the message of a logging command of Azure Pipelines. The agent reads `%AZP25` as a percent sign.
pub(super) fn azure_message(text: &str) -> String {
    line(text).replace('%', "%AZP25")
}

/// For a property of a logging command of Azure Pipelines.
pub(super) fn azure_property(text: &str) -> String {
    azure_message(text).replace(';', "%3B").replace(']', "%5D")
}

/// For text amid Markdown, also in a table: no markup, no HTML, no link, no mention of a person or an issue.
///
/// Character references are never markup. Mentions are looked for after rendering, so a zero-width space follows their sign.
pub(crate) fn markdown(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in line(text).chars() {
        match c {
            '@' | '#' => {
                let _ = write!(safe, "&#{};&#8203;", u32::from(c));
            }
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '(' | ')' | '!' | '|' | '~' | ':' | '"' | '\'' | '$' => {
                let _ = write!(safe, "&#{};", u32::from(c));
            }
            '&' => safe.push_str("&amp;"),
            c => safe.push(c),
        }
    }
    safe.replace("www.", "www&#46;")
}

/// For the text of a SARIF message, where `[words](target)` is a link.
pub(super) fn sarif_message(text: &str) -> String {
    text.replace("](", "] (")
}

/// A path as URI reference, every byte percent-encoded that is not unreserved or a `/`: relative as it is, absolute with the scheme `file`.
pub(super) fn uri(path: &str) -> String {
    let drive = matches!(path.as_bytes(), [letter, b':', b'/', ..] if letter.is_ascii_alphabetic());
    let (scheme, rest) = match path {
        _ if drive => (format!("file:///{}:", &path[..1]), &path[2..]),
        _ if path.starts_with("//") => ("file:".to_owned(), path),
        _ if path.starts_with('/') => ("file://".to_owned(), path),
        _ => (String::new(), path),
    };
    rest.bytes().fold(scheme, |mut uri, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri.extend(format!("%{byte:02X}").chars()),
        }
        uri
    })
}

/// Writes JSON, compact, whose bytes are harmless when they are shown as they are; a parser reads what was meant.
pub(crate) fn json<T: Serialize>(value: &T, out: &mut dyn io::Write) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Harmless)).map_err(io::Error::from)
}

/// Compact JSON with steering characters and the second of two `#` as `\u` escapes.
struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((position, c)) = first_harmful(rest) {
            let (harmless, harmful) = rest.split_at(position);
            writer.write_all(harmless.as_bytes())?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = harmful.get(c.len_utf8()..).unwrap_or_default();
        }
        writer.write_all(rest.as_bytes())
    }
}

/// The first character that JSON leaves as it is and a terminal or a build server does not.
fn first_harmful(text: &str) -> Option<(usize, char)> {
    // Nearly every text is plain, which bytes tell without decoding.
    let may_harm = |byte: u8| !(b' '..=b'~').contains(&byte) | (byte == b'#');
    if !text.bytes().fold(false, |found, byte| found | may_harm(byte)) {
        return None;
    }
    let mut before = '\0';
    text.char_indices().find(|&(_, c)| is_steering(c) || (std::mem::replace(&mut before, c) == '#' && c == '#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steering_characters_become_visible() {
        assert_eq!(line("a\u{1b}[31m\n\u{202e}b\u{85}"), "a␛[31m␊<U+202E>b<U+0085>");
        assert_eq!(line("mi\u{200c}khaham ☃ é"), "mi\u{200c}khaham ☃ é");
    }

    #[test]
    fn build_server_commands_are_broken() {
        assert_eq!(line("a ##vso[x]###[y]"), "a # #vso[x]# # #[y]");
        assert_eq!(line("::error ::x User::Folder"), ": :error : :x User::Folder");
        assert_eq!(github_property("a:b,c%\n"), "a%3Ab%2Cc%25␊");
        assert_eq!(azure_property("a;b]c%"), "a%3Bb%5Dc%AZP25");
    }

    #[test]
    fn markdown_shows_what_was_written() {
        assert_eq!(markdown("a|b<c>&`d` www.x"), "a&#124;b&#60;c&#62;&amp;&#96;d&#96; www&#46;x");
    }

    #[test]
    fn a_path_becomes_a_reference() {
        assert_eq!(uri("etl/Sales #1 100%é.ispac"), "etl/Sales%20%231%20100%25%C3%A9.ispac");
        assert_eq!(uri("a:b"), "a%3Ab");
        assert_eq!(["C:/x y", "/x", "//server/x"].map(uri), ["file:///C:/x%20y", "file:///x", "file://server/x"]);
    }

    #[test]
    fn json_reads_back_as_it_was() {
        let hostile = "###vso[\u{202e}\u{1b}\u{7f}\u{85}\u{e0041}\"\\ ☃";
        let mut bytes = Vec::new();
        json(&hostile, &mut bytes).expect("memory takes everything");
        let text = String::from_utf8(bytes).expect("JSON is UTF-8");
        assert!(!text.contains("##") && !text.chars().any(is_steering), "{text}");
        assert_eq!(serde_json::from_str::<String>(&text).expect("valid JSON"), hostile);
    }
}
