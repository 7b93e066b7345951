//! The tree against roxmltree's: on documents made up at random, on broken ones, and on every XML file below the folder named by
//! `SSISLINT_CORPUS`, members of `.ispac` archives included.

#![allow(clippy::print_stderr, reason = "says that it was skipped, or how much was compared")]

use std::error::Error;
use std::ffi::OsStr;
use std::io::Read;
use std::path::Path;

use proptest::prelude::*;
use proptest::{collection, option, sample};
use ssislint::xml::{Element, Limits, Tree};
use walkdir::WalkDir;

const XML: [&str; 5] = ["dtsx", "conmgr", "dtproj", "params", "dtsConfig"];

#[test]
fn same_tree_as_roxmltree() -> Result<(), Box<dyn Error>> {
    let Some(corpus) = std::env::var_os("SSISLINT_CORPUS") else {
        eprintln!("skipped: SSISLINT_CORPUS is not set");
        return Ok(());
    };
    let mut counts = Counts::default();
    for entry in WalkDir::new(corpus).sort_by_file_name() {
        let entry = entry?;
        let extension = entry.path().extension().and_then(OsStr::to_str).unwrap_or_default().to_owned();
        if extension.eq_ignore_ascii_case("ispac") {
            compare_archive(entry.path(), &mut counts)?;
        } else if XML.iter().any(|xml| xml.eq_ignore_ascii_case(&extension)) {
            compare(&entry.path().display().to_string(), &std::fs::read(entry.path())?, &mut counts);
        }
    }
    eprintln!("{counts:?}");
    assert!(counts.documents > 0, "there is nothing to compare");
    Ok(())
}

#[derive(Debug, Default)]
struct Counts {
    documents: usize,
    elements: usize,
    attributes: usize,
    refused_by_both: usize,
}

fn compare_archive(path: &Path, counts: &mut Counts) -> Result<(), Box<dyn Error>> {
    let Ok(mut archive) = zip::ZipArchive::new(std::fs::File::open(path)?) else {
        return Ok(());
    };
    for index in 0..archive.len() {
        let mut member = archive.by_index(index)?;
        let name = format!("{}!{}", path.display(), member.name()?);
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes)?;
        compare(&name, &bytes, counts);
    }
    Ok(())
}

fn compare(name: &str, bytes: &[u8], counts: &mut Counts) {
    let (text, _, _) = encoding_rs::UTF_8.decode(bytes);
    compare_text(name, &text, counts);
}

fn compare_text(name: &str, text: &str, counts: &mut Counts) {
    let tree = Tree::parse(text, &[], &Limits::default());
    let (tree, oracle) = match (tree, roxmltree::Document::parse(text)) {
        (Ok(tree), Ok(oracle)) => (tree, oracle),
        (Err(_), Err(_)) => {
            counts.refused_by_both += 1;
            return;
        }
        (Ok(_), Err(error)) => panic!("{name}: accepted, but roxmltree says {error}"),
        (Err(malformed), Ok(_)) => panic!("{name}: {malformed} at {:?}, but roxmltree accepts it", malformed.span),
    };
    let ours: Vec<Element<'_, '_>> = std::iter::once(tree.root()).chain(tree.root().descendants()).collect();
    let theirs: Vec<roxmltree::Node<'_, '_>> = oracle.root_element().descendants().filter(roxmltree::Node::is_element).collect();
    assert_eq!(ours.len(), theirs.len(), "{name}: number of elements");
    counts.documents += 1;
    counts.elements += ours.len();
    for (our, their) in ours.into_iter().zip(theirs) {
        counts.attributes += compare_element(name, our, their);
    }
}

/// Compares one element without what is inside it, and returns the number of its attributes.
fn compare_element(name: &str, our: Element<'_, '_>, their: roxmltree::Node<'_, '_>) -> usize {
    let place = format!("{name} at {:?}", our.span());
    assert_eq!(our.local_name(), their.tag_name().name(), "{place}: local name");
    assert_eq!(our.namespace_uri(), their.tag_name().namespace().unwrap_or_default(), "{place}: namespace");
    assert_eq!(range(our.span()), their.range(), "{place}: range");
    let text: String = their.children().filter(roxmltree::Node::is_text).filter_map(|node| node.text()).collect();
    assert_eq!(our.text(), text, "{place}: text");
    assert_eq!(our.has_text(), !text.trim_ascii().is_empty(), "{place}: has text");
    let our_parent = our.parent().map(|parent| range(parent.span()));
    assert_eq!(our_parent, their.parent_element().map(|parent| parent.range()), "{place}: parent");
    let our_children: Vec<_> = our.children().map(|child| range(child.span())).collect();
    let their_children: Vec<_> = their.children().filter(roxmltree::Node::is_element).map(|child| child.range()).collect();
    assert_eq!(our_children, their_children, "{place}: children");
    compare_attributes(&place, our, their)
}

