//! Says the same in other XML: order of attributes, white space, quotes, prefixes of namespaces, encodings.

use crate::random::Random;

/// The same document in other bytes.
pub(crate) fn vary(text: &str, random: &mut Random) -> Vec<u8> {
    let mut style = Style { prefix: random.pick(&["same", "lower", "p", "x-1"]).expect("some"), shuffle: random.below(2) == 0, random };
    let mut out = String::new();
    let mut rest = text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map_or(text, |(_, rest)| rest);
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = style.markup(rest, &mut out);
        rest = &rest[end..];
    }
    out.push_str(rest);
    encode(&out, random)
}

struct Style<'r> {
    prefix: &'static str,
    shuffle: bool,
    random: &'r mut Random,
}

impl Style<'_> {
    /// Writes the markup at the start of the text in this style; gives where it ends.
    fn markup(&mut self, text: &str, out: &mut String) -> usize {
        for (open, close) in [("<![CDATA[", "]]>"), ("<!--", "-->"), ("<?", "?>")] {
            if text.starts_with(open) {
                let end = text.find(close).expect("it ends") + close.len();
                out.push_str(&text[..end]);
                return end;
            }
        }
        let end = tag_end(text);
        let inside = text[1..end].trim_end_matches('>');
        if let Some(name) = inside.strip_prefix('/') {
            let space = self.random.pick(&["", " ", "\n"]).expect("some");
            out.push_str(&format!("</{}{space}>", self.rename(name.trim_end())));
        } else {
            self.start_tag(inside, out);
        }
        end
    }

    fn start_tag(&mut self, inside: &str, out: &mut String) {
        let (inside, empty) = inside.strip_suffix('/').map_or((inside, false), |inside| (inside, true));
        let name_end = inside.find(|letter: char| letter.is_ascii_whitespace()).unwrap_or(inside.len());
        let (name, attributes) = inside.split_at(name_end);
        let mut attributes = attributes_of(attributes);
        if self.shuffle {
            for index in (1..attributes.len()).rev() {
                attributes.swap(index, self.random.below(index + 1));
            }
        }
        let name = self.rename(name);
        out.push_str(&format!("<{name}"));
        for (attribute, value) in attributes {
            let space = self.random.pick(&[" ", "\n\t", "  ", "\r\n  "]).expect("some");
            let equals = self.random.pick(&["=", "=", " = "]).expect("some");
            let quote = if value.contains('\'') || self.random.below(3) > 0 { '"' } else { '\'' };
            out.push_str(&format!("{space}{}{equals}{quote}{value}{quote}", self.rename(attribute)));
        }
        match (empty, self.random.below(2)) {
            (true, 0) => out.push_str("/>"),
            (true, _) => out.push_str(&format!("></{name}>")),
            (false, _) => out.push('>'),
        }
    }

    /// Gives the namespaces of SSIS another prefix; a document has one of them.
    fn rename(&self, name: &str) -> String {
        let (declaration, rest) = name.strip_prefix("xmlns:").map_or(("", name), |rest| ("xmlns:", rest));
        let (prefix, local) = rest.split_once(':').map_or((rest, None), |(prefix, local)| (prefix, Some(local)));
        let ours = matches!(prefix, "DTS" | "SSIS") && (local.is_some() || !declaration.is_empty());
        let prefix = match self.prefix {
            _ if !ours => prefix.to_owned(),
            "same" => prefix.to_owned(),
            "lower" => prefix.to_lowercase(),
            other => other.to_owned(),
        };
        local.map_or_else(|| format!("{declaration}{prefix}"), |local| format!("{declaration}{prefix}:{local}"))
    }
}

/// Where a tag ends, `>` included; none in quotes ends it.
fn tag_end(text: &str) -> usize {
    let mut quote = None;
    for (index, letter) in text.char_indices() {
        match (quote, letter) {
            (None, '>') => return index + 1,
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            _ => {}
        }
    }
    panic!("a tag ends");
}

/// Names and raw values; a value in single quotes holds no double ones.
fn attributes_of(mut text: &str) -> Vec<(&str, &str)> {
    let mut attributes = Vec::new();
    while let Some((name, rest)) = text.split_once('=') {
        let rest = rest.trim_start();
        let quote = rest.chars().next().expect("a value is quoted");
        let (value, rest) = rest[1..].split_once(quote).expect("a value ends");
        attributes.push((name.trim(), value));
        text = rest;
    }
    attributes
}

fn encode(text: &str, random: &mut Random) -> Vec<u8> {
    let plain = format!("<?xml version=\"1.0\"?>{text}");
    let declared = |name: &str| format!("<?xml version=\"1.0\" encoding=\"{name}\"?>{text}");
    let mark = |bytes: &[u8], text: Vec<u8>| [bytes, &text].concat();
    match random.below(5) {
        0 => declared("utf-8").into_bytes(),
        1 => mark(&[0xEF, 0xBB, 0xBF], plain.into_bytes()),
        2 => mark(&[0xFF, 0xFE], declared("utf-16").encode_utf16().flat_map(u16::to_le_bytes).collect()),
        3 => mark(&[0xFE, 0xFF], plain.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        _ => plain.replace("\r\n", "\n").replace('\n', "\r\n").into_bytes(),
    }
}
