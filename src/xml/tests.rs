//! What the tree says of small documents, and how broken ones are refused.

use std::borrow::Cow;

use crate::span::Span;

use super::{Element, Limits, Malformed, MalformedKind, Namespace, Tree};

const DTS: Namespace = Namespace(1);
const OTHER: Namespace = Namespace(2);

fn parse(text: &str) -> Tree<'_> {
    Tree::parse(text, &["urn:dts", "urn:other"], &Limits::default()).expect("it is well-formed")
}

fn malformed(text: &str) -> Malformed {
    Tree::parse(text, &[], &Limits::default()).expect_err("it is malformed")
}

/// The kind of error and the text at its place.
fn kind_and_place(text: &str) -> (MalformedKind, &str) {
    let malformed = malformed(text);
    (malformed.kind, at(text, malformed.span))
}

fn at(text: &str, span: Span) -> &str {
    text.get(span.start as usize..span.end as usize).expect("a place in the text")
}

fn names<'a>(elements: impl Iterator<Item = Element<'a, 'a>>) -> Vec<&'a str> {
    elements.map(Element::local_name).collect()
}

#[test]
fn elements_are_found_by_place_and_name() {
    let text = "<a><b><c/></b><d/><b x='1'/></a>";
    let tree = parse(text);
    let root = tree.root();
    assert_eq!(names(root.children()), ["b", "d", "b"]);
    assert_eq!(names(root.descendants()), ["b", "c", "d", "b"]);
    assert_eq!(root.children_named(Namespace::NONE, "b").count(), 2);
    let b = root.child(Namespace::NONE, "b").expect("there is one");
    assert_eq!((at(text, b.span()), at(text, b.tag_span())), ("<b><c/></b>", "<b>"));
    assert_eq!(b.parent().map(Element::local_name), Some("a"));
    assert!(root.parent().is_none() && root.child(DTS, "b").is_none());
    assert_eq!(names(b.child(Namespace::NONE, "c").expect("there is one").descendants()), [""; 0]);
}

#[test]
fn namespaces_follow_the_scope_of_their_declarations() {
    let tree = parse("<p:a p:x='' x='' xmlns:p='urn:dts'><b xmlns='urn:other' xmlns:p='urn:new'><p:c/><d xmlns=''/></b><p:e xml:lang=''/><b/></p:a>");
    let of: Vec<_> = std::iter::once(tree.root()).chain(tree.root().descendants()).map(|element| element.namespace_uri()).collect();
    assert_eq!(of, ["urn:dts", "urn:other", "urn:new", "", "urn:dts", ""]);
    assert!(tree.root().is(DTS, "a") && tree.root().children().next().expect("a child").is(OTHER, "b"));
    let attributes: Vec<_> = tree.root().attributes().map(|attribute| (attribute.namespace(), attribute.local_name())).collect();
    assert_eq!(attributes, [(DTS, "x"), (Namespace::NONE, "x")]);
    let language = tree.root().child(DTS, "e").expect("there is one").attributes().next().expect("there is one");
    assert_eq!(language.namespace_uri(), "http://www.w3.org/XML/1998/namespace");
}

#[test]
fn known_namespaces_may_be_declared_with_references() {
    assert_eq!(parse("<a xmlns='urn&#58;other'/>").root().namespace(), OTHER);
}

#[test]
fn attribute_values_are_normalised_when_asked_for() {
    let text = "<a plain='x' y = \"&lt;&#10;&#x41;\r\n\t'z\"/>";
    let tree = parse(text);
    let plain = tree.root().attribute(Namespace::NONE, "plain").expect("there is one");
    assert!(matches!(plain.value(), Cow::Borrowed("x")));
    let y = tree.root().attribute(Namespace::NONE, "y").expect("there is one");
    assert_eq!(y.value(), "<\nA  'z");
    assert_eq!((y.raw(), at(text, y.span()), at(text, y.name_span())), ("&lt;&#10;&#x41;\r\n\t'z", y.raw(), "y"));
}

#[test]
fn text_is_what_stands_directly_inside() {
    let text = "<a>one &amp;\r\n<b>not</b><!-- nor this --><?nor this?><![CDATA[<two>&amp;\r]]>&#13;</a>";
    let root = parse(text);
    let root = root.root();
    assert_eq!(root.text(), "one &\n<two>&amp;\n\r");
    assert_eq!(at(text, root.text_span()), &text[3..text.len() - 4]);
    assert!(matches!(root.children().next().expect("b").text(), Cow::Borrowed("not")));
}

