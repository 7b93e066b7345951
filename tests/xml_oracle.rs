//! The tree against roxmltree's, on every XML file below the folder named by `SSISLINT_CORPUS`, members of `.ispac` archives included.

#![allow(clippy::print_stderr, reason = "says that it was skipped, or how much was compared")]

use std::error::Error;
use std::ffi::OsStr;
use std::io::Read;
use std::path::Path;

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
    let tree = Tree::parse(&text, &[], &Limits::default());
    let (tree, oracle) = match (tree, roxmltree::Document::parse(&text)) {
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
