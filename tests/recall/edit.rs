//! Changes what a clean package says.

use super::plant::{Form, Plant, escape};
use super::project::Project;

impl Plant<'_> {
    /// Sets a property of the package.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        let value = escape(value);
        match self.form {
            Form::Element => {
                let open = format!("<DTS:Property DTS:Name=\"{name}\">");
                match self.text.find(&open) {
                    Some(start) => {
                        let start = start + open.len();
                        let end = start + self.text[start..].find('<').expect("a property ends");
                        self.text.replace_range(start..end, &value);
                    }
                    None => self.in_package.push(("", format!("{open}{value}</DTS:Property>"))),
                }
            }
            Form::Attribute => {
                let tag_end = self.text.find("<DTS:Property").expect("a package has a format version");
                let open = format!("DTS:{name}=\"");
                match self.text[..tag_end].find(&open) {
                    Some(start) => {
                        let start = start + open.len();
                        let end = start + self.text[start..].find('"').expect("an attribute ends");
                        self.text.replace_range(start..end, &value);
                    }
                    None => self.replace("<DTS:Executable", &format!("<DTS:Executable {open}{value}\"")),
                }
            }
        }
    }

    /// Plants into another package of the project, a new one like this.
    pub(crate) fn in_package(&mut self, name: &str, plant: impl FnOnce(&mut Plant<'_>)) {
        let text = self.project.document(name).clone();
        let mut other = Plant::new(&text, self.form, Project::default(), self.variant, self.random);
        plant(&mut other);
        *self.project.document(name) = other.finish().0;
    }

    /// Another document in place of the package.
    pub(crate) fn rewrite(&mut self, text: &str) {
        text.clone_into(&mut self.text);
    }

    /// Changes the first place of a text that the clean package holds.
    pub(crate) fn replace(&mut self, old: &str, new: &str) {
        assert!(self.text.contains(old), "the clean package holds no {old}");
        self.text = self.text.replacen(old, new, 1);
    }

    /// Changes the first place of a text behind another one.
    pub(crate) fn replace_after(&mut self, mark: &str, old: &str, new: &str) {
        let start = self.text.find(mark).unwrap_or_else(|| panic!("the clean package holds no {mark}"));
        let at = start + self.text[start..].find(old).unwrap_or_else(|| panic!("there is no {old} behind {mark}"));
        self.text.replace_range(at..at + old.len(), new);
    }

    /// Whether the clean package holds a text.
    pub(crate) fn holds(&self, text: &str) -> bool {
        self.text.contains(text)
    }

    /// Takes out what starts and ends so.
    pub(crate) fn remove(&mut self, open: &str, close: &str) {
        let start = self.text.find(open).unwrap_or_else(|| panic!("the clean package holds no {open}"));
        let inside = start + open.len();
        let end = inside + self.text[inside..].find(close).expect("it ends") + close.len();
        self.text.replace_range(start..end, "");
    }
}

/// Puts an object into a collection of the package, which comes before those of its containers.
pub(super) fn insert_into(text: &str, collection: &str, object: &str) -> String {
    let (open, empty) = (format!("<DTS:{collection}>"), format!("<DTS:{collection} />"));
    let whole = format!("{open}{object}</DTS:{collection}>");
    let executables = text.find("<DTS:Executables>").expect("a clean package does something");
    if collection == "PrecedenceConstraints" {
        let end = text.rfind("</DTS:Executables>").expect("the collection ends");
        return match text[end..].find(&open) {
            Some(start) => insert(text, end + start + open.len(), object),
            None => insert(text, end + "</DTS:Executables>".len(), &whole),
        };
    }
    match (text[..executables + 1].find(&empty), text[..=executables + "<DTS:Executables>".len()].find(&open)) {
        (Some(start), _) => format!("{}{whole}{}", &text[..start], &text[start + empty.len()..]),
        (None, Some(start)) => insert(text, start + open.len(), object),
        (None, None) => insert(text, executables, &whole),
    }
}

pub(super) fn insert(text: &str, at: usize, new: &str) -> String {
    format!("{}{new}{}", &text[..at], &text[at..])
}