#[test]
fn comments_may_begin_like_their_end() {
    assert_eq!(parse("<a>x<!-->-->y</a>").root().text(), "xy");
}

#[test]
fn text_span_leaves_the_marks_of_cdata_out() {
    let text = "<a><![CDATA[select 1]]></a>";
    assert_eq!(at(text, parse(text).root().text_span()), "select 1");
}

#[test]
fn one_section_of_cdata_is_given_as_written() {
    let cdata = |text: &str| parse(text).root().cdata().map(|(value, span)| (value.to_owned(), at(text, span) == value));
    assert_eq!(cdata("<a>\r\n <![CDATA[x\r\ny]]>\n</a>"), Some(("x\r\ny".to_owned(), true)));
    for text in ["<a/>", "<a>x</a>", "<a>x<![CDATA[y]]></a>", "<a><![CDATA[x]]><![CDATA[y]]></a>"] {
        assert_eq!(cdata(text), None, "{text}");
    }
}

#[test]
fn elements_without_text_say_so() {
    for text in ["<a/>", "<a></a>", "<a> \n</a>", "<a><!-- x --></a>", "<a>&#32;<![CDATA[ ]]></a>", "<a><b>x</b></a >"] {
        assert!(!parse(text).root().has_text(), "{text}");
    }
    for text in ["<a>x</a>", "<a> &lt;</a>", "<a><b/>x</a>", "<a><![CDATA[&]]></a>"] {
        assert!(parse(text).root().has_text(), "{text}");
    }
    assert_eq!(parse("<a x=''><b/></a>").root().text_span(), Span::new(8, 8));
}

#[test]
fn what_may_surround_the_root_is_skipped() {
    for text in ["\u{FEFF}<?xml version='1.0'?><!-- x --><a/>", "<?xml version='1.0'?>\r\n<?x y?><a/>\n<!-- x -->\n", "\n<a/>"] {
        assert_eq!(at(text, parse(text).root().span()), "<a/>");
    }
}

#[test]
fn what_is_no_document_is_refused() {
    for text in ["", " \r\n\t", "\u{FEFF}", "\u{FEFF}\n"] {
        assert_eq!(malformed(text).kind, MalformedKind::Empty, "{text:?}");
    }
    for text in ["PK\u{3}\u{4}", "{}", "\u{FEFF}\u{FEFF}<a/>", "x<a/>"] {
        assert_eq!(malformed(text).kind, MalformedKind::NotXml, "{text:?}");
    }
    assert_eq!(malformed("<!-- x -->").kind, MalformedKind::NoElement);
    assert_eq!(kind_and_place("<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"), (MalformedKind::Doctype, "<!DOCTYPE a [<!ENTITY b 'c'>]>"));
    assert_eq!(malformed("<!doctype a [").kind, MalformedKind::Doctype);
}

#[test]
fn a_file_cut_off_names_the_place_that_is_open() {
    let unclosed = |name: &str| MalformedKind::Unclosed { name: name.to_owned() };
    assert_eq!(kind_and_place("<a>\n<p:b xmlns:p='u'>\n<c/>x"), (unclosed("p:b"), "<p:b xmlns:p='u'>"));
    for cut in ["<b c='1", "<b", "<!-- x", "<![CDATA[ ", "</b", "<?x", "<"] {
        assert_eq!(kind_and_place(&format!("<a>{cut}")).0, MalformedKind::Truncated, "{cut}");
    }
    assert_eq!(kind_and_place("<a>\n<b c='1\n2"), (MalformedKind::Truncated, "<b c='1"));
}

#[test]
fn end_tags_must_match() {
    let text = "<a><b></a>";
    let (kind, place) = kind_and_place(text);
    let (open, found) = ("b".to_owned(), "a".to_owned());
    assert_eq!((kind, place), (MalformedKind::Mismatched { open, opened: Span::new(3, 6), found }, "</a>"));
    assert!(matches!(malformed("<a></a b=''>").kind, MalformedKind::Syntax(_)));
}