fn compare_attributes(place: &str, our: Element<'_, '_>, their: roxmltree::Node<'_, '_>) -> usize {
    let ours: Vec<_> = our.attributes().collect();
    let theirs: Vec<_> = their.attributes().collect();
    assert_eq!(ours.len(), theirs.len(), "{place}: number of attributes");
    for (our, their) in ours.iter().zip(&theirs) {
        assert_eq!(our.local_name(), their.name(), "{place}: attribute");
        assert_eq!(our.value(), their.value(), "{place}: value of {}", their.name());
        assert_eq!(range(our.span()), their.range_value(), "{place}: place of {}", their.name());
        assert_eq!(our.namespace_uri(), their.namespace().unwrap_or_default(), "{place}: namespace of {}", their.name());
    }
    ours.len()
}

fn range(span: ssislint::span::Span) -> std::ops::Range<usize> {
    span.start as usize..span.end as usize
}

/// Text with what XML treats in a special way. No carriage return right before a reference: XML makes a line end of it, roxmltree does not.
fn text() -> impl Strategy<Value = String> {
    let parts = ["a", " ", "\n", "\r\n", "\rx", "\t", "é", "&amp;", "&lt;", "&#10;", "&#x41;", "&quot;", "&apos;", "&#13;", ">", "'", "]]"];
    collection::vec(sample::select(parts.to_vec()), 0..6).prop_map(|parts| parts.concat())
}

/// Names with prefixes from the root, with one that may be undeclared, and without.
fn name() -> impl Strategy<Value = &'static str> {
    sample::select(&["a", "b", "long-name.1", "é", "p:a", "q:a", "q:b", "r:a"][..])
}

fn declaration() -> impl Strategy<Value = &'static str> {
    sample::select(&[" xmlns='u'", " xmlns=''", " xmlns:p='v'", " xmlns:q=\"v\"", " xmlns:r = 'w&amp;\n'", " xmlns='v'"][..])
}

fn attributes() -> impl Strategy<Value = String> {
    let attribute = (prop_oneof![9 => name(), 1 => Just("xml:lang")], text()).prop_map(|(name, value)| format!(" {name}=\"{value}\""));
    (option::weighted(0.3, declaration()), collection::vec(attribute, 0..4))
        .prop_map(|(declaration, attributes)| declaration.unwrap_or_default().to_owned() + &attributes.concat())
}

fn element() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        text(),
        text().prop_map(|text| format!("<![CDATA[{text}<&]]>")),
        Just("<!-- <a> - -->".to_owned()),
        Just("<?x <a> ?>".to_owned()),
        (name(), attributes()).prop_map(|(name, attributes)| format!("<{name}{attributes}/>")),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        (name(), attributes(), collection::vec(inner, 0..6))
            .prop_map(|(name, attributes, content)| format!("<{name}{attributes}>{}</{name} >", content.concat()))
    })
}

/// A document that is well-formed but for prefixes that may be undeclared and attributes that may be given twice.
fn document() -> impl Strategy<Value = String> {
    collection::vec(element(), 0..5).prop_map(|content| format!("<?xml version='1.0'?>\n<root xmlns:p='u' xmlns:q='w'>{}</root>\n", content.concat()))
}

/// Pieces of markup in any order, which mostly is no document.
fn soup() -> impl Strategy<Value = String> {
    let pieces = [
        "<a>",
        "</a>",
        "<a b='",
        "'",
        "\"",
        " c=\"",
        "&amp;",
        "&",
        ";",
        "&x;",
        "&#0;",
        "&#x1F;",
        "<!--",
        "-->",
        "--",
        "<![CDATA[",
        "]]>",
        "<?x ",
        "?>",
        "<",
        ">",
        "/>",
        " ",
        "\n",
        "=",
        "<p:a",
        " xmlns:p='u'",
        " b='1'",
        "<a/>",
        "é",
        "\u{1}",
        "\u{FFFE}",
        "x",
        "<1>",
        "<a",
        "</a",
        "<!",
        "\u{FEFF}",
        "<?xml version='1.0'?>",
    ];
    let soup = collection::vec(sample::select(pieces.to_vec()), 0..8).prop_map(|pieces| pieces.concat());
    (soup, any::<bool>()).prop_map(|(soup, inside)| if inside { format!("<r>{soup}</r>") } else { soup })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1000) })]

    #[test]
    fn same_tree_of_any_document(text in document()) {
        compare_text("a random document", &text, &mut Counts::default());
    }

    #[test]
    fn refuses_what_roxmltree_refuses(text in soup()) {
        compare_text("a random text", &text, &mut Counts::default());
    }

    #[test]
    fn a_document_cut_short_is_refused_at_a_place_inside(text in document(), part in 0.0..1.0_f64) {
        let cut = (text.trim_end().len() as f64 * part) as usize;
        let cut = (0..=cut).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let malformed = Tree::parse(&text[..cut], &[], &Limits::default()).expect_err("it is cut short");
        prop_assert!(text[..cut].get(range(malformed.span)).is_some(), "{malformed:?}");
    }
}
