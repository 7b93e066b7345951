//! Packages of any size, each with very many of one thing: how the time to lint grows with it.

mod connections;
mod constraints;
mod control_flow;
mod data_flow;
mod parts;
mod projects;
mod scripts;
mod texts;
mod variables;
mod wide_data_flow;

use std::path::Path;

use ssislint::discover::FileKind;
use ssislint::finding::FileRef;
use ssislint::source::Source;

/// Documents with `size` of something.
pub(crate) struct Shape {
    /// What there are so many of.
    pub(crate) name: &'static str,
    documents: fn(usize) -> Vec<Document>,
}

/// A file of a project.
struct Document {
    name: String,
    text: String,
}

impl Shape {
    /// The documents of one project.
    pub(crate) fn sources(&self, size: usize) -> Vec<Source> {
        let source = |Document { name, text }| {
            let kind = FileKind::of_name(Path::new(&name)).expect("internal error: a shape has a file of no kind");
            Source { file: FileRef { file: name, member: None }, requested: true, kind, text }
        };
        (self.documents)(size).into_iter().map(source).collect()
    }
}

/// Every shape.
pub(crate) fn all() -> impl Iterator<Item = &'static Shape> {
    let subjects = [
        control_flow::SHAPES,
        constraints::SHAPES,
        connections::SHAPES,
        variables::SHAPES,
        scripts::SHAPES,
        data_flow::SHAPES,
        wide_data_flow::SHAPES,
        texts::SHAPES,
        projects::SHAPES,
    ];
    subjects.into_iter().flatten()
}

/// A project of one package.
fn one(text: String) -> Vec<Document> {
    vec![package(0, text)]
}

fn package(number: usize, text: String) -> Document {
    Document { name: format!("Package{number}.dtsx"), text }
}
