//! Makes a broken file out of a good one, in the ways in which files break, are merged badly or are forged.

use ssislint::span::Span;
use ssislint::xml::{Element, Limits, Tree};

use crate::random::Random;

/// Values at the edges of what the readers of attributes, numbers, paths, expressions, connection strings and SQL expect. Some letters change their
/// length when their case changes.
#[rustfmt::skip]
const EDGES: &[&str] = &[
    "", " ", "\t", "0", "-1", "+1", "1", "True", "TRUE", "false", "yes", "2147483648", "-2147483649", "18446744073709551616", "-9223372036854775808",
    "1e999", "NaN", "0x", "0x80000000", ".", "..", "{", "}", "{}", "{00000000-0000-0000-0000-000000000000}", "{FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFFF}",
    "\\", "\\\\", "\\\\?\\", "\\\\server", "C:", "C:\\", "\\\\.\\pipe\\x", "%TEMP%\\", "file:///", "~", "*", "a/b\\c", "nul", "CON.txt",
    "@", "@[", "@[]", "@[::]", "@[User::", "@[$Package::x]", "$Project::", "User::", "::", "\"", "\"\\\"", "(DT_WSTR,", "(DT_STR,8001,1252)\"x\"", "1/0", "1 ? 2 :",
    "((((((((((((((((", "!!!!!!!!!!", "SUBSTRING(\"\u{130}\",-1,2147483647)", "REPLICATE(\"x\",2147483647)", "\"\\x\"", "\"\\xD800\"", "5 % 0", "-9223372036854775808 / -1",
    ";", "=", ";;==", "Data Source", "Data Source=", "Data Source=;", "Password='", "Password=\"", "Password={", "Provider=;Provider=;", "Data Source=.,;", "tcp:,",
    "Extended Properties=\"Excel 12.0", "'", "''", "--", "/*", "/*/*/*", "[", "]", "]]", "[[", "#", "##", "SELECT", "EXEC", "EXEC [", "?", "? = ?", "CREATE TABLE #", "; GO\r\nGO",
    "Package", "Package\\", "\\Package", "\\Package.Variables[", "\\Package.Properties[x].", "Package.ConnectionManagers[", "Package.ConnectionManagers[]", ":", "a:b:c",
    "\u{130}", "\u{130}\u{130}stanbul=\u{17F}", "\u{212A}", "\u{1E9E}", "e\u{301}", "\u{FEFF}", "\u{202E}", "\u{1F600}\u{1F600}", "\u{FFFD}", "\u{85}", "\u{7F}",
    "1;2;3,4,5\"x\"", "\"A\",{;", "\"Parameter0:Input\",{", "Microsoft.", "STOCK:", "SSIS.Package.", "ssislint:allow", "ssislint:allow all", "ssislint:allow loopback-server,, \u{130}",
];

/// Letters to put in the middle of a value.
const INSERTS: &[&str] = &["\u{130}", "\"", "'", "\\", "[", "]", "{", "}", ";", "=", "@[", "\u{1F600}", "/*", "--", "(", ")", "\u{0301}", "::", "?", "\n"];

const MOST_STEPS: usize = 5;
/// Copies must not make a mutant of a mutant grow without end.
const LONGEST: usize = 4 << 20;

/// One broken file: a few steps on the text as long as it is one, then perhaps one on the bytes.
pub(crate) fn mutate(seed: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=random.below(MOST_STEPS) {
        let text = std::str::from_utf8(&bytes).ok().and_then(|text| mutate_text(text, std::str::from_utf8(other).unwrap_or_default(), random));
        match text.filter(|text| text.len() < LONGEST) {
            Some(text) => bytes = text.into_bytes(),
            None => return mutate_bytes(bytes, other, random),
        }
    }
    if random.below(8) == 0 { mutate_bytes(bytes, other, random) } else { bytes }
}

/// One step on the tree; none when the text has none.
fn mutate_text(text: &str, other: &str, random: &mut Random) -> Option<String> {
    let tree = Tree::parse(text, &[], &Limits::default()).ok()?;
    let elements: Vec<Element<'_, '_>> = tree.root().descendants().collect();
    let element = *random.pick(&elements)?;
    let second = random.pick(&elements)?.span();
    let own = element.span();
    Some(match random.below(12) {
        0 => splice(text, own, ""),
        1 => splice(text, at(own.start), &cut(text, own).repeat(1 + random.below(3))),
        2 => swap(text, own, second),
        3 => splice(text, at(second.start), cut(text, own)),
        4 => move_before(text, own, second),
        5 => splice(text, at(own.start), graft(other, random).as_deref().unwrap_or_default()),
        6 => splice(text, own, &nest(cut(text, own), random)),
        7 => splice(text, element.text_span(), &escape(&value(&element.text(), random))),
        _ => mutate_attribute(text, element, random),
    })
}

