//! Any text as XML: the tree is read to its end, and every span lies in the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ssislint::span::Span;
use ssislint::xml::{Limits, Tree};
use ssislint_fuzz::assert_inside;

fuzz_target!(|text: &str| {
    match Tree::parse(text, &["www.microsoft.com/SqlServer/Dts"], &Limits::default()) {
        Ok(tree) => read(&tree),
        Err(malformed) => assert!(!malformed.to_string().is_empty() && !malformed.help().is_empty()),
    }
});

fn read(tree: &Tree<'_>) {
    let inside = |span: Span| assert_inside(tree.text(), [span.start as usize..span.end as usize]);
    for element in tree.root().descendants() {
        let _ = (element.local_name(), element.namespace_uri(), element.text());
        [element.span(), element.tag_span(), element.text_span()].into_iter().for_each(inside);
        for attribute in element.attributes() {
            let _ = (attribute.local_name(), attribute.namespace_uri(), attribute.value());
            [attribute.span(), attribute.name_span()].into_iter().for_each(inside);
        }
    }
}