#[test]
fn nothing_may_follow_the_root() {
    for (rest, place) in [("x", "x"), ("\n <b>", "<b>"), ("</a>", "</a>"), ("<![CDATA[]]>", "<![CDATA[]]>"), ("&amp;", "&amp;"), ("\n\nx\ny", "x")] {
        let text = format!("<a/>{rest}");
        assert_eq!(kind_and_place(&text), (MalformedKind::TrailingContent, place));
    }
}

#[test]
fn attributes_are_given_once() {
    let duplicate = |name: &str| MalformedKind::DuplicateAttribute { name: name.to_owned() };
    assert_eq!(kind_and_place("<a b='' c='' b=''/>"), (duplicate("b"), "b"));
    assert_eq!(kind_and_place("<a xmlns:p='u' xmlns:q='u' p:b='' q:b=''/>"), (duplicate("q:b"), "q:b"));
    assert_eq!(kind_and_place("<a xmlns:p='u' xmlns:p='v'/>"), (duplicate("xmlns:p"), "xmlns:p"));
    let many: String = (0..100).map(|number| format!(" b{number}=''")).collect();
    assert_eq!(kind_and_place(&format!("<a{many} b7=''/>")).0, duplicate("b7"));
    assert_eq!(parse(&format!("<a{many}/>")).root().attributes().count(), 100);
}

#[test]
fn references_must_mean_a_character() {
    for (reference, kind) in [
        ("&nbsp;", MalformedKind::UnknownEntity),
        ("&;", MalformedKind::UnknownEntity),
        ("&#0;", MalformedKind::BadCharacterReference),
        ("&#x1F;", MalformedKind::BadCharacterReference),
        ("&#xD800;", MalformedKind::BadCharacterReference),
        ("&#+65;", MalformedKind::BadCharacterReference),
        ("&#99999999999;", MalformedKind::BadCharacterReference),
    ] {
        assert_eq!(kind_and_place(&format!("<a>{reference}</a>")), (kind.clone(), reference));
        assert_eq!(kind_and_place(&format!("<a b='{reference}'/>")), (kind, reference));
    }
    for text in ["<a>R & D</a>", "<a>&</a>", "<a b='R & D'/>", "<a b='&' c='&amp;'/>", "<a b='&&amp;'/>"] {
        assert_eq!(kind_and_place(text), (MalformedKind::BareAmpersand, "&"), "{text}");
    }
}

#[test]
fn characters_that_xml_does_not_allow_are_refused_anywhere() {
    for character in ['\0', '\u{8}', '\u{1F}', '\u{FFFE}', '\u{FFFF}'] {
        for pad in [0, 4090, 4095, 5000] {
            let text = format!("<a>{}\u{FFFD}{character}</a>", "é".repeat(pad));
            let place = character.to_string();
            assert_eq!(kind_and_place(&text), (MalformedKind::ForbiddenCharacter { character }, place.as_str()));
        }
    }
    assert_eq!(parse("<a>\u{FFFD}\u{7F}\u{85}</a>").root().text(), "\u{FFFD}\u{7F}\u{85}");
}

#[test]
fn prefixes_must_be_declared_where_they_are_used() {
    let undeclared = MalformedKind::UndeclaredPrefix { prefix: "p".to_owned() };
    for text in ["<p:a/>", "<a p:b=''/>", "<a><b xmlns:p='u'/><p:c/></a>", "<a><b xmlns:p='u'></b><p:c/></a>"] {
        assert_eq!(kind_and_place(text), (undeclared.clone(), "p"), "{text}");
    }
}

#[test]
fn other_mistakes_are_told_in_a_sentence() {
    for (text, place) in [
        ("<a b></a>", ""),
        ("<a b=c/>", "c"),
        ("<a b= />", ""),
        ("<a b='1'c='2'/>", "c"),
        ("<a 1b=''/>", "1b"),
        ("<a b='<'/>", "<"),
        ("<1/>", "1"),
        ("<a:b:c xmlns:a=''/>", "a:b:c"),
        ("<a>]]></a>", "]]>"),
        ("<a><!-- x -- y --></a>", "<!-- x -- y -->"),
        ("<a><!x></a>", "<!x></a>"),
        ("<a><??></a>", "<??>"),
        (" <?xml version='1.0'?><a/>", "<?xml version='1.0'?>"),
        ("<!-- x -->\nx<a/>", "x<a/>"),
        ("<a xmlns:p=''/>", "xmlns:p"),
        ("<a xmlns:xmlns='u'/>", "xmlns:xmlns"),
        ("<a xmlns:xml='u'/>", "xmlns:xml"),
    ] {
        let (kind, found) = kind_and_place(text);
        assert!(matches!(kind, MalformedKind::Syntax(_)), "{text}: {kind}");
        assert_eq!(found, place, "{text}");
    }
}