/// Changes, drops or doubles an attribute, or takes the value of another one.
fn mutate_attribute(text: &str, element: Element<'_, '_>, random: &mut Random) -> String {
    let attributes: Vec<_> = element.attributes().collect();
    let (Some(attribute), Some(other)) = (random.pick(&attributes), random.pick(&attributes)) else {
        return splice(text, element.text_span(), &escape(&value(&element.text(), random)));
    };
    let new = if random.below(4) == 0 { other.value().into_owned() } else { value(&attribute.value(), random) };
    splice(text, attribute.span(), &escape(&new))
}

/// Another value: from the edges, or the old one cut, doubled, interspersed, in other letters.
fn value(old: &str, random: &mut Random) -> String {
    let middle = old.floor_char_boundary(random.below(old.len() + 1));
    let (head, tail) = old.split_at(middle);
    match random.below(10) {
        0 => head.to_owned(),
        1 => tail.to_owned(),
        2 => format!("{old}{old}"),
        3 => old.to_uppercase(),
        4 => old.repeat(1 + random.below(200)),
        5 | 6 => format!("{head}{}{tail}", random.pick(INSERTS).expect("there are some")),
        _ => (*random.pick(EDGES).expect("there are some")).to_owned(),
    }
}

/// An element of another file, perhaps of another generation.
fn graft(other: &str, random: &mut Random) -> Option<String> {
    let tree = Tree::parse(other, &[], &Limits::default()).ok()?;
    let elements: Vec<Element<'_, '_>> = tree.root().descendants().collect();
    random.pick(&elements).map(|element| cut(other, element.span()).to_owned())
}

/// An element inside of itself, a few times or as deep as no file ever is.
fn nest(element: &str, random: &mut Random) -> String {
    let Some(inside) = element.find('>').map(|end| end + 1).filter(|_| element.contains("</")) else { return element.to_owned() };
    let depth = if random.below(8) == 0 { (200_000 / element.len()).clamp(1, 400) } else { 1 + random.below(6) };
    let (open, close) = element.split_at(inside);
    format!("{}{close}{}", open.repeat(depth), close.rfind("</").map(|end| &close[end..]).unwrap_or_default().repeat(depth - 1))
}

fn mutate_bytes(mut bytes: Vec<u8>, other: &[u8], random: &mut Random) -> Vec<u8> {
    let middle = random.below(bytes.len());
    match random.below(4) {
        0 => bytes.truncate(middle),
        1 => drop(bytes.drain(..middle)),
        2 => {
            bytes.truncate(middle);
            bytes.extend(&other[random.below(other.len())..]);
        }
        _ => {
            for _ in 0..=random.below(8) {
                let place = random.below(bytes.len());
                if let Some(byte) = bytes.get_mut(place) {
                    *byte ^= 1 << random.below(8);
                }
            }
        }
    }
    bytes
}

fn at(offset: u32) -> Span {
    Span::new(offset, offset)
}

fn cut(text: &str, span: Span) -> &str {
    &text[span.start as usize..span.end as usize]
}

fn splice(text: &str, span: Span, new: &str) -> String {
    format!("{}{new}{}", &text[..span.start as usize], &text[span.end as usize..])
}

/// Two elements change places; when one is inside the other, it takes its place.
fn swap(text: &str, one: Span, two: Span) -> String {
    let (first, last) = if one.start <= two.start { (one, two) } else { (two, one) };
    if last.start < first.end {
        return splice(text, first, cut(text, last));
    }
    splice(&splice(text, last, cut(text, first)), first, cut(text, last))
}

/// An element becomes a neighbour of another; one that would go into itself goes away.
fn move_before(text: &str, moved: Span, place: Span) -> String {
    let element = cut(text, moved);
    if (moved.start..moved.end).contains(&place.start) {
        splice(text, moved, "")
    } else if place.start < moved.start {
        splice(&splice(text, moved, ""), at(place.start), element)
    } else {
        splice(&splice(text, at(place.start), element), moved, "")
    }
}

fn escape(value: &str) -> String {
    value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&apos;").replace('\n', "&#10;")
}
