//! Names of the members of an archive.

use foldhash::HashMap;

/// What is wrong with a member's name, when it could be taken for a path that leads somewhere.
pub(super) fn suspicion(name: &str) -> Option<&'static str> {
    let bytes = name.as_bytes();
    if bytes.iter().any(u8::is_ascii_control) {
        return Some("holds a control character");
    }
    if matches!(bytes, [letter, b':', ..] if letter.is_ascii_alphabetic()) {
        return Some("starts with a drive letter");
    }
    if matches!(bytes.first(), Some(b'/' | b'\\')) {
        return Some("is an absolute path");
    }
    if name.split(['/', '\\']).any(|part| part == "..") {
        return Some("leads out of the archive with `..`");
    }
    bytes.iter().any(|byte| matches!(byte, b'/' | b'\\')).then_some("holds a folder")
}

/// The name as a label that no one can take for a path.
pub(super) fn label(name: &str) -> String {
    let label: String = name.chars().map(|character| if matches!(character, '/' | '\\' | ':') || character.is_control() { '_' } else { character }).collect();
    if matches!(label.as_str(), "" | "." | "..") { "_".repeat(label.len().max(1)) } else { label }
}

/// The name behind the percent-encoding of OPC part names (`Flat%20File.conmgr`), or the name as it stands when that is no UTF-8.
pub(super) fn decoded(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = match tail {
            [high, low, ..] if *first == b'%' => hex(*high).zip(hex(*low)),
            _ => None,
        };
        bytes.push(escaped.map_or(*first, |(high, low)| high << 4 | low));
        rest = if escaped.is_some() { tail.get(2..).unwrap_or_default() } else { tail };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| name.to_owned())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// Labels in use, without regard to case, since Windows has none.
#[derive(Default)]
pub(super) struct Labels(HashMap<String, usize>);

impl Labels {
    /// The label itself, or, when it is taken, a numbered one and `true`.
    pub(super) fn take(&mut self, label: String) -> (String, bool) {
        let taken = self.0.entry(label.to_lowercase()).or_insert(0);
        *taken += 1;
        if *taken == 1 {
            return (label, false);
        }
        let (stem, extension) = label.rsplit_once('.').map_or((label.as_str(), String::new()), |(stem, extension)| (stem, format!(".{extension}")));
        (format!("{stem} (duplicate {}){extension}", *taken), true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_encoding_is_decoded() {
        assert_eq!(decoded("Flat%20File%20Connection%20Manager.conmgr"), "Flat File Connection Manager.conmgr");
        assert_eq!(decoded("1.Demostra%C3%A7%c3%a3o.dtsx"), "1.Demostração.dtsx");
        assert_eq!(decoded("100%.dtsx"), "100%.dtsx");
        assert_eq!(decoded("%2+%g0%+1%4"), "%2+%g0%+1%4");
        assert_eq!(decoded("%FF.dtsx"), "%FF.dtsx", "no UTF-8");
    }

    #[test]
    fn suspicious_names_are_named_and_defused() {
        let names = ["../evil.dtsx", "a/b.dtsx", "a\\b.dtsx", "/etc/x.dtsx", "\\\\server\\x.dtsx", "C:x.dtsx", "a\0.dtsx", "..", "a\u{1b}.dtsx"];
        for name in names {
            assert!(suspicion(name).is_some(), "{name:?}");
            assert!(!label(name).contains(['/', '\\', ':', '\0', '\u{1b}']) && label(name) != "..", "{name:?}");
        }
        for name in ["Load.dtsx", "XmlToJsonCsharp(v1.0).dtsx", "a..b.dtsx", "@Project.manifest", "[Content_Types].xml", "été: x.dtsx"] {
            assert_eq!(suspicion(name), None, "{name}");
        }
    }

    #[test]
    fn labels_are_unique_without_regard_to_case() {
        let mut labels = Labels::default();
        assert_eq!(labels.take("A.dtsx".into()), ("A.dtsx".into(), false));
        assert_eq!(labels.take("a.DTSX".into()), ("a (duplicate 2).DTSX".into(), true));
    }
}