#[test]
fn conflict_marks_explain_what_is_broken() {
    let conflict = "<a>\n<<<<<<< HEAD\n<b/>\n=======\n<c/>\n>>>>>>> main\n</a>";
    assert_eq!(kind_and_place(conflict), (MalformedKind::MergeConflict, "<<<<<<< HEAD"));
    assert_eq!(kind_and_place("<a>\r\n>>>>>>> main\r\n<b></a>"), (MalformedKind::MergeConflict, ">>>>>>> main"));
    assert_eq!(parse("<a><![CDATA[\n<<<<<<< HEAD\n]]></a>").root().children().count(), 0);
}

#[test]
fn limits_are_told_from_mistakes() {
    let limits = Limits { depth: 2, attributes: 2, elements: 3 };
    let kind = |text| Tree::parse(text, &[], &limits).map(|_| ()).map_err(|malformed| malformed.kind);
    assert_eq!(kind("<a><b/><b c='' xmlns='u'/></a>"), Ok(()));
    assert_eq!(kind("<a><b><c/></b></a>"), Err(MalformedKind::TooDeep(2)));
    assert_eq!(kind("<a b='' c='' xmlns='u'/>"), Err(MalformedKind::TooManyAttributes(2)));
    assert_eq!(kind("<a><b/><b/><b/></a>"), Err(MalformedKind::TooManyElements(3)));
    assert_eq!(MalformedKind::TooDeep(2).limit(), Some(2));
    assert_eq!(MalformedKind::Doctype.limit(), None);
}

#[test]
fn namespaces_are_as_many_as_their_numbers() {
    let children: String = (0..66_000).map(|number| format!("<b xmlns='u{number}'/>")).collect();
    assert_eq!(malformed(&format!("<a>{children}</a>")).kind.limit(), Some(u16::MAX.into()));
}

#[test]
fn messages_hold_no_values() {
    for text in ["<a Password='secret<'/>", "<a Password=secret/>", "<a b='x'secret='1'/>", "<a Password='x&secret;'/>", "<a>&secret;</a>", "<a b='secret"] {
        assert!(!malformed(text).to_string().contains("secret"), "{text}");
    }
}

/// Were any of it quadratic, this would run for minutes.
#[test]
fn hostile_documents_take_no_longer_than_others() {
    let declarations = |level: usize| -> String { (0..200).map(|number| format!(" xmlns:p{level}x{number}='u'")).collect() };
    let open: String = (0..500).map(|level| format!("<a{}>", declarations(level))).collect();
    let uses = "<p0x0:b p1x1:c=''/><p9x9:b/>".repeat(50_000);
    let text = format!("{open}{uses}{}", "</a>".repeat(500));
    assert_eq!(parse(&text).root().descendants().count(), 100_499);
    let attributes: String = (0..4096).map(|number| format!(" a{number}=''")).collect();
    let text = format!("<a>{}</a>", format!("<b{attributes}/>").repeat(50));
    assert_eq!(parse(&text).root().descendants().count(), 50);
    let text = format!("<a>{}</a>", "&amp;<!-- --><b/>".repeat(100_000));
    assert_eq!(parse(&text).root().text().len(), 100_000);
}

#[test]
fn every_byte_of_a_value_counts() {
    for length in 0..20 {
        for at in 0..length {
            for (mark, read) in [("\t", " "), ("&lt;", "<")] {
                let before = "é".repeat(at);
                let text = format!("<a b=\"{before}{mark}{}\"/>", "x".repeat(length - at - 1));
                let tree = Tree::parse(&text, &[], &Limits::default()).expect("well-formed");
                let value = tree.root().attribute(Namespace::NONE, "b").expect("an attribute").value();
                assert_eq!(value, format!("{before}{read}{}", "x".repeat(length - at - 1)));
            }
        }
    }
}
